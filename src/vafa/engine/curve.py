"""The answer of a duration model: the chance that something has happened by the end of each day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from vafa.engine.aim import AS_ASKED, Aim

FloatArray = NDArray[np.float64]
Basis = Literal["model", "pooled", "stated"]


def widened(by_day: FloatArray, width: int) -> FloatArray:
    """The chances for `width` days, staying at their last value (numpy's own `pad` takes ten times as long)."""
    more = width - len(by_day)
    return np.concatenate([by_day, np.full(more, by_day[-1])]) if more > 0 else by_day


@dataclass(frozen=True)
class Curve:
    """The chance that the event has happened by the end of each calendar day (shop's zone).

    `start` is day 0, the local calendar day of the question. `by_day` has shape (H + 1,), is
    non-decreasing and lies in [0, 1]: `by_day[k]` = P(event on or before `start` + k days). The last
    value may be below 1: never, or beyond the horizon. `evidence` is the effective number of past
    orders behind the curve, so it says how sure it is. `aim` is what outcomes of earlier promises say
    about the chance a promise must have (see `vafa.engine.aim`); without outcomes the target itself.
    """

    start: date
    by_day: FloatArray
    evidence: float
    basis: Basis
    aim: Aim = AS_ASKED

    @property
    def horizon(self) -> int:
        """The last day, counted from `start`, that the curve speaks about."""
        return len(self.by_day) - 1

    def chance(self, on: date) -> float:
        """P(event on or before the day `on`); 0 before `start`, the last value beyond the horizon."""
        offset = (on - self.start).days
        if offset < 0:
            return 0.0
        return float(self.by_day[min(offset, self.horizon)])

    def day_reaching(self, probability: float) -> date | None:
        """The first day whose chance is at least `probability`; None where no day reaches it."""
        offset = int(np.searchsorted(self.by_day, probability - 1e-12))
        return self.start + timedelta(days=offset) if offset <= self.horizon else None
