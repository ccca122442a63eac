"""Months and quarters of a calendar: from day to day, and from moment to moment on a wall clock."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from vafa.kit.formats.calendars import Calendar, in_calendar

MONTHS = {"month": 1, "quarter": 3}
INTO_NEXT_MONTH = timedelta(days=32)  # from the first of a month; no month has more than 31 days or fewer than 28


@dataclass(frozen=True, order=True)
class Period:
    """The days from `first` to `last`, both included."""

    first: date
    last: date

    def begins_at(self, zone: str) -> datetime:
        """The first moment of its first day on the zone's wall clock, in UTC."""
        return start_of_day(self.first, zone)

    def ends_at(self, zone: str) -> datetime:
        """The first moment after its last day, in UTC."""
        return start_of_day(self.last + timedelta(days=1), zone)


def start_of_day(day: date, zone: str) -> datetime:
    """The first moment of a day in UTC, also where clocks jump over midnight."""
    # A midnight that is skipped is read with the offset from before the jump, so it is the moment of the jump. One
    # that comes twice is read as the first.
    return datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC)


def period_of(day: date, length: str, calendar: Calendar) -> Period:
    """The month or quarter ("month", "quarter") of the calendar in which the day lies; quarters begin with the year."""
    months = MONTHS[length]
    first = _first_of_month(day, calendar)
    while (in_calendar(first, calendar)[2] - 1) % months:
        first = _first_of_month(first - timedelta(days=1), calendar)
    after = first
    for _step in range(months):
        after = _first_of_month(after + INTO_NEXT_MONTH, calendar)
    return Period(first, after - timedelta(days=1))


def whole_periods(since: date, until: date, length: str, calendar: Calendar) -> Iterator[Period]:
    """Every period that begins on `since` or later and on `until` or earlier, the oldest first."""
    period = period_of(since, length, calendar)
    if period.first < since:
        period = period_of(period.last + timedelta(days=1), length, calendar)
    while period.first <= until:
        yield period
        period = period_of(period.last + timedelta(days=1), length, calendar)


def _first_of_month(day: date, calendar: Calendar) -> date:
    return day - timedelta(days=in_calendar(day, calendar)[3] - 1)
