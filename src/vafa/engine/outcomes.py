"""What became of orders, as far as anybody can know: kept, late, or not decided yet."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vafa.engine.history import FloatArray, History
from vafa.engine.local_days import local_time

BoolArray = NDArray[np.bool_]
NEVER = 1e9


@dataclass(frozen=True, eq=False)
class Outcomes:
    """Calendar days (shop's zone) from order to delivery of n orders, `took` (NEVER = not arrived), and how many days
    each was `watched`: a promise of an order that has not arrived is late once its day has passed, undecided before.
    """

    took: FloatArray
    watched: FloatArray

    @classmethod
    def of(cls, history: History, rows: NDArray[np.int64]) -> Outcomes:
        """What the history knows of some of its orders; the day of its last fact has not passed yet."""
        day = np.floor(local_time(history.placed[rows], history.zone))
        delivered = np.floor(local_time(history.delivered[rows], history.zone)) - day
        end = np.floor(local_time(np.array([history.last_fact]), history.zone)[0])
        return cls(np.where(np.isfinite(delivered), np.maximum(delivered, 0.0), NEVER), end - day)

    def __len__(self) -> int:
        return len(self.took)

    def take(self, rows: NDArray[np.int64] | BoolArray) -> Outcomes:
        """Some of them."""
        return Outcomes(self.took[rows], self.watched[rows])

    def decided(self, days: FloatArray) -> BoolArray:
        """Whether it is known what became of promises of `days` (n,); nan (no promise) never is."""
        return np.asarray(np.isfinite(days) & ((self.took < NEVER) | (days < self.watched)))

    def kept(self, days: FloatArray) -> float:
        """The share of the decided promises of `days` (n,) that were kept; nan where none is decided."""
        decided = self.decided(days)
        return float(np.mean((self.took <= days)[decided])) if decided.any() else float("nan")
