"""What the owner should look at first, each with what it costs and a page to do it on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vafa.delivery.models import ClaimAlert
from vafa.delivery.queries import units
from vafa.delivery.queries.watching import UNTOLD
from vafa.kit.formats.preferences import the_language
from vafa.kit.templatetags.formats import days, number
from vafa.shop.models import Shop
from vafa.shop.queries import place_name

MOST = 3
LEAST_SETTLED = 10  # a region with fewer outcomes says nothing yet


@dataclass(frozen=True)
class Thing:
    """One thing to do: why, what broken promises there cost so far (minor units, 0 = not known), and where."""

    title: str
    why: str
    value_minor: int
    url: str
    label: str


@dataclass(frozen=True)
class Waiting:
    """What waits for somebody: how many customers whose promise is at risk are not told yet, how many
    remedies to approve; claims under their level."""

    untold: int
    alerts: Sequence[ClaimAlert] = ()
    remedies: int = 0


def things_to_do(
    shop: Shop, report: dict[str, Any] | None, waiting: Waiting, *, has_model: bool, is_owner: bool
) -> list[Thing]:
    """At most three, the dearest first; only what the figures support and the reader may do."""
    if not report or not report.get("orders"):
        return []
    owners = [*_model(has_model), *_statements(shop, report)] if is_owner else []
    urgent = [*_remedies(waiting.remedies if is_owner else 0), *_claims(waiting.alerts)]
    return [*_promises_at_risk(waiting.untold), *urgent, *_regions(shop, report), *owners][:MOST]


def _remedies(waiting: int) -> Iterator[Thing]:
    if not waiting:
        return
    title = ngettext("Decide about %(count)s remedy", "Decide about %(count)s remedies", waiting)
    why = _("A guarantee was not met, and your limits ask you first.")
    yield Thing(title % {"count": number(waiting)}, why, 0, reverse("promises:remedies"), _("Decide"))


def _claims(alerts: Sequence[ClaimAlert]) -> Iterator[Thing]:
    for alert in alerts[:1]:
        title = _("Your advertising says more than you keep")
        yield Thing(title, alert.claim.text, 0, alert.claim.get_absolute_url(), _("See what is true"))


def _promises_at_risk(count: int) -> Iterator[Thing]:
    if not count:
        return
    title = ngettext(
        "Tell %(count)s customer whose promise is at risk", "Tell %(count)s customers whose promises are at risk", count
    )
    yield Thing(
        title % {"count": number(count)},
        _("Customers forgive a date that moves when they hear it from you first."),
        0,
        f"{reverse('delivery:at-risk')}?which={UNTOLD}",
        _("See them"),
    )


def _regions(shop: Shop, report: dict[str, Any]) -> Iterator[Thing]:
    """Regions where the shop said fewer days than it can keep, by the value of the orders it disappointed."""
    worst = sorted(
        (row for row in report["regions"] if _says_too_little(row, report["caution"])),
        key=lambda row: (-row["broken_value"], -row["broken"]),
    )
    for row in worst[:2]:
        said, honest = days(round(row["promised_days"])), days(row["honest_days"])
        texts = {"region": place_name(row["group"], the_language(None)), "honest": honest, "said": said}
        why = ngettext(
            "%(broken)s of %(settled)s promise there was broken.",
            "%(broken)s of %(settled)s promises there were broken.",
            row["settled"],
        )
        yield Thing(
            _("For %(region)s say %(honest)s instead of %(said)s") % texts,
            why % {"broken": number(row["broken"]), "settled": number(row["settled"])},
            round(row["broken_value"] * units(shop.currency)),
            reverse("console:report"),
            _("See the report"),
        )


def _says_too_little(row: dict[str, Any], caution: float) -> bool:
    if row["honest_days"] is None or row["settled"] < LEAST_SETTLED or row["kept_rate"] >= caution:
        return False
    return bool(row["honest_days"] > round(row["promised_days"]))


def _model(has_model: bool) -> Iterator[Thing]:
    if not has_model:
        why = _("A fitted model gives each order its own date: shorter where you are quick, longer where you are not.")
        yield Thing(_("Fit the model to your history"), why, 0, reverse("delivery:models"), _("Fit it"))


def _statements(shop: Shop, report: dict[str, Any]) -> Iterator[Thing]:
    if report["orders"] < 300 and not shop.stated_times:
        why = _("With few orders, what you know counts: say how long each place usually takes.")
        yield Thing(_("State your delivery times"), why, 0, reverse("shop:stated-times"), _("State them"))
