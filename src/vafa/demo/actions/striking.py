"""A carrier is stopped, and goes on."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from vafa.delivery.actions.tracking import record_events
from vafa.demo.carriers import STOPPABLE
from vafa.demo.events import Year
from vafa.demo.models import Build, Strike
from vafa.demo.queries import finished_build, running_strike, running_tick
from vafa.demo.simulation import imagine
from vafa.demo.standstills import Standstill, story
from vafa.kit import clock
from vafa.kit.problems import Problem

FEWEST_DAYS, MOST_DAYS = 1, 30


def begin_strike(carrier: str, *, days: int, at: datetime | None = None) -> Strike:
    """From `at` on nothing of the carrier moves for `days` days, and of all its parcels it says so at once.

    While one carrier stands still the same one is not stopped again. Problems: `not-a-demo` (404), `unknown-carrier`,
    `out-of-range` (422), `strike-running` (409) for another carrier, `time-moves` (409) while days go by.
    """
    at = at or clock.now()
    if carrier not in STOPPABLE:
        raise Problem("unknown-carrier", _("There is no such carrier here."), status=422, field="carrier")
    if not FEWEST_DAYS <= days <= MOST_DAYS:
        raise Problem("out-of-range", _("A strike lasts between 1 and 30 days."), status=422, field="days")
    build = finished_build()
    strike = _begun(STOPPABLE[carrier].name, days, at)
    _tell(build, strike)
    return strike


@transaction.atomic
def _begun(carrier: str, days: int, at: datetime) -> Strike:
    at = _while_time_stands(at)
    running = running_strike(at)
    if running is None:
        return Strike.objects.create(carrier=carrier, begins_at=at, ends_at=at + timedelta(days=days))
    if running.carrier != carrier:
        raise Problem("strike-running", _("Another carrier is on strike. End that strike first."), status=409)
    return running


def _while_time_stands(at: datetime) -> datetime:
    """The moment from which carriers may change: `at`, but after all that is written down. Holds the build's row."""
    Build.objects.select_for_update().get(pk=1)
    if running_tick() is not None:
        raise Problem("time-moves", _("Days are going by just now. Try again when they have."), status=409)
    return max(at, finished_build().scenario.until)


def _tell(build: Build, strike: Strike) -> None:
    """What the next day would write down anyway is told now, so that the watch can be seen at work at once."""
    scenario = build.scenario
    year = Year(scenario.first_day, scenario.today)
    stop = Standstill(strike.carrier, strike.begins_at, strike.ends_at)
    its = [each for each in imagine(scenario) if each.carrier == strike.carrier and each.placed_at < scenario.until]
    stories = (story(each, [stop], year) for each in its)
    begins = strike.begins_at.replace(microsecond=0)
    record_events([row for each in stories for row in each.told if row.at == begins], at=strike.begins_at)


@transaction.atomic
def end_strike(*, at: datetime | None = None) -> bool:
    """The carrier works again from `at` on; whether one stood still.

    Problems: `not-a-demo` (404), `time-moves` (409) while days go by.
    """
    finished_build()
    at = _while_time_stands(at or clock.now())
    running = running_strike(at)
    return running is not None and bool(Strike.objects.filter(pk=running.pk, ends_at__gt=at).update(ends_at=at))
