"""A clock that runs as fast as parcels move: quickly on working days, hardly on Sundays and holidays."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np

from vafa.engine.history import FloatArray
from vafa.engine.local_days import day_number

WEEK = 7
MEMORY = 120.0  # days; carriers change their week slowly (1/e)
MONDAY = 3  # 1970-01-01 was a Thursday


def weekday(day: FloatArray) -> FloatArray:
    """Weekday of day numbers, Monday = 0."""
    return np.asarray((day + MONDAY) % WEEK)


@dataclass(frozen=True, eq=False)
class WorkClock:
    """Elapsed work between moments. One unit is an average one of the five busiest weekdays.

    `weights` (7,) is how much of a unit each weekday brings, Monday first, `holiday` the most that a
    holiday brings. Days outside `first`..`last` (day numbers) are not covered.
    """

    weights: FloatArray
    holiday: float
    holidays: frozenset[int]
    first: int
    last: int

    @classmethod
    def learned(cls, event_days: FloatArray, holidays: Set[date], span: tuple[int, int]) -> WorkClock:
        """The clock of past events: each weekday weighs as much as events happened on it."""
        free = np.array(sorted(day_number(day) for day in holidays), dtype=np.int64)
        on_holiday = np.isin(event_days, free)
        age = event_days.max(initial=0) - event_days
        fade = np.exp(-age / MEMORY)
        weekdays = weekday(event_days[~on_holiday]).astype(np.int64)
        counts = np.bincount(weekdays, fade[~on_holiday], minlength=WEEK) + 5.0
        busy = np.mean(np.sort(counts)[-5:])
        # a holiday brings what its share of events says, seen against an ordinary day
        past = free[(free >= event_days.min(initial=0)) & (free <= event_days.max(initial=0))]
        ordinary = max(len(event_days) / max(event_days.max(initial=0) - event_days.min(initial=0), 1.0), 1e-9)
        holiday = (on_holiday.sum() + 1.0) / (len(past) * ordinary + 8.0)
        return cls(counts / busy, float(min(holiday, 1.0)), frozenset(free.tolist()), *span)

    @cached_property
    def _days(self) -> tuple[FloatArray, FloatArray]:
        days = np.arange(self.first, self.last + 1, dtype=np.float64)
        brings = self.weights[weekday(days).astype(np.int64)]
        free = np.isin(days.astype(np.int64), np.array(sorted(self.holidays), dtype=np.int64))
        brings = np.where(free, np.minimum(brings, self.holiday), brings)
        return brings, np.concatenate([[0.0], np.cumsum(brings)])

    def brings(self, day: FloatArray) -> FloatArray:
        """Units that each day brings."""
        return np.asarray(self._days[0][self._index(day)])

    def at_start(self, day: FloatArray) -> FloatArray:
        """The clock at the first moment of each day."""
        return np.asarray(self._days[1][self._index(day)])

    def at(self, local: FloatArray) -> FloatArray:
        """The clock at local times (days since 1970-01-01, with fraction)."""
        day = np.floor(local)
        return self.at_start(day) + (local - day) * self.brings(day)

    def at_middle(self, local: FloatArray) -> FloatArray:
        """The clock in the middle of the day of each local time: events are known by their day only."""
        day = np.floor(local)
        return self.at_start(day) + self.brings(day) / 2

    def _index(self, day: FloatArray) -> np.ndarray[tuple[int, ...], np.dtype[np.int64]]:
        return np.clip(day.astype(np.int64) - self.first, 0, self.last - self.first)

    def spanning(self, first: int, last: int) -> WorkClock:
        """The same clock for another span of days."""
        return WorkClock(self.weights, self.holiday, self.holidays, first, last)
