"""Fitting the stretches of the way, and keeping them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vafa.engine import features as names
from vafa.engine.arrival import Asked, Stretch
from vafa.engine.clock import WorkClock
from vafa.engine.hazard import Cases, Grid, Learning, learn
from vafa.engine.history import FloatArray, History
from vafa.engine.local_days import DAY, local_time
from vafa.engine.stretches import Seen
from vafa.engine.trees import Trees

WARM_UP = 70  # days over which the drift forgets that it began at "as expected"
ENOUGH_HANDED = 0.6  # share of arrived orders with a known hand-over that makes two stretches worth it
YEARS_AHEAD = 3 * 366
MEMORY = 250.0  # days; how fast older orders lose weight (1/e)
UNSURE = 30.0  # gamma variance of the pace, times the arrivals learned from: a short history says less
MOST_UNSURE = 0.3
SLOWEST = 6.0  # where parcels are slow, older orders are remembered longer, but not more than so often
LONGEST = 730


@dataclass(frozen=True, eq=False)
class Fitted:
    """The stretches: `handling` and then `last` from the hand-over, or `last` alone from the order."""

    handling: Stretch | None
    last: Stretch
    horizon: int

    def covering(self, asked: Asked) -> Fitted:
        """The same with clocks that cover the days of the questions."""
        moments = np.concatenate([asked.placed, asked.now, asked.handed[np.isfinite(asked.handed)]])
        if not len(moments):
            return self
        first, last = int(moments.min()), int(moments.max()) + self.horizon + 2
        clock = self.last.clock
        if clock.first <= first and last <= clock.last:
            return self
        span = (min(first, clock.first), max(last, clock.last))
        wider = [each and replace(each, clock=each.clock.spanning(*span)) for each in (self.handling, self.last)]
        assert wider[1] is not None
        return Fitted(wider[0], wider[1], self.horizon)

    def as_plain(self) -> tuple[dict[str, NDArray[Any]], dict[str, Any]]:
        """Arrays by name and plain values, for storing."""
        arrays: dict[str, NDArray[Any]] = {}
        about: dict[str, Any] = {"horizon": self.horizon, "stretches": {}}
        for name, stretch in (("handling", self.handling), ("last", self.last)):
            if stretch is None:
                continue
            clock = stretch.clock
            arrays |= {f"{name}.nodes": stretch.grid.nodes, f"{name}.weights": clock.weights}
            for index, trees in enumerate(stretch.bags):
                arrays |= {f"{name}.{index}.{part}": value for part, value in trees.arrays().items()}
            about["stretches"][name] = {
                "bags": len(stretch.bags),
                "columns": [names.ALL[column] for column in stretch.columns],
                "spread": stretch.spread,
                "clock": [clock.holiday, sorted(clock.holidays), clock.first, clock.last],
            }
        return arrays, about

    @classmethod
    def from_plain(cls, arrays: dict[str, NDArray[Any]], about: dict[str, Any]) -> Fitted:
        """Back from `as_plain`."""

        def stretch(name: str) -> Stretch | None:
            if name not in about["stretches"]:
                return None
            said = about["stretches"][name]
            holiday, holidays, first, last = said["clock"]
            clock = WorkClock(arrays[f"{name}.weights"], holiday, frozenset(holidays), first, last)
            bags = [_trees(arrays, f"{name}.{index}.") for index in range(said["bags"])]
            columns = names.columns(tuple(said["columns"]))
            return Stretch(clock, Grid(arrays[f"{name}.nodes"]), bags, columns, said["spread"])

        last = stretch("last")
        if last is None:
            raise ValueError("the stored model has no last stretch")
        return cls(stretch("handling"), last, about["horizon"])


def _trees(arrays: dict[str, NDArray[Any]], prefix: str) -> Trees:
    own = {name.removeprefix(prefix): value for name, value in arrays.items() if name.startswith(prefix)}
    return Trees.from_arrays(own)


def fit_stretches(
    known: History,
    features: FloatArray,
    as_of: float,
    holidays: frozenset[date],
    seed: int,
    tell: Callable[[float, str], None],
) -> Fitted:
    """Fit on a history of which every fact is before `as_of` (seconds since 1970)."""
    seen = Seen.at(known, as_of)
    now = float(local_time(np.array([as_of]), known.zone)[0])
    span = (int(seen.placed.min()) - 1, int(now) + YEARS_AHEAD)
    arrival = WorkClock.learned(np.floor(seen.delivered[np.isfinite(seen.delivered)]), holidays, span)
    took = (np.floor(seen.delivered) - np.floor(seen.placed))[np.isfinite(seen.delivered)]
    horizon = int(np.clip(np.percentile(took, 99.8) * 1.4 + 5, 30, LONGEST))

    def stretch(clock: WorkClock, cases: Cases, used: tuple[str, ...], seed: int) -> Stretch:
        columns = names.columns(used)
        grid = Grid.reaching(cases.age[cases.happened])
        weight = np.exp(-(as_of - known.placed[cases.row]) / DAY / (MEMORY * min(grid.unit, SLOWEST)))
        bags = learn(grid, cases, features[cases.row][:, columns], weight, Learning.from_orders(len(took)), seed)
        return Stretch(clock, grid, bags, columns, min(MOST_UNSURE, UNSURE / max(len(took), 1)))

    if seen.handed_share < ENOUGH_HANDED:
        tell(0.1, "order to arrival")
        return Fitted(None, stretch(arrival, seen.whole(arrival), names.WHOLE, seed), horizon)
    tell(0.1, "order to hand-over")
    leaving = WorkClock.learned(np.floor(seen.handed[np.isfinite(seen.handed)]), holidays, span)
    handling = stretch(leaving, seen.handling(leaving), names.HANDLING, seed)
    tell(0.5, "hand-over to arrival")
    return Fitted(handling, stretch(arrival, seen.transit(arrival), names.TRANSIT, seed + 1), horizon)
