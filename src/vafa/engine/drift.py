"""Slumps as they happen: arrivals seen against arrivals expected, for the network and its parts.

Every day each open order has a chance to arrive; the sum over a region is what was expected. Discounted
sums of both, with a gamma prior around "as expected" (a discounted gamma-Poisson filter, West and Harrison
1997, chapter 10), say how much faster or slower than usual parcels move now. Open orders count from their
first day, so a slump is seen long before its late parcels have arrived.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vafa.engine.clock import WorkClock
from vafa.engine.hazard import Grid
from vafa.engine.history import FloatArray, TextArray


@dataclass(frozen=True)
class Level:
    """Parts of the network that drift together: `group` of `records.groups_of`, days remembered (1/e), and
    for how many expected arrivals "as the wider level" counts."""

    group: str
    memory: float
    prior: float


# every level explains only what the ones before it do not
LEVELS = (Level("all", 6.0, 25.0), Level("region", 14.0, 15.0), Level("area", 40.0, 15.0))
STRENGTH, LIMIT = 1.1, 0.8  # how much of the seen drift lasts (the prior holds some back); cap on the logarithm
CROWDED, MOST_CROWDED = 0.5, 1.0  # a surge of orders by a factor f slows parcels by f to this power; cap on log f
STALE = 50.0  # days after which an open order no longer says anything
LEFT_BEHIND = 0.1  # once no more than this share of parcels like it is open, a parcel half moves with the others


def carried(still_open: FloatArray) -> FloatArray:
    """How far parcels move with all others, 0 to 1, by the chance of each to be `still_open` at its age, as usual.

    Who is left when nearly all have arrived waits for a reason of his own (a wrong address, a loss): a fast week does
    not free him, and a slow one does not hold him up further.
    """
    return np.asarray(still_open**2 / (still_open**2 + LEFT_BEHIND**2))


def crowding(surge: FloatArray) -> FloatArray:
    """Log of the factor on hazards for parcels ordered in a surge (see `records`), (n,): parcels get slower days
    before the first of them is late, so that no arrival shows it yet."""
    return -CROWDED * np.clip(surge, -MOST_CROWDED, MOST_CROWDED)


Groups = dict[str, TextArray]


@dataclass(frozen=True)
class Drift:
    """What is known at the start of local day `day` (days since 1970-01-01): for each level and group the
    discounted arrivals, seen and expected. `unit` stretches all memories where parcels are slow."""

    day: int = 0
    unit: float = 1.0
    levels: tuple[dict[str, tuple[float, float]], ...] = tuple({} for _ in LEVELS)

    def log_pace(self, groups: Groups, day: FloatArray) -> FloatArray:
        """Log of the factor on hazards for parcels of `groups` asked about on local days `day`, (n,).

        What is known fades while days pass without newer facts.
        """
        passed = np.maximum(day - self.day, 0.0)
        total = np.zeros(len(day))
        for level, known in zip(LEVELS, self.levels, strict=True):
            tallies = [known.get(name, (0.0, 0.0)) for name in groups[level.group]]
            seen, expected = np.array(tallies).reshape(-1, 2).T * np.exp(-passed / (level.memory * self.unit))
            total += np.log((level.prior + seen) / (level.prior + expected))
        return np.clip(STRENGTH * total, -LIMIT, LIMIT)

    def as_plain(self) -> dict[str, Any]:
        """For storing."""
        return {
            "day": self.day,
            "unit": self.unit,
            "levels": [{n: list(t) for n, t in level.items()} for level in self.levels],
        }

    @classmethod
    def from_plain(cls, plain: dict[str, Any]) -> Drift:
        """Back from `as_plain`."""
        levels = tuple({n: (t[0], t[1]) for n, t in level.items()} for level in plain["levels"])
        return cls(plain["day"], plain["unit"], levels)


@dataclass(frozen=True, eq=False)
class Moving:
    """Parcels under way: local `begin` of the last stretch (inf = not yet), local `end` (inf = open), their
    `groups`, and the model's `log_survival` (n, nodes) on `grid`."""

    begin: FloatArray
    end: FloatArray
    groups: Groups
    log_survival: FloatArray
    grid: Grid
    clock: WorkClock

    def expected(self, day: int) -> tuple[NDArray[np.int64], FloatArray, FloatArray]:
        """Who was open on local day `day`, the chance of each to arrive on it, and how far it is carried along."""
        near = (self.begin < day + 1) & (self.end >= day) & (day - self.begin < STALE * self.grid.unit)
        rows = np.flatnonzero(near)
        began = self.clock.at(self.begin[rows])
        ages = np.maximum(self.clock.at_start(np.array([day, day + 1.0]))[None, :] - began[:, None], 0.0)
        log_survival = self.grid.at(self.log_survival[rows], ages)
        return rows, 1.0 - np.exp(log_survival[:, 1] - log_survival[:, 0]), carried(np.exp(log_survival[:, 0]))


def follow(moving: Moving, first: int, last: int) -> Iterator[Drift]:
    """The drift at the start of each local day first..last; each knows only what happened before it.

    It begins without any drift, so `first` should lie some weeks before the days of interest.
    """
    named = [np.unique(moving.groups[level.group].astype(str), return_inverse=True) for level in LEVELS]
    sums = [np.zeros((2, len(names))) for names, _ in named]
    unit = moving.grid.unit
    for day in range(first, last + 1):
        yield Drift(day, unit, tuple(_by_name(names, each) for (names, _), each in zip(named, sums, strict=True)))
        rows, chance, along = moving.expected(day)
        arrived = along * (moving.end[rows] < day + 1)
        for index, (level, (names, place)) in enumerate(zip(LEVELS, named, strict=True)):
            part, count = place[rows], len(names)
            seen, expected = sums[index]
            pace = (level.prior + seen) / (level.prior + expected)
            new = np.stack([np.bincount(part, arrived, count), np.bincount(part, along * chance, count)])
            sums[index] = sums[index] * np.exp(-1 / (level.memory * unit)) + new
            chance = 1.0 - (1.0 - chance) ** pace[part]


def _by_name(names: NDArray[np.str_], sums: FloatArray) -> dict[str, tuple[float, float]]:
    known = np.flatnonzero(sums.sum(axis=0) > 1e-3)
    return {str(names[index]): (float(sums[0, index]), float(sums[1, index])) for index in known}
