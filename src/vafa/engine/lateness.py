"""How likely open promises break, corrected by how earlier ones ended.

A duration model reads its curves off all parcels. Those still open shortly before their promised day are a selection:
many are held up by something no feature shows. Which of them broke is known as soon as their day has passed, so a
small logistic regression on the model's own chance (Platt 1999) learns from it: shrunk to "as the model says", older
outcomes weighing less, with one quick common shift for weeks in which everything slips.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from vafa.engine.history import FloatArray

BoolArray = NDArray[np.bool_]
MEMORY, QUICK = 180.0, 10.0  # days after which an outcome counts a third (1/e): for the shape; for the common shift
PRIOR, QUICK_PRIOR = 10.0, 20.0  # information (sum of p (1 - p)) that "as the model says" counts for
MOST = 1.0  # the common shift of log-odds goes no further
AS_SAID = np.array([0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0])  # the coefficient of the model's own log-odds is 1
ROUNDS = 12


@dataclass(frozen=True, eq=False)
class OpenPromises:
    """n promises that are open when looked at: the model's `chance` to be late, `days_left` until the promised day
    (from its first moment), `since_handed` days since the hand-over (nan = not yet)."""

    chance: FloatArray
    days_left: FloatArray
    since_handed: FloatArray

    @classmethod
    def unknown(cls, count: int) -> OpenPromises:
        """So many promises about which nothing is said yet: all nan."""
        return cls(*(np.full(count, np.nan) for _ in range(3)))

    def with_rows(self, rows: NDArray[np.int64], found: OpenPromises) -> OpenPromises:
        """These promises with what was `found` of some of them."""
        columns = [own.copy() for own in (self.chance, self.days_left, self.since_handed)]
        for own, new in zip(columns, (found.chance, found.days_left, found.since_handed), strict=True):
            own[rows] = new
        return OpenPromises(*columns)

    def take(self, rows: NDArray[np.int64] | BoolArray) -> OpenPromises:
        """Some of them."""
        return OpenPromises(self.chance[rows], self.days_left[rows], self.since_handed[rows])

    @property
    def terms(self) -> FloatArray:
        """What the correction looks at, (n, 9); the promised day is near (2), middling (5) or far (10 days)."""
        said = np.clip(_log_odds(self.chance), -5.0, 5.0)
        waiting = ~np.isfinite(self.since_handed)
        moving = np.where(waiting, 0.0, np.log1p(np.maximum(np.nan_to_num(self.since_handed), 0.0)))
        far = np.clip(np.log(np.maximum(self.days_left, 0.5) / 5.0) / np.log(2.0), 0.0, 1.0)
        near = np.clip(np.log(5.0 / np.maximum(self.days_left, 0.5)) / np.log(2.5), 0.0, 1.0)
        bend = np.clip(said, -3.0, 3.0) ** 2
        return np.stack([said * 0 + 1, said, waiting, moving, far, near, said * far, said * near, bend], axis=1)


@dataclass(frozen=True, eq=False)
class Correction:
    """What outcomes so far say: coefficients of `OpenPromises.terms`, and a `shift` of the log-odds for all."""

    coefficients: FloatArray = field(default_factory=lambda: AS_SAID)
    shift: float = 0.0

    @classmethod
    def learned(cls, looked_at: OpenPromises, late: BoolArray, ago: FloatArray) -> Correction:
        """From promises whose day passed `ago` (n,) days ago, and whether they were `late`; without the quick shift."""
        terms, weight, found = looked_at.terms, np.exp(-ago / MEMORY), AS_SAID
        for _ in range(ROUNDS):
            said = _chance(terms @ found)
            slope = terms.T @ (weight * (late - said)) - PRIOR * (found - AS_SAID)
            bend = (terms * (weight * said * (1 - said))[:, None]).T @ terms + PRIOR * np.eye(len(found))
            found = found + np.linalg.solve(bend, slope)
        return cls(found)

    def shifted(self, said: FloatArray, late: BoolArray, ago: FloatArray) -> Correction:
        """With the common shift that the latest outcomes ask for; `said` (n,) was the chance without one."""
        weight = np.exp(-ago / QUICK)
        surplus, information = np.sum(weight * (late - said)), np.sum(weight * said * (1 - said))
        return replace(self, shift=float(np.clip(surplus / (information + QUICK_PRIOR), -MOST, MOST)))

    def steady(self, promises: OpenPromises) -> FloatArray:
        """The corrected chances to be late without the common shift, (n,)."""
        return _chance(promises.terms @ self.coefficients)

    def chances(self, promises: OpenPromises) -> FloatArray:
        """The corrected chances to be late, (n,)."""
        return _chance(promises.terms @ self.coefficients + self.shift)


def corrected_in_order(
    promises: OpenPromises, asked: NDArray[np.int64], due: NDArray[np.int64], late: BoolArray, told: BoolArray
) -> FloatArray:
    """Chances to be late as somebody would have stated them who learns from the outcomes day by day.

    `asked` and `due` (n,) are local days: a promise is looked at when its day `asked` begins; how it ended is known to
    questions asked after its day `due`, and learned from where `told`. A new fit each week, the shift each day.
    """
    found, said = promises.chance.copy(), promises.chance.copy()
    if not len(found):
        return found
    correction = Correction()
    for day in range(int(asked.min()), int(asked.max()) + 1):
        known = told & (due < day) & (asked < day)
        if known.any() and (day - int(asked.min())) % 7 == 0:
            correction = Correction.learned(promises.take(known), late[known], (day - due[known]).astype(np.float64))
        now = asked == day
        if not now.any():
            continue
        lately = known & (due > day - 6 * QUICK)
        today = correction.shifted(said[lately], late[lately], (day - due[lately]).astype(np.float64))
        said[now], found[now] = correction.steady(promises.take(now)), today.chances(promises.take(now))
    return found


def _log_odds(chance: FloatArray) -> FloatArray:
    safe = np.clip(chance, 1e-6, 1 - 1e-6)
    return np.log(safe / (1 - safe))


def _chance(log_odds: FloatArray) -> FloatArray:
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(log_odds, -30.0, 30.0))))
