"""The watch as one piece of work: estimates, alerts, notices. Any number of workers may do it at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from vafa.delivery.actions.estimating import estimate_all, estimate_due
from vafa.delivery.actions.noticing import propose_notices, tell_due
from vafa.delivery.actions.slipping import end_waiting, find_slips
from vafa.delivery.models import WatchRules
from vafa.kit import clock

Progress = Callable[[float, str], None]


@dataclass(frozen=True)
class Passed:
    """What one pass of the watch did: promises looked at, open alerts, notices written down and customers told."""

    looked_at: int
    alerts: int
    noticed: int
    told: int


def watch(*, everything: bool = False, at: datetime | None = None, progress: Progress | None = None) -> Passed:
    """Look at what is due (or at `everything`), find what slips together, and tell customers by the shop's rules."""
    at = at or clock.now()
    looked_at = (estimate_all if everything else estimate_due)(at=at, progress=progress)
    slips = find_slips(at=at)
    end_waiting(at=at)
    noticed = propose_notices(at=at)
    return Passed(looked_at, len(slips), noticed, tell_due(at=at))


def save_watch_rules(**values: object) -> WatchRules:
    """Write the shop's rules; those not named stay."""
    rules, _created = WatchRules.objects.get_or_create(pk=1)
    WatchRules.objects.filter(pk=1).update(**values)
    rules.refresh_from_db()
    return rules
