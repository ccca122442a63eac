"""Pooled durations of one leg (the whole way, or the carrier's part): fitted to what was seen, asked for chances."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vafa.engine.history import Facts, FloatArray, TextArray
from vafa.engine.likeness import Columns, Groups, all_shared, own, shared
from vafa.engine.partial_pooling import Pool, PoolFit, Sample, pool
from vafa.engine.residuals import GRID, SHAPE, life_table, prior
from vafa.engine.rhythm import WEEKDAYS, Rhythm
from vafa.engine.statements import OFFSET, Beliefs, StatedTime, location_and_scale

ARRIVED, ALL = 600, 1200  # the newest orders that are looked at: so many arrived ones, at most so many altogether
RARE, ENOUGH = 400, 60  # and so many older ones, to regions of which the newest hold fewer than this
USUAL_SCALE = 0.5  # standard deviation of the log duration of one parcel where nothing is stated
LOST_SHARE, LONG_OUT = 0.03, 3.0
LEAST_HORIZON, MOST_HORIZON = 30, 800


@dataclass(frozen=True, eq=False)
class Legs:
    """Legs of n parcels: facts, first local day (n,), days until arrival or until now (n,), whether arrived (n,)."""

    facts: Facts
    first_day: FloatArray
    days: FloatArray
    arrived: NDArray[np.bool_]

    def take(self, rows: NDArray[np.int64]) -> Legs:
        """Some of them."""
        return Legs(self.facts.take(rows), self.first_day[rows], self.days[rows], self.arrived[rows])

    def looked_at(self) -> Legs:
        """The newest ones, and older ones to places that are rare among these. They are chosen by when they began and
        where they went, never by how they ended.
        """
        ends = np.flatnonzero(self.arrived)
        since = int(ends[-ARRIVED]) if len(ends) > ARRIVED else 0
        rows = np.arange(since, len(self.days))
        step = max(1, -(-len(rows) // ALL))
        older = to_rare_regions(self.facts.destination_region, since)
        return self.take(np.concatenate([older, rows[::-1][::step][::-1]]))

    def weights(self) -> FloatArray:
        """1 for most. Parcels out beyond all reason are lost ones or missing records: together few percent of all."""
        typical = np.quantile(self.days[self.arrived], 0.95) if self.arrived.any() else np.inf
        lost = ~self.arrived & (self.days > LONG_OUT * (typical + 10.0))
        share = LOST_SHARE * self.arrived.sum() / max(int(lost.sum()), 1)
        return np.where(lost, min(1.0, share), 1.0)


def to_rare_regions(regions: TextArray, since: int) -> NDArray[np.int64]:
    """Rows before `since` to regions with fewer than `ENOUGH` rows from there on: at most `RARE`, to the rarest first,
    so that all come to about the same number; of each region its newest. Rising.
    """
    names, region = np.unique(regions.astype(str), return_inverse=True)
    have = np.bincount(region[since:], minlength=len(names))
    older = np.arange(since)[::-1]
    rank = have[region[older]] + running_number(region[older])
    order = np.argsort(rank, kind="stable")
    return np.sort(older[order[rank[order] < ENOUGH][:RARE]])


def running_number(groups: NDArray[np.int64]) -> NDArray[np.int64]:
    """How many rows of the same group come before each row."""
    order = np.argsort(groups, kind="stable")
    starts = np.searchsorted(groups[order], groups[order])
    found = np.empty(len(groups), dtype=np.int64)
    found[order] = np.arange(len(groups)) - starts
    return found


@dataclass(frozen=True, eq=False)
class Durations:
    """`middle` is the centre of the log durations about which nothing is stated; `scatter` belongs to GRID."""

    horizon: int
    middle: float | None
    groups: Groups
    fitted: Pool | None
    told: FloatArray
    scatter: FloatArray
    rhythm: Rhythm

    @classmethod
    def of(cls, legs: Legs, beliefs: Beliefs, rhythm: Rhythm) -> Durations | None:
        """Fit what was seen; None where nothing has arrived yet and nothing is stated."""
        legs = legs.looked_at()
        if not legs.arrived.any() and not beliefs.by_key:
            return None
        said = beliefs.about(legs.facts)
        groups = Groups(legs.facts)
        longest = max(2 * legs.days[legs.arrived].max(initial=0), 6 * beliefs.longest, LEAST_HORIZON)
        horizon = int(min(longest, MOST_HORIZON))
        unsaid = np.array([each is None for each in said], dtype=np.bool_) & legs.arrived
        ends = legs.days[unsaid if unsaid.any() else legs.arrived]
        middle = float(np.median(np.log(ends + OFFSET - 0.5))) if len(ends) else None
        if middle is None:
            return cls(horizon, None, groups, None, np.zeros(0), prior(), rhythm)
        first, fit = cls._fitted(legs, said, groups, horizon, middle, rhythm)
        return cls._fitted(legs, said, groups, horizon, middle, first.learned_from(legs, said, fit))[0]

    @classmethod
    def _fitted(
        cls,
        legs: Legs,
        said: Sequence[StatedTime | None],
        groups: Groups,
        horizon: int,
        middle: float,
        rhythm: Rhythm,
    ) -> tuple[Durations, PoolFit]:
        columns = groups.columns(legs.facts, legs.first_day, _local(said))
        centre, scale = standards(said, columns, middle)
        together = np.stack([legs.first_day, *columns.groups[:, -2:].T.astype(np.float64)], axis=1)
        passed = rhythm.passed(legs.first_day, int(legs.days.max()))[np.arange(len(legs.days)), legs.days.astype(int)]
        on_the_day = rhythm.pace[rhythm.kinds(legs.first_day + legs.days)]
        sample = Sample(
            columns,
            low=(np.log(passed - on_the_day + OFFSET) - centre) / scale,
            high=(np.log(passed + OFFSET) - centre) / scale,
            arrived=legs.arrived,
            cluster=np.unique(together, axis=0, return_inverse=True)[1].reshape(-1),
            weight=legs.weights(),
        )
        fit = pool(sample)
        low, high = ((each - fit.left_out) / fit.left_out_sd for each in (sample.low, sample.high))
        scatter = life_table(low, high, legs.arrived, sample.weight)
        told = np.where(legs.arrived, sample.weight, np.minimum(fit.weight, sample.weight))
        return cls(horizon, middle, groups, fit.pool, told, scatter, rhythm), fit

    def learned_from(self, legs: Legs, said: Sequence[StatedTime | None], fit: PoolFit) -> Rhythm:
        """The rhythm that the arrivals show: how many came on each kind of day against how many were expected."""
        assert self.middle is not None
        sample = fit.sample
        centre, scale = standards(said, sample.columns, self.middle)
        chance = self._chances(legs.first_day, int(legs.days.max()), centre, scale, fit.left_out, fit.left_out_sd)
        before = np.concatenate([np.zeros((len(chance), 1)), chance[:, :-1]], axis=1)
        hazard = (chance - before) / np.maximum(1 - before, 1e-9)
        offsets = np.arange(chance.shape[1])
        watched = offsets < (legs.days + legs.arrived)[:, None]
        kinds = self.rhythm.kinds(legs.first_day[:, None] + offsets)
        expected = np.bincount(kinds[watched], (hazard * sample.weight[:, None])[watched], minlength=WEEKDAYS + 1)
        ends = self.rhythm.kinds(legs.first_day + legs.days)[legs.arrived]
        arrived = np.bincount(ends, sample.weight[legs.arrived], minlength=WEEKDAYS + 1)
        return self.rhythm.learned(arrived.astype(np.float64), expected.astype(np.float64))

    def _chances(
        self,
        first_day: FloatArray,
        days: int,
        centre: FloatArray,
        scale: FloatArray,
        expected: FloatArray,
        deviation: FloatArray,
    ) -> FloatArray:
        reached = np.log(self.rhythm.passed(first_day, days) + OFFSET)
        away = ((reached - centre[:, None]) / scale[:, None] - expected[:, None]) / deviation[:, None]
        return np.asarray(np.interp(away, GRID, self.scatter))

    def as_plain(self) -> tuple[dict[str, NDArray[Any]], dict[str, Any]]:
        """Arrays and plain values for storing. What a question needs is in them, in single precision where large."""
        arrays: dict[str, NDArray[Any]] = {
            "told": self.told,
            "scatter": self.scatter,
            "pace": self.rhythm.pace,
            "closed": self.rhythm.closed,
        }
        about: dict[str, Any] = {
            "horizon": self.horizon,
            "middle": self.middle,
            "groups": [[list(name), number] for name, number in self.groups.numbers.items()],
        }
        if self.fitted is not None:
            pool = self.fitted.condensed() if self.fitted.root is None else self.fitted
            assert pool.root is not None
            arrays |= {each.name: getattr(pool.columns, each.name) for each in fields(pool.columns)}
            arrays |= {"noise": pool.noise, "pull": pool.pull, "lift": pool.lift, "root": pool.root.astype(np.float32)}
            about["spread"] = pool.spread
        return arrays, about

    @classmethod
    def from_plain(cls, arrays: dict[str, NDArray[Any]], about: dict[str, Any]) -> Durations:
        """The durations back from `as_plain`."""
        groups = Groups.numbered({tuple(name): number for name, number in about["groups"]})
        fitted = None
        if "pull" in arrays:
            columns = Columns(**{each.name: arrays[each.name] for each in fields(Columns)})
            root: FloatArray = arrays["root"].astype(np.float64)
            noise, pull, lift = arrays["noise"], arrays["pull"], arrays["lift"]
            fitted = Pool(columns, np.zeros((0, 0)), noise, pull, about["spread"], lift, root)
        rhythm = Rhythm(arrays["pace"], arrays["closed"])
        return cls(about["horizon"], about["middle"], groups, fitted, arrays["told"], arrays["scatter"], rhythm)

    @property
    def sample_size(self) -> int:
        """Parcels looked at."""
        return len(self.told)

    def chances(
        self, facts: Facts, first_day: FloatArray, beliefs: Beliefs
    ) -> tuple[FloatArray, FloatArray, NDArray[np.bool_]]:
        """Chances by the end of each day (n, horizon + 1), the orders behind them (n,), and whether something is
        stated (n,). Rows without a statement mean nothing where nothing was seen.
        """
        said = beliefs.about(facts)
        columns = self.groups.columns(facts, first_day, _local(said))
        centre, scale = standards(said, columns, self.middle or 0.0)
        expected, deviation = np.zeros(len(facts)), np.sqrt(1 + own(columns))
        evidence = np.zeros(len(facts))
        if self.fitted is not None:
            expected, deviation = self.fitted.expect(columns)
            evidence = self._evidence(columns)
        stated = np.array([each is not None for each in said], dtype=np.bool_)
        return self._chances(first_day, self.horizon, centre, scale, expected, deviation), evidence, stated

    def _evidence(self, columns: Columns) -> FloatArray:
        """How many orders speak to each question, each counted by the share of what matters that it has in common."""
        assert self.fitted is not None
        alike = shared(columns, self.fitted.columns)
        return np.asarray(alike @ self.told / all_shared(columns))


def standards(said: Sequence[StatedTime | None], columns: Columns, middle: float) -> tuple[FloatArray, FloatArray]:
    """Centre and scale that make each parcel's log duration standard: the statement's, else the history's own.

    Without data a stated curve is then exactly the statement's: how far that may be off is part of its scale.
    """
    pairs = {each: location_and_scale(each.days) if each else (middle, USUAL_SCALE * SHAPE) for each in set(said)}
    centre, scale = np.array([pairs[each] for each in said], dtype=np.float64).reshape(-1, 2).T
    off = np.where(columns.unstated > 0, 1.0, np.sqrt(1 + own(columns)))
    return centre, scale / (SHAPE * off)


def _local(said: Sequence[StatedTime | None]) -> list[bool | None]:
    return [None if each is None else bool(each.place) for each in said]
