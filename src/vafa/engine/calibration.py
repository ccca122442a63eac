"""Calibration by outcomes: when promises are kept more or less often than said, the chances follow.

One-sided: only "arrived by the promised day, or not" counts, and that is known on the promised day even of
a parcel that still moves, so feedback is never censored (adaptive conformal inference rests on the same,
Gibbs and Candès 2021). Damped: what is learned is one shift of the log-odds, of discounted outcomes, shrunk
to the overall shift by group and to none overall, and never beyond a limit; so a bad month does not make
the next one absurdly long.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

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
        return Calibration(day + 1, overall, found, self.memory)

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
        }

    @classmethod
    def from_plain(cls, plain: dict[str, Any]) -> Calibration:
        """Back from `as_plain`."""
        groups = {name: Score(*each) for name, each in plain["groups"].items()}
        return cls(plain["day"], Score(*plain["overall"]), groups, plain["memory"])


def shifted(chances: FloatArray, shift: FloatArray) -> FloatArray:
    """Chances (n, days) with `shift` (n,) added to their log-odds; 0 and 1 stay."""
    factor = np.exp(shift)[:, None]
    return np.asarray(chances * factor / (1.0 - chances + chances * factor))


def calibrated_in_order(
    chances: FloatArray,
    day: FloatArray,
    took: FloatArray,
    groups: Sequence[str],
    left: FloatArray | None = None,
) -> tuple[FloatArray, Calibration]:
    """Curves (n, days) as a shop would have quoted them that learns from its outcomes day by day.

    `day` (n,) is the local day of each quote, `took` the days until the event (large = never). A quote sees
    only outcomes of promises that were due before its day. Promises at the levels PROBES are watched, but
    not of orders that had been closed by then: `left` (n,) is after how many days.
    """
    if not len(day):
        return chances.copy(), Calibration()
    names = np.asarray(groups, dtype=str)
    row, offset = _probed(chances)
    if left is not None:
        watched = offset < left[row]
        row, offset = row[watched], offset[watched]
    due, said = day[row] + offset, chances[row, offset]
    kept = (took[row] <= offset).astype(np.float64)
    order = np.argsort(due, kind="stable")
    first, last = int(day.min()), int(day.max())
    edges = np.searchsorted(due[order], np.arange(first, last + 2))
    slow = max(1.0, float(np.median(offset)) / USUAL_PROMISE) if len(offset) else 1.0
    found, state = chances.copy(), Calibration(day=float(first), memory=MEMORY * slow)
    for index, today in enumerate(range(first, last + 1)):
        quotes = np.flatnonzero(day == today)
        if len(quotes):
            found[quotes] = shifted(chances[quotes], state.shift(names[quotes].tolist()))
        settled = order[edges[index] : edges[index + 1]]
        state = state.told(today, names[row[settled]].tolist(), said[settled], kept[settled])
    return found, state


def _probed(chances: FloatArray) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Which quotes would promise which day at the levels PROBES, where they reach them at all."""
    reached = [chances >= level for level in PROBES]
    rows = [np.flatnonzero(each.any(axis=1)) for each in reached]
    days = [each[row].argmax(axis=1) for each, row in zip(reached, rows, strict=True)]
    return np.concatenate(rows), np.concatenate(days)
