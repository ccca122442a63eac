"""Alerts: what slips together, and which promises belong to it."""

from __future__ import annotations

from collections.abc import Iterable

from vafa.delivery.models import Slip, Watched
from vafa.delivery.watch_words import common_in_words
from vafa.engine.common_cause import belongs


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


def slip_covers(slip: Slip, watched: Watched) -> bool:
    """Whether the promise has what the alert's promises have in common."""
    return belongs(factors_of(watched), slip.common)


def factors_of(watched: Watched) -> dict[str, str]:
    """What promises may have in common, as `engine.common_cause` names it."""
    return {
        "region": watched.region,
        "carrier": watched.carrier,
        "origin": watched.origin,
        "scanned": watched.scanned,
        "handed_on": watched.handed_on.isoformat() if watched.handed_on else "",
    }
