"""The rhythm of arrivals: on Sundays and holidays time stands nearly still for parcels.

Durations are measured in time that runs at its own pace on every kind of day. The pace of a kind is what arrived on
such days against what a model without that kind would have expected to arrive on them; few orders leave it where it
was expected: closed days slow, all others alike.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from vafa.engine.calendars import WorkingCalendar
from vafa.engine.history import FloatArray
from vafa.engine.local_days import day_number

WEEKDAYS, CLOSED = 7, 7  # kinds of days: Monday (0) to Sunday (6), and days that the calendar closes apart
ON_CLOSED_DAYS = 0.3
EXPECTED_ORDERS = 10.0  # the expected pace counts as so many arrivals
SLOWEST, FASTEST = 0.05, 1.4


@dataclass(frozen=True, eq=False)
class Rhythm:
    """`pace` (8,) of each kind of day, 1 on average over a week; `closed` days by number, sorted."""

    pace: FloatArray
    closed: FloatArray

    @classmethod
    def expected(cls, calendar: WorkingCalendar | None) -> Rhythm:
        """What to expect of a shop with this calendar; without one all days alike."""
        if calendar is None:
            return cls(np.ones(WEEKDAYS + 1), np.zeros(0))
        open_days = [ON_CLOSED_DAYS if not calendar.week.get(day) else 1.0 for day in range(WEEKDAYS)]
        closed = np.array(sorted(day_number(day) for day in calendar.holidays), dtype=np.float64)
        return cls(np.array([*open_days, ON_CLOSED_DAYS]), closed).evened()

    def evened(self) -> Rhythm:
        """The same rhythm with a pace of 1 over the week."""
        pace = self.pace / self.pace[:WEEKDAYS].mean()
        return replace(self, pace=np.clip(pace, SLOWEST, FASTEST))

    def kinds(self, day: FloatArray) -> NDArray[np.int64]:
        """The kind of each day number."""
        return np.where(np.isin(day, self.closed), CLOSED, (day + 3) % WEEKDAYS).astype(np.int64)

    def passed(self, first_day: FloatArray, days: int) -> FloatArray:
        """Time from the end of each first day to the end of the days that follow it, shape (n, days + 1)."""
        if not len(first_day):
            return np.zeros((0, days + 1))
        start = first_day.min()
        run = np.cumsum(self.pace[self.kinds(np.arange(start, first_day.max() + days + 1))])
        at = (first_day - start).astype(np.int64)
        return np.asarray(run[at[:, None] + np.arange(days + 1)] - run[at][:, None])

    def learned(self, arrived: FloatArray, expected: FloatArray) -> Rhythm:
        """The rhythm after so many arrivals (8,) on each kind of day where this one expected so many.

        Differences no larger than chance makes them are left out: they are shrunk by how far their chi-square exceeds
        its degrees of freedom (James and Stein).
        """
        off = float(np.sum((arrived - expected) ** 2 / np.maximum(expected, 1.0)))
        real = max(0.0, 1 - WEEKDAYS / off) if off > 0 else 0.0
        told = (arrived + EXPECTED_ORDERS) / (expected + EXPECTED_ORDERS)
        return replace(self, pace=self.pace * (1 + real * (told - 1))).evened()
