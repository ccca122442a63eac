"""What happens in the simulated year: holidays, Nowruz, the book fair, snow, a strike. None of it ever happened.

Everything hangs on the Jalali calendar, so each season comes once in any year that ends today.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, lru_cache

import holidays
import jdatetime

MONDAY, THURSDAY, FRIDAY = 0, 3, 4


@dataclass(frozen=True)
class Season:
    """A stretch of every year between two Jalali days (month, day), both included; it may cross the year's end."""

    name: str
    first: tuple[int, int]
    last: tuple[int, int]
    demand: float = 1.0

    def holds(self, day: date) -> bool:
        today = _jalali(day)
        if self.first <= self.last:
            return self.first <= today <= self.last
        return today >= self.first or today <= self.last


@lru_cache(maxsize=4096)
def _jalali(day: date) -> tuple[int, int]:
    there = jdatetime.date.fromgregorian(date=day)
    return there.month, there.day


SHOP_CLOSED = Season("nowruz", (1, 1), (1, 8), demand=0.45)
CARRIERS_SLOW = Season("nowruz", (12, 27), (1, 14))
SNOW = Season("snow", (11, 8), (11, 23))
STRIKE = Season("strike", (5, 5), (5, 18))
STRIKE_FALLBACK = Season("strike", (5, 11), (5, 18))
FAIR = Season("peak", (2, 17), (2, 28), demand=2.6)
POST_FULL = Season("peak", (2, 17), (3, 6))
DEMAND = (
    SHOP_CLOSED,
    FAIR,
    Season("nowruz gifts", (12, 8), (12, 27), demand=1.6),
    Season("yalda gifts", (9, 20), (9, 30), demand=1.5),
    Season("back to school", (6, 25), (7, 10), demand=1.6),
)
# Saturday and Wednesday evenings are when people order; Friday morning too
DEMAND_BY_WEEKDAY = {0: 1.0, 1: 1.0, 2: 1.1, 3: 0.9, 4: 0.85, 5: 1.2, 6: 1.05}


@dataclass(frozen=True)
class Year:
    """The working days of the shop and of its carriers between two days (with room on both sides)."""

    first: date
    last: date

    @cached_property
    def holidays(self) -> frozenset[date]:
        """Iran's bank holidays, as the package knows them (lunar ones are estimates)."""
        years = range(self.first.year, self.last.year + 2)
        return frozenset(holidays.country_holidays("IR", years=years))

    @cached_property
    def closed_days(self) -> list[date]:
        """The days the shop adds to the holidays: it stays closed over Nowruz."""
        days = (self.first + timedelta(days=k) for k in range((self.last - self.first).days + 370))
        return [day for day in days if SHOP_CLOSED.holds(day) and day not in self.holidays and day.weekday() != FRIDAY]

    @cached_property
    def _closed(self) -> frozenset[date]:
        return frozenset(self.closed_days)

    def shop_works(self, day: date) -> bool:
        return day.weekday() != FRIDAY and day not in self.holidays and day not in self._closed

    def carriers_work(self, day: date) -> bool:
        return day.weekday() != FRIDAY and day not in self.holidays

    def demand(self, day: date) -> float:
        """How many orders the day brings, 1 = an ordinary one."""
        share = DEMAND_BY_WEEKDAY[day.weekday()] * (0.8 + 0.4 * (day - self.first).days / 365)
        for season in DEMAND:
            if season.holds(day):
                share *= season.demand
        return share
