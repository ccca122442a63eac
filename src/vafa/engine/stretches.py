"""The stretches of an order's way (placed > handed over > delivered) as cases on the clock of each."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from vafa.engine.clock import WorkClock
from vafa.engine.hazard import BoolArray, Cases
from vafa.engine.history import FloatArray, History
from vafa.engine.local_days import local_time


@dataclass(frozen=True, eq=False)
class Seen:
    """Local times (days since 1970-01-01 with fraction, shop's zone, nan = not yet) of n orders.

    `until` is up to when each was watched: its closing, or the moment of looking. A hand-over after the
    delivery is a slip of the pen and counts as not recorded.
    """

    placed: FloatArray
    handed: FloatArray
    delivered: FloatArray
    until: FloatArray

    @classmethod
    def at(cls, history: History, moment: float) -> Seen:
        """Everything in `history`, looked at at `moment` (seconds since 1970)."""
        watched = np.fmin(history.closed, moment)
        placed, handed, delivered, until = (
            local_time(times, history.zone) for times in (history.placed, history.handed, history.delivered, watched)
        )
        delivered = np.maximum(delivered, placed)
        sensible = ~(handed > delivered)
        handed = np.where(sensible, np.maximum(handed, placed), np.nan)
        return cls(placed, handed, delivered, np.maximum(until, placed))

    def handling(self, clock: WorkClock) -> Cases:
        """Placed > handed over; orders delivered without a recorded hand-over are left out."""
        told = np.isfinite(self.handed)
        return _cases(clock, self.placed, np.where(told, self.handed, self.until), told, told | ~self._arrived)

    def transit(self, clock: WorkClock) -> Cases:
        """Handed over > delivered."""
        arrived = self._arrived
        end = np.where(arrived, self.delivered, self.until)
        return _cases(clock, self.handed, end, arrived, np.isfinite(self.handed))

    def whole(self, clock: WorkClock) -> Cases:
        """Placed > delivered."""
        arrived = self._arrived
        return _cases(clock, self.placed, np.where(arrived, self.delivered, self.until), arrived, arrived | True)

    @property
    def _arrived(self) -> BoolArray:
        return np.isfinite(self.delivered)

    @property
    def handed_share(self) -> float:
        """The share of arrived orders whose hand-over is known."""
        arrived = self._arrived
        return float(np.mean(np.isfinite(self.handed[arrived]))) if arrived.any() else 0.0


def _cases(clock: WorkClock, begin: FloatArray, end: FloatArray, happened: BoolArray, kept: BoolArray) -> Cases:
    """Events are known by their day, so they happen in its middle; the end of watching is a moment."""
    row = np.flatnonzero(kept)
    begin, end, happened = begin[row], end[row], happened[row]
    age = np.where(happened, clock.at_middle(end), clock.at(end)) - clock.at(begin)
    return Cases(row, np.maximum(age, 0.0), happened)
