"""Calibration by outcomes: when promises are kept more or less often than said, the chances follow.

One-sided: only "arrived by the promised day, or not" counts, and that is known on the promised day even of
a parcel that still moves, so feedback is never censored (adaptive conformal inference rests on the same,
Gibbs and Candès 2021). Damped: what is learned is one shift of the log-odds, of discounted outcomes, shrunk
to the overall shift by group and to none overall, and never beyond a limit; so a bad month does not make
the next one absurdly long. What the chances leave over is the aim's (`vafa.engine.aim`): the share that was kept of
the promises really given, whole days and all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vafa.engine.aim import AS_ASKED, WATCHED, Aim
from vafa.engine.backtest_report import target_days
from vafa.engine.curve import FloatArray

MEMORY = 30.0  # days; how fast outcomes lose weight (1/e)
OVERALL_PRIOR, GROUP_PRIOR = 60.0, 100.0  # information (sum of p (1 - p)) that "as said" counts for
STRENGTH, LIMIT = 0.3, 0.5
PROBES = (0.50, 0.65, 0.80, 0.90)  # the nearer ones are decided sooner: a change of pace is noticed in time
USUAL_PROMISE = 25.0  # days; where promises are longer, outcomes come later and are remembered longer


@dataclass(frozen=True)
class Score:
    """Discounted sums over outcomes: kept minus said, and the information p (1 - p) in it."""

    surplus: float = 0.0
    information: float = 0.0

    def plus(self, fade: float, surplus: float, information: float) -> Score:
        """Older outcomes faded, newer ones added."""
        return Score(self.surplus * fade + surplus, self.information * fade + information)


@dataclass(frozen=True)
class Calibration:
    """What outcomes up to (not including) local day `day` (days since 1970-01-01) say about the chances."""

    day: float = 0.0
    overall: Score = Score()
    groups: dict[str, Score] = field(default_factory=dict)
    memory: float = MEMORY
    aim: Aim = AS_ASKED

    def told(self, day: float, groups: Sequence[str], said: FloatArray, kept: FloatArray) -> Calibration:
        """Outcomes of promises due on local day `day`: `said` (n,) the uncorrected chance, `kept` 1 or 0.

        Days must come in order; ValueError otherwise.
        """
        if day < self.day - 1:
            raise ValueError("outcomes must be told in the order of their days")
        fade = float(np.exp(-max(day + 1 - self.day, 0.0) / self.memory)) if self.day else 0.0
        surplus, information = kept - said, said * (1 - said)
        found = {name: score.plus(fade, 0.0, 0.0) for name, score in self.groups.items()}
        names, place = np.unique(np.asarray(groups, dtype=str), return_inverse=True)
        sums = np.bincount(place, surplus, len(names)), np.bincount(place, information, len(names))
        for name, more, info in zip(names.tolist(), *sums, strict=True):
            found[name] = found.get(name, Score()).plus(1.0, float(more), float(info))
        overall = self.overall.plus(fade, float(surplus.sum()), float(information.sum()))
        return Calibration(day + 1, overall, found, self.memory, self.aim)

    def shift(self, groups: Sequence[str]) -> FloatArray:
        """What to add to the log-odds of chances for each of `groups`, (n,).

        One Newton step of a logistic regression with an intercept, overall and then by group.
        """
        overall = self.overall.surplus / (self.overall.information + OVERALL_PRIOR)
        found = {}
        for name in set(groups):
            score = self.groups.get(name, Score())
            left = score.surplus - overall * score.information
            found[name] = overall + left / (score.information + GROUP_PRIOR)
        return np.clip(STRENGTH * np.array([found[name] for name in groups]), -LIMIT, LIMIT)

    def as_plain(self) -> dict[str, Any]:
        """For storing."""
        groups = {name: [score.surplus, score.information] for name, score in self.groups.items()}
        return {
            "day": self.day,
            "overall": [self.overall.surplus, self.overall.information],
            "groups": groups,
            "memory": self.memory,
            "aim": list(self.aim.moved),
        }

    @classmethod
    def from_plain(cls, plain: dict[str, Any]) -> Calibration:
        """Back from `as_plain`."""
        groups = {name: Score(*each) for name, each in plain["groups"].items()}
        aim = Aim(tuple(plain["aim"])) if "aim" in plain else AS_ASKED  # stored before there were aims
        return cls(plain["day"], Score(*plain["overall"]), groups, plain["memory"], aim)


def shifted(chances: FloatArray, shift: FloatArray) -> FloatArray:
    """Chances (n, days) with `shift` (n,) added to their log-odds; 0 and 1 stay."""
    factor = np.exp(shift)[:, None]
    return np.asarray(chances * factor / (1.0 - chances + chances * factor))


@dataclass(frozen=True, eq=False)
class Calibrated:
    """Curves (n, days) as quoted, the aims (n, len(WATCHED)) quoted with, and the state after all outcomes."""

    curves: FloatArray
    aims: FloatArray
    state: Calibration


def calibrated_in_order(
    chances: FloatArray,
    day: FloatArray,
    took: FloatArray,
    groups: Sequence[str],
    left: FloatArray | None = None,
    until: float | None = None,
) -> Calibrated:
    """Curves (n, days) as a shop would have quoted them that learns from its outcomes day by day.

    `day` (n,) is the local day of each quote, `took` the days until the event (large = never). A quote sees
    only outcomes of promises that were due before its day. Promises at the levels PROBES are watched for the chances,
    those given at the targets WATCHED for the aim, but not of orders that had been closed by then: `left` (n,) is after
    how many days. `until` is the first local day that has not passed (default: the day of the last quote).
    """
    if not len(day):
        return Calibrated(chances.copy(), np.zeros((0, len(WATCHED))), Calibration())
    names = np.asarray(groups, dtype=str)
    stay = np.full(len(day), np.inf) if left is None else left
    row, offset = _probed(chances)
    watched = offset < stay[row]
    row, offset = row[watched], offset[watched]
    due, said = day[row] + offset, chances[row, offset]
    kept = (took[row] <= offset).astype(np.float64)
    order = np.argsort(due, kind="stable")
    first = int(day.min())
    last = int(day.max()) if until is None else max(int(day.max()), int(until) - 1)
    edges = np.searchsorted(due[order], np.arange(first, last + 2))
    slow = _slowness(row, offset, day, first, last)
    found, aims = chances.copy(), np.zeros((len(day), len(WATCHED)))
    given = _Given(first, last)
    state = Calibration(day=float(first), memory=MEMORY)
    for index, today in enumerate(range(first, last + 1)):
        quotes = np.flatnonzero(day == today)
        if len(quotes):
            found[quotes] = shifted(chances[quotes], state.shift(names[quotes].tolist()))
            aims[quotes] = state.aim.moved
            given.promise(today, found[quotes], state.aim, took[quotes], stay[quotes])
        if until is not None and today >= until:
            continue
        settled = order[edges[index] : edges[index + 1]]
        state = replace(state, memory=MEMORY * slow[index])
        state = state.told(today, names[row[settled]].tolist(), said[settled], kept[settled])
        state = replace(state, aim=state.aim.followed(state.memory, *given.due(today)))
    return Calibrated(found, aims, state)


class _Given:
    """What became of the promises given at the targets WATCHED, by the day on which they were due."""

    def __init__(self, first: int, last: int) -> None:
        self.first = first
        self.surplus, self.information = np.zeros((2, len(WATCHED), last - first + 1))

    def promise(self, today: int, chances: FloatArray, aim: Aim, took: FloatArray, left: FloatArray) -> None:
        for place, target in enumerate(WATCHED):
            days = target_days(chances, np.full(len(chances), aim.least(target)))
            due = (today - self.first + days).astype(np.int64)
            these = (days < left) & (due < self.surplus.shape[1])
            kept = (took[these] <= days[these]).astype(np.float64)
            np.add.at(self.surplus[place], due[these], kept - target)
            np.add.at(self.information[place], due[these], target * (1 - target))

    def due(self, today: int) -> tuple[FloatArray, FloatArray]:
        return self.surplus[:, today - self.first], self.information[:, today - self.first]


def _slowness(row: NDArray[np.int64], offset: NDArray[np.int64], day: FloatArray, first: int, last: int) -> FloatArray:
    """How many times longer than usual the promises of the quotes up to each day are, at least 1."""
    at = (day[row] - first).astype(np.int64)
    days, count = (np.cumsum(np.bincount(at, w, last - first + 1)) for w in (offset, np.ones(len(offset))))
    return np.asarray(np.maximum(1.0, days / np.maximum(count, 1) / USUAL_PROMISE))


def _probed(chances: FloatArray) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Which quotes would promise which day at the levels PROBES, where they reach them at all."""
    reached = [chances >= level for level in PROBES]
    rows = [np.flatnonzero(each.any(axis=1)) for each in reached]
    days = [each[row].argmax(axis=1) for each, row in zip(reached, rows, strict=True)]
    return np.concatenate(rows), np.concatenate(days)
