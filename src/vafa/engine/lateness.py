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
RECENT = int(6 * QUICK)  # days: an older outcome says nothing of the common shift
WEEK = 7  # days between two fits of the shape
SURE = 5.0  # log-odds beyond which the model's own chance is taken as no surer
AS_SAID = np.array([0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0])  # the coefficient of the model's own log-odds is 1
ROUNDS, CLOSE = 50, 1e-9


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
    def own_log_odds(self) -> FloatArray:
        """Of the model's chance, (n,); no surer than SURE."""
        return np.clip(_log_odds(self.chance), -SURE, SURE)

    @property
    def terms(self) -> FloatArray:
        """What the correction looks at, (n, 9); the promised day is near (2), middling (5) or far (10 days)."""
        said = self.own_log_odds
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
        terms, weight = looked_at.terms, np.exp(-ago / MEMORY)
        found, worth = AS_SAID, _likelihood(terms, weight, late, AS_SAID)
        for _ in range(ROUNDS):
            said = _chance(terms @ found)
            slope = terms.T @ (weight * (late - said)) - PRIOR * (found - AS_SAID)
            bend = (terms * (weight * said * (1 - said))[:, None]).T @ terms + PRIOR * np.eye(len(found))
            step = np.linalg.solve(bend, slope)
            if np.abs(step).max() < CLOSE:
                break
            # A whole step of Newton's can leap over the hill, where what outcomes say is far from the model.
            while (reached := _likelihood(terms, weight, late, found + step)) < worth and np.abs(step).max() > CLOSE:
                step = step / 2
            found, worth = found + step, reached
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


@dataclass(frozen=True, eq=False)
class Outcomes:
    """Looks whose end is known: `looked_at`, the chance `said` then without the common shift, the local day `due` and
    whether it ended `late`, each (n,)."""

    looked_at: OpenPromises
    said: FloatArray
    due: NDArray[np.int64]
    late: BoolArray

    def take(self, rows: BoolArray) -> Outcomes:
        """Some of them."""
        return Outcomes(self.looked_at.take(rows), self.said[rows], self.due[rows], self.late[rows])

    def shape(self, day: int) -> Correction:
        """What they teach by the local day `day`, without the common shift; as the model says where there are none."""
        return Correction.learned(self.looked_at, self.late, self._ago(day)) if len(self.due) else Correction()

    def shift(self, day: int, shape: Correction) -> Correction:
        """`shape` with the common shift of the day; outcomes older than RECENT days play no part in it."""
        recent = self.take(self.due > day - RECENT)
        return shape.shifted(recent.said, recent.late, recent._ago(day))

    def _ago(self, day: int) -> FloatArray:
        return (day - self.due).astype(np.float64)


def is_time_to_fit(day: int, before: int, first: int) -> bool:
    """Whether a week, counted from the local day `first` of the first look, has begun by `day` since `before`."""
    return (day - first) // WEEK > (before - first) // WEEK


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
    shape, first = Correction(), int(asked.min())
    for day in range(first, int(asked.max()) + 1):
        known = told & (due < day) & (asked < day)
        now, refit = asked == day, known.any() and is_time_to_fit(day, day - 1, first)
        if not refit and not now.any():
            continue
        outcomes = Outcomes(promises, said, due, late).take(known)
        shape = outcomes.shape(day) if refit else shape
        said[now] = shape.steady(promises.take(now))
        found[now] = outcomes.shift(day, shape).chances(promises.take(now))
    return found


def moved(by_day: FloatArray, due: NDArray[np.int64], promises: OpenPromises, corrected: FloatArray) -> FloatArray:
    """Curves (n, days) of the chance to have arrived, made to fit the `corrected` chances to be late on column `due`.

    From that day on the log-odds move as much as on it; the days before are at most as likely as it. So a date that is
    likelier than the promised one never comes before it.
    """
    by = _log_odds(corrected) - promises.own_log_odds
    after = _chance(_log_odds(by_day) - by[:, None])
    most = np.take_along_axis(after, due[:, None], axis=1)
    return np.where(np.arange(by_day.shape[1]) >= due[:, None], after, np.minimum(by_day, most))


def _likelihood(terms: FloatArray, weight: FloatArray, late: BoolArray, coefficients: FloatArray) -> float:
    """The logarithm of it, less what is taken off for going away from what the model says."""
    log_odds, away = terms @ coefficients, coefficients - AS_SAID
    return float(np.sum(weight * (late * log_odds - np.logaddexp(0.0, log_odds))) - PRIOR / 2 * away @ away)


def _log_odds(chance: FloatArray) -> FloatArray:
    safe = np.clip(chance, 1e-6, 1 - 1e-6)
    return np.log(safe / (1 - safe))


def _chance(log_odds: FloatArray) -> FloatArray:
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(log_odds, -30.0, 30.0))))
