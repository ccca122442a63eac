"""What one level came to in one period: counted from what the rooms below know, never estimated."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import ceil
from zoneinfo import ZoneInfo

from django.db.models import Sum

from vafa.agreements.models import Level, Measure, Outcome, ProbeHour, Role
from vafa.agreements.periods import Period
from vafa.delivery.models import Parcel
from vafa.promises.models import Direction, Promise, State
from vafa.shop.queries import working_calendar

# How long after a period's end its last observation may still be waited for, beside the level's own `within`.
LATE_SCANS = timedelta(days=3)
LATE_ANSWERS = timedelta(days=2)
SETTLED_BY = timedelta(days=4)
HOUR = timedelta(hours=1)
ROUNDING = 1e-9  # of a step: 94.0 is one point under 95.0, not one and a millionth


@dataclass(frozen=True)
class Seen:
    """So many observations, and how many of them were as agreed."""

    observed: int
    met: int


def seen(level: Level, period: Period) -> Seen:
    """What the level's measure counts in the period."""
    return _COUNTS[Measure(level.measure)](level, period)


def outcome_of(level: Level, found: Seen) -> Outcome:
    """Met, missed, or too few observations to say."""
    if found.observed < level.minimum:
        return Outcome.TOO_FEW
    return Outcome.MET if found.met / found.observed >= level.target - ROUNDING * level.step else Outcome.MISSED


def credit_of(level: Level, found: Seen) -> int:
    """Minor units due for a missed period: for each begun step under the target, up to the cap."""
    steps = ceil((level.target - found.met / found.observed) / level.step - ROUNDING)
    return min(steps * level.credit_minor, level.cap_minor)


def measurable_at(level: Level, period: Period) -> datetime:
    """From when on everything that belongs to the period can be known, in UTC."""
    waits = {
        Measure.DELIVERED: timedelta(days=_calendar_days(level)) + LATE_SCANS,
        Measure.KEPT: SETTLED_BY,
        Measure.UPTIME: HOUR,
        Measure.ANSWERED: timedelta(hours=level.within or 0) + LATE_ANSWERS,
    }
    return period.ends_at(level.agreement.zone) + waits[Measure(level.measure)]


def _calendar_days(level: Level) -> int:
    """As many days as `within` can take: working days are at worst every second day, and a week of holidays."""
    within = level.within or 0
    return 2 * within + 7 if level.working_days else within


def _delivered(level: Level, period: Period) -> Seen:
    """Parcels of the carrier handed over in the period; one that never arrived has not been delivered in time."""
    zone = level.agreement.zone
    sent = Parcel.objects.filter(
        carrier__in=level.agreement.partner.refs,
        handed_over_at__gte=period.begins_at(zone),
        handed_over_at__lt=period.ends_at(zone),
    )
    took = _days_between(level, ZoneInfo(zone))
    within = level.within or 0
    taken = [
        None if parcel.handed_over_at is None or parcel.delivered_at is None
        else took(parcel.handed_over_at, parcel.delivered_at)
        for parcel in sent.only("handed_over_at", "delivered_at")
    ]  # fmt: skip
    return Seen(len(taken), sum(days is not None and days <= within for days in taken))


def _days_between(level: Level, zone: ZoneInfo) -> Callable[[datetime, datetime], int]:
    """Days from the day of one moment to that of another; those on which the shop is closed left out where agreed."""
    calendar = working_calendar() if level.working_days else None

    def days(begin: datetime, end: datetime) -> int:
        first, last = begin.astimezone(zone).date(), end.astimezone(zone).date()
        after = (first + timedelta(days=step) for step in range(1, (last - first).days + 1))
        return sum(calendar is None or calendar.is_working_day(day) for day in after)

    return days


def _kept(level: Level, period: Period) -> Seen:
    """Promises that fell due in the period, by their current date; those that are not settled are not counted."""
    partner = level.agreement.partner
    found = Promise.objects.filter(
        kind=level.promise_kind or "delivery",
        due_on__gte=period.first,
        due_on__lte=period.last,
        state__in=[State.KEPT, State.BROKEN],
    )
    if partner.role == Role.BUSINESS:
        found = found.filter(direction=Direction.TO_CUSTOMER, party_ref__in=partner.refs)
    else:
        found = found.filter(seller__in=partner.refs)
    return Seen(found.count(), found.filter(state=State.KEPT).count())


def _up(level: Level, period: Period) -> Seen:
    """Minutes in which the page was asked, without those of announced maintenance."""
    zone = level.agreement.zone
    if level.probe is None:  # the database holds that there is one
        return Seen(0, 0)
    hours = ProbeHour.objects.filter(probe=level.probe, hour__gte=period.begins_at(zone), hour__lt=period.ends_at(zone))
    total = hours.aggregate(checks=Sum("checks"), up=Sum("up"))
    return Seen(total["checks"] or 0, total["up"] or 0)


def _answered(level: Level, period: Period) -> Seen:
    """Requests that were made in the period, as entered; one without an answer was not answered in time."""
    zone, within = level.agreement.zone, timedelta(hours=level.within or 0)
    asked = level.answers.filter(asked_at__gte=period.begins_at(zone), asked_at__lt=period.ends_at(zone))
    pairs = list(asked.values_list("asked_at", "answered_at"))
    return Seen(len(pairs), sum(end is not None and end - begin <= within for begin, end in pairs))


_COUNTS: dict[Measure, Callable[[Level, Period], Seen]] = {
    Measure.DELIVERED: _delivered,
    Measure.KEPT: _kept,
    Measure.UPTIME: _up,
    Measure.ANSWERED: _answered,
}


def last_day_of(level: Level, today: date) -> date:
    """The last day on which a period of the level may begin."""
    return min(today, level.agreement.valid_until or today)
