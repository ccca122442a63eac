"""Alerts: what slips together, and which promises belong to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from vafa.delivery.models import Slip, Watched
from vafa.delivery.queries.watching import watch_rules
from vafa.delivery.watch_words import common_in_words
from vafa.engine.common_cause import belongs
from vafa.promises.models import State


def open_slips() -> list[Slip]:
    """Alerts that are not over, those that wait for a decision first."""
    return list(Slip.objects.filter(closed_at__isnull=True).order_by("decided_at", "decide_by", "pk"))


def alerts_in_words() -> list[tuple[Slip, str]]:
    """The open alerts, and what the promises of each have in common, in the language now active."""
    return [(slip, common_in_words(slip.common)) for slip in open_slips()]


def slip_of(watched: Watched, slips: Iterable[Slip]) -> Slip | None:
    """The alert that the promise belongs to, whose notices wait."""
    factors = factors_of(watched)
    return next((slip for slip in slips if slip.holds and belongs(factors, slip.common)), None)


def in_danger_of(slip: Slip, *, at: datetime) -> list[int]:
    """The rows of the watch of open promises in danger that have what the alert's promises share, the dearest first."""
    common = {name: value for name, value in slip.common.items() if name != "handed_on"}
    found = Watched.objects.filter(promise__state=State.OPEN, promise__due_at__gt=at, **common)
    if handed_on := slip.common.get("handed_on"):
        found = found.filter(handed_on=handed_on)
    below = watch_rules().below
    rows = found.order_by("-loss_minor", "promise__due_at", "pk").values_list("pk", "probability", "reasons")
    return [pk for pk, chance, reasons in rows.iterator(chunk_size=5000) if is_in_danger(chance, reasons, below)]


def is_in_danger(chance: float | None, reasons: Iterable[Mapping[str, Any]], below: float) -> bool:
    """Whether the promise is likelier than the shop allows to be broken, or its carrier says that something is wrong:
    a strike is told before any chance shows it."""
    is_unlikely = chance is not None and chance < below
    return is_unlikely or any(reason.get("code") == "exception" for reason in reasons)


def factors_of(watched: Watched) -> dict[str, str]:
    """What promises may have in common, as `engine.common_cause` names it."""
    return {
        "region": watched.region,
        "carrier": watched.carrier,
        "origin": watched.origin,
        "scanned": watched.scanned,
        "handed_on": watched.handed_on.isoformat() if watched.handed_on else "",
    }
