"""A year of opening hours as spans of absolute time, so that working time is found by bisection."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import accumulate
from zoneinfo import ZoneInfo

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
ONE_DAY = timedelta(days=1)
Hours = tuple[tuple[time, time], ...]


def micros(moment: datetime) -> int:
    """Microseconds since 1970 UTC of an aware moment; ValueError for a naive one."""
    if moment.tzinfo is None:
        raise ValueError(f"A moment needs a time zone: {moment.isoformat()}")
    return (moment - EPOCH) // MICROSECOND


def moment_at(at: int) -> datetime:
    """The aware UTC moment of microseconds since 1970."""
    return EPOCH + at * MICROSECOND


def first_shown(wall: datetime, zone: ZoneInfo) -> int:
    """When the zone's clocks first show `wall` or later: the earlier of two, or the jump over a skipped time."""
    early = wall.replace(tzinfo=zone, fold=0).astimezone(UTC)
    if early.astimezone(zone).replace(tzinfo=None, fold=0) == wall.replace(fold=0):
        return micros(early)
    before, after = wall.replace(tzinfo=zone, fold=1).astimezone(UTC), early
    while after - before > MICROSECOND:
        middle = before + (after - before) / 2
        skipped = middle.astimezone(zone).replace(tzinfo=None) >= wall
        before, after = (before, middle) if skipped else (middle, after)
    return micros(after)


@dataclass(frozen=True)
class Spans:
    """Disjoint open spans in order, in microseconds since 1970; `done[i]` is what lies in the spans before i."""

    starts: tuple[int, ...]
    ends: tuple[int, ...]
    done: tuple[int, ...]

    @classmethod
    def of(cls, spans: Sequence[tuple[int, int]]) -> Spans:
        """Spans from possibly overlapping, touching or empty ones, sorted by their start."""
        merged: list[tuple[int, int]] = []
        for start, end in spans:
            if end <= start:
                continue
            if merged and start <= merged[-1][1]:
                merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
            else:
                merged.append((start, end))
        lengths = accumulate((end - start for start, end in merged), initial=0)
        return cls(tuple(s for s, _ in merged), tuple(e for _, e in merged), tuple(lengths))

    @property
    def total(self) -> int:
        """All open time."""
        return self.done[-1]

    def open_before(self, at: int) -> int:
        """Open time before the moment `at`."""
        place = bisect_right(self.starts, at) - 1
        return self.done[place] + min(at, self.ends[place]) - self.starts[place] if place >= 0 else 0

    def reached(self, amount: int) -> int:
        """The earliest moment before which `amount` of open time lies; 0 < amount <= total."""
        place = bisect_right(self.done, amount - 1) - 1
        return self.starts[place] + amount - self.done[place]

    def left_at(self, amount: int) -> int:
        """The latest moment before which only `amount` of open time lies; 0 <= amount < total."""
        place = bisect_right(self.done, amount) - 1
        return self.starts[place] + amount - self.done[place]

    def opening_from(self, at: int) -> int | None:
        """The moment itself where open, else the next opening; None where the year has no more."""
        place = bisect_right(self.starts, at) - 1
        if place >= 0 and at < self.ends[place]:
            return at
        return self.starts[place + 1] if place + 1 < len(self.starts) else None


def year_of_hours(year: int, zone: ZoneInfo, week: Sequence[Hours], holidays: frozenset[date]) -> Spans:
    """The open spans of one local calendar year; hours that cross its ends are cut there."""
    first, last = datetime(year, 1, 1), datetime(year + 1, 1, 1)  # noqa: DTZ001 - wall clock times
    found = []
    day = first - ONE_DAY  # hours that began on the eve may reach into the year
    while day < last:
        if day.date() not in holidays:
            found += [_on(day, hours) for hours in week[day.weekday()]]
        day += ONE_DAY
    cut = sorted((max(opens, first), min(closes, last)) for opens, closes in found)
    return Spans.of([(first_shown(a, zone), first_shown(b, zone)) for a, b in cut if a < b])


def _on(day: datetime, hours: tuple[time, time]) -> tuple[datetime, datetime]:
    """Wall clock times of hours that begin on `day`; a closing not after the opening is on the next day."""
    opens, closes = (datetime.combine(day, each) for each in hours)
    return opens, closes if closes > opens else closes + ONE_DAY
