"""New versions of prices. All ways in come through here, and so past the guard."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max, OuterRef, Subquery
from django.utils.translation import gettext_lazy as _

from vafa.catalog.actions.holding import Doubtful, hold, overtake, subject_of
from vafa.catalog.models import BulkEdit, Price, Variant, What
from vafa.engine.price_guard import Doubt, doubts_about_price
from vafa.kit.problems import Problem

MOST_MINOR = 10**15
REMEMBERED = 40  # versions that the guard looks back
AT_ONCE = 2000


@dataclass(frozen=True, slots=True)
class Amount:
    """What a piece costs, in minor units of `currency`, tax included."""

    minor: int
    currency: str

    def as_json(self) -> dict[str, int | str]:
        return {"minor": self.minor, "currency": self.currency}


@dataclass(frozen=True, slots=True)
class Priced:
    """The numbers of the variants that have a new price now, and of those whose new price waits for a person."""

    changed: tuple[int, ...] = ()
    held: tuple[int, ...] = ()


def require_amount(sku: str, minor: int) -> None:
    """Problem `bad-price` for an amount that is no price."""
    if not 0 < minor <= MOST_MINOR:
        raise Problem("bad-price", _("The price of %(sku)s must be above nothing.") % {"sku": sku}, field="price")


def set_prices(
    variants: Sequence[Variant],
    said: Mapping[int, Amount],
    *,
    made_by: str,
    at: datetime,
    edit: BulkEdit | None = None,
    reason: str = "",
    is_trusted: bool = False,
) -> Priced:
    """Give variants the prices `said` of them ({number of the variant: amount}), each as a new version.

    Runs in the caller's transaction, which holds the variants' rows (read with their `price`). The same price again is
    no new version. What the guard doubts is held, the old price stays; `is_trusted`: a person looked at it.
    """
    told = [(each, said[each.pk]) for each in variants if each.pk in said]
    moved = [(each, amount) for each, amount in told if amount_of(each.price) != amount]
    same = {each.pk for each, _amount in told} - {each.pk for each, _amount in moved}
    doubted = {} if is_trusted else doubts_of(moved)
    passed = [(each, amount) for each, amount in moved if each.pk not in doubted]
    overtake(_subjects(each for each, _amount in passed), by=made_by, at=at)
    overtake(_subjects(each for each in variants if each.pk in same), by=made_by, at=at, said_by=made_by)
    hold([_doubtful(each, amount, doubted[each.pk]) for each, amount in moved if each.pk in doubted],
         made_by=made_by, at=at, edit=edit)  # fmt: skip
    _write(passed, made_by=made_by, at=at, edit=edit, reason=reason)
    return Priced(tuple(each.pk for each, _amount in passed), tuple(doubted))


def amount_of(price: Price | None) -> Amount | None:
    """What this version says."""
    return None if price is None else Amount(price.amount_minor, price.currency)


def doubts_of(moved: Sequence[tuple[Variant, Amount]]) -> dict[int, list[Doubt]]:
    """Why the guard would hold these new prices, by the variants' numbers; those it lets through are left out."""
    history = _history([each.pk for each, _amount in moved])
    found = {each.pk: _doubts(each, amount, history.get(each.pk, [])) for each, amount in moved}
    return {number: doubts for number, doubts in found.items() if doubts}


def _doubts(variant: Variant, amount: Amount, history: Sequence[tuple[str, int]]) -> list[Doubt]:
    if variant.price is not None and variant.price.currency != amount.currency:
        return [Doubt("other-currency", {"before": variant.price.currency, "now": amount.currency})]
    known = [minor for currency, minor in history if currency == amount.currency]
    return doubts_about_price(amount.minor, known[-REMEMBERED:], cost=variant.cost_minor)


def _history(variants: Sequence[int]) -> dict[int, list[tuple[str, int]]]:
    found: dict[int, list[tuple[str, int]]] = defaultdict(list)
    for first in range(0, len(variants), AT_ONCE):
        rows = Price.objects.filter(variant__in=variants[first : first + AT_ONCE]).order_by("variant", "version")
        for variant, currency, minor in rows.values_list("variant_id", "currency", "amount_minor"):
            found[variant].append((currency, minor))
    return found


def _subjects(variants: Iterable[Variant]) -> list[str]:
    return [subject_of(What.PRICE, each.sku) for each in variants]


def _doubtful(variant: Variant, amount: Amount, doubts: Sequence[Doubt]) -> Doubtful:
    now = amount_of(variant.price)
    return Doubtful(
        What.PRICE, variant.sku, variant.product_id, now.as_json() if now else {}, amount.as_json(), doubts,
        variant_id=variant.pk,
    )  # fmt: skip


def _write(
    passed: Sequence[tuple[Variant, Amount]], *, made_by: str, at: datetime, edit: BulkEdit | None, reason: str
) -> None:
    last = _last_versions([variant.pk for variant, _amount in passed if variant.price is None])
    prices = [
        Price(
            variant=variant, version=1 + (variant.price.version if variant.price else last.get(variant.pk, 0)),
            amount_minor=amount.minor, currency=amount.currency, since=at, made_by=made_by, edit=edit, reason=reason,
        )
        for variant, amount in passed
    ]  # fmt: skip
    Price.objects.bulk_create(prices, batch_size=AT_ONCE)
    point_to_newest([variant.pk for variant, _amount in passed])
    for (variant, _amount), price in zip(passed, prices, strict=True):
        variant.price = price


def _last_versions(variants: Sequence[int]) -> dict[int, int]:
    """Of those that are not for sale now and may have been."""
    rows = Price.objects.filter(variant__in=variants).values("variant").annotate(last=Max("version"))
    return dict(rows.values_list("variant", "last"))


def point_to_newest(variants: Sequence[int]) -> None:
    """The last version of each holds now; one statement for many, which a case for each would make ever slower."""
    newest = Price.objects.filter(variant=OuterRef("pk")).order_by("-version").values("pk")[:1]
    for first in range(0, len(variants), AT_ONCE):
        Variant.objects.filter(pk__in=variants[first : first + AT_ONCE]).update(price=Subquery(newest))
