"""What must be asked of single promises so that, of all promises aimed at a target, that share is kept.

A promise is a whole day, so "the first day with at least the target" keeps more than the target on average; and where
deliveries get faster or slower, outcomes come later than the change. Both show in one figure: the share that was
really kept of the promises given with that aim. From it the chance asked of the next ones moves a little, in log-odds,
at a few targets; between them it is interpolated (adaptive conformal inference, Gibbs and Candès 2021, with the step
damped as Angelopoulos et al. 2023 do by an integral that forgets).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
WATCHED = (0.50, 0.65, 0.80, 0.90)  # targets whose promises are followed
UNMOVED = 0.95  # from here on the target is asked for itself: outcomes come too late and too seldom to follow them
LOWEST = 0.1  # no single promise is asked for less than its target minus this
SHORTER, LONGER = 0.5, 0.2  # how far the chance asked for may move, in log-odds; longer promises cost more, so less
GAIN, PRIOR, FORGETS = 2.4, 20.0, 16.7  # step over a memory, information that "as said" counts for, memories


@dataclass(frozen=True)
class Aim:
    """`moved`: what is added to the log-odds of the chance that is asked for, at each of the targets WATCHED."""

    moved: tuple[float, ...] = (0.0,) * len(WATCHED)

    def least(self, target: float) -> float:
        """The least chance that a promise aimed at `target` must have; rises with it, never below it by over 0.1."""
        return float(least_chances(np.array([self.moved]), target)[0])

    def blended(self, other: Aim, weight: float) -> Aim:
        """`weight` (0..1) of this one and the rest of the other."""
        return Aim(tuple(weight * one + (1 - weight) * two for one, two in zip(self.moved, other.moved, strict=True)))

    def followed(self, memory: float, surplus: FloatArray, information: FloatArray) -> Aim:
        """A day later: `surplus` promises more were kept than aimed at (at each of WATCHED), of so much `information`
        (the sum of p (1 - p)); `memory` in days.
        """
        step = GAIN / memory * surplus / (information + PRIOR)
        moved = (np.array(self.moved) - step) * np.exp(-1.0 / (FORGETS * memory))
        moved = np.clip(moved, -SHORTER, LONGER)
        # a higher target never asks for less
        return Aim(tuple((np.maximum.accumulate(_log_odds(WATCHED) + moved) - _log_odds(WATCHED)).tolist()))


AS_ASKED = Aim()


def least_chances(moved: FloatArray, target: float) -> FloatArray:
    """`Aim.least` (n,) of many aims (n, len(WATCHED))."""
    if target >= UNMOVED:
        return np.full(len(moved), target)
    knots, at = _log_odds((*WATCHED, UNMOVED)), _log_odds([target])[0]
    full = np.concatenate([moved, np.zeros((len(moved), 1))], axis=1)
    place = int(np.clip(np.searchsorted(knots, at) - 1, 0, len(WATCHED) - 1))
    share = max(0.0, (at - knots[place]) / (knots[place + 1] - knots[place]))
    shift = full[:, place] * (1 - share) + full[:, place + 1] * share
    factor = np.exp(shift)
    asked = np.where(shift == 0, target, target * factor / (1 - target + target * factor))
    return np.asarray(np.maximum(asked, target - LOWEST))


def asked_for(moved: FloatArray, chances: FloatArray) -> FloatArray:
    """The other way round: the target (n,) below which aims (n, len(WATCHED)) are content with `chances` (n,)."""
    knots = _log_odds((*WATCHED, UNMOVED))
    found = chances.astype(np.float64)
    aims, which = np.unique(moved, axis=0, return_inverse=True)
    for number, aim in enumerate(aims):
        these = np.flatnonzero((which.reshape(-1) == number) & (chances > 1e-9) & (chances < UNMOVED))
        odds, moving = _log_odds(chances[these]), knots + np.append(aim, 0.0)
        back = np.interp(odds, moving, knots)
        back = np.where(odds < moving[0], odds - aim[0], back)
        found[these] = np.minimum(1.0 / (1.0 + np.exp(-back)), chances[these] + LOWEST)
    return found


def mean_aim(aims: Sequence[Aim]) -> Aim:
    """The middle of several, for a curve made of several."""
    return Aim(tuple(np.mean([aim.moved for aim in aims], axis=0).tolist()))


def _log_odds(chances: Sequence[float] | FloatArray) -> FloatArray:
    given = np.asarray(chances, dtype=np.float64)
    return np.asarray(np.log(given / (1.0 - given)))
