"""How parcels scatter around their expectation: a life table over a fine grid, with a prior and with open orders."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from vafa.engine.history import FloatArray
from vafa.engine.statements import NEVER

GRID: FloatArray = np.arange(-12.0, 16.0, 0.02)
SHAPE = 0.55  # of the logistic prior, in units of the noise's standard deviation
PRIOR_ORDERS = 20.0


def prior() -> FloatArray:
    """The logistic distribution over GRID that is expected beforehand; it ends below 1 by those that never arrive."""
    return np.asarray((1 - NEVER) / (1 + np.exp(-np.clip(GRID / SHAPE, -500, 500))))


def life_table(low: FloatArray, high: FloatArray, arrived: NDArray[np.bool_], weight: FloatArray) -> FloatArray:
    """The distribution over GRID of scatter between `low` and `high`, or beyond `low` where not arrived.

    An arrival on a day lies anywhere in that day, so its share is spread evenly between its bounds: a small shift of
    an expectation then moves every chance only a little.
    """
    before = prior()
    passed = np.zeros_like(GRID)
    waiting = np.zeros_like(GRID)
    for a, b, w in zip(low[arrived], high[arrived], weight[arrived], strict=True):
        passed += w * np.clip((GRID - a) / (b - a), 0, 1)
    open_bounds = np.sort(low[~arrived])
    open_weights = np.concatenate([[0.0], np.cumsum(weight[~arrived][np.argsort(low[~arrived])])])
    waiting += open_weights[-1] - open_weights[np.searchsorted(open_bounds, GRID, side="right")]
    at_risk = waiting + weight[arrived].sum() - passed + PRIOR_ORDERS * (1 - before)
    happening = np.diff(passed + PRIOR_ORDERS * before, append=passed[-1] + PRIOR_ORDERS * before[-1])
    hazards = np.clip(happening / np.maximum(at_risk, 1e-9), 0, 1)
    first = float(happening[0] and before[0])
    return np.asarray(1 - (1 - first) * np.concatenate([[1.0], np.cumprod(1 - hazards)[:-1]]))
