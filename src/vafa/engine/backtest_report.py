"""From curves and outcomes to the figures of the backtest report."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from vafa.engine.aim import least_chances
from vafa.engine.history import FloatArray, History
from vafa.engine.local_days import day_of, local_time
from vafa.engine.outcomes import NEVER, Outcomes

TARGETS = (0.80, 0.90, 0.95)
FEWEST = 10


@dataclass(frozen=True, eq=False)
class Promises:
    """Scored orders: `rows` of the history, their local `day`, curves (n, days), place table (n, 101), and the aims
    (n, len(aim.WATCHED)) that outcomes had taught by that day.
    """

    history: History
    rows: NDArray[np.int64]
    day: FloatArray
    curves: FloatArray
    table: FloatArray
    aims: FloatArray

    @cached_property
    def outcomes(self) -> Outcomes:
        """What became of the orders."""
        return Outcomes.of(self.history, self.rows)

    @property
    def incumbent(self) -> FloatArray:
        """Days that the shop itself promised; nan where nothing."""
        return np.asarray(self.history.promised[self.rows] - self.day)

    def aimed(self, target: float) -> FloatArray:
        """Days promised to each order with this target."""
        return target_days(self.curves, least_chances(self.aims, target))


def place_table(history: History, origin: float, rows: NDArray[np.int64]) -> FloatArray:
    """The plain baseline, a table city > days: percentiles 0..100 of the days that deliveries to each
    order's city took until `origin`; those of all cities where it had fewer than FEWEST arrivals."""
    facts = history.facts
    known = np.flatnonzero(history.delivered < origin)
    day = np.floor(local_time(history.placed[known], history.zone))
    took = np.floor(local_time(history.delivered[known], history.zone)) - day
    cities = (facts.destination_region + "|" + facts.destination_city).astype(str)
    order = np.argsort(cities[known], kind="stable")
    names, starts = np.unique(cities[known][order], return_index=True)
    past = dict(zip(names.tolist(), np.split(took[order], starts[1:]), strict=True))
    asked, place = np.unique(cities[rows], return_inverse=True)
    table = [past.get(str(city), took[:0]) for city in asked]
    levels = np.arange(101)
    return np.array([np.percentile(own if len(own) >= FEWEST else took, levels, method="higher") for own in table])[
        place
    ]


def target_days(curves: FloatArray, target: float | FloatArray) -> FloatArray:
    """The first day whose chance reaches `target` (one, or one for each); where none does, the first day of the highest
    chance, so that the answer depends on the curve alone and not on how far others reach."""
    wanted = np.minimum(np.reshape(target, (-1, 1)) - 1e-12, curves[:, -1:])
    return np.asarray((curves >= wanted).argmax(axis=1), dtype=np.float64)


def cost_days(curves: FloatArray, cost: float, floor: float = 0.0) -> FloatArray:
    """The day that minimises days + `cost` x P(late), among those with a chance of at least `floor`."""
    price = np.arange(curves.shape[1]) + cost * (1.0 - curves)
    allowed = np.minimum(floor, curves[:, -1:])
    return np.asarray(np.where(curves >= allowed, price, np.inf).argmin(axis=1), dtype=np.float64)


def equal_kept_cost(curves: FloatArray, outcomes: Outcomes, kept: float, floor: float = 0.0) -> float:
    """The one constant with which the cost rule keeps the share `kept` (smallest that reaches it)."""
    low, high = 0.0, 1e4
    for _ in range(40):
        middle = (low + high) / 2
        reached = outcomes.kept(cost_days(curves, middle, floor)) >= kept
        low, high = (low, middle) if reached else (middle, high)
    return high


def baseline_days(table: FloatArray, outcomes: Outcomes, kept: float) -> float:
    """Mean days of the place table at the percentile (interpolated) that keeps the share `kept`."""
    shares = np.array([outcomes.kept(column) for column in table.T])
    means = table.mean(axis=0)
    return float(np.interp(kept, shares, means))


def _outcome(days: FloatArray, outcomes: Outcomes) -> dict[str, float]:
    """`kept` is of the decided promises, `mean_days` of all."""
    return {"kept": outcomes.kept(days), "mean_days": float(np.mean(days))}


def report(promises: Promises) -> dict[str, Any]:
    """The JSON of the backtest. Parts that compare with the shop's own promises are None without them.

    `undecided` counts the promises whose day had not passed when the data end and whose order had not arrived: no
    share of kept or late promises holds them.
    """
    outcomes, incumbent, curves = promises.outcomes, promises.incumbent, promises.curves
    promised = np.isfinite(incumbent)
    theirs = _outcome(incumbent[promised], outcomes.take(promised)) if promised.any() else None
    equal = equal_kept_days(promises)
    by_place = None if theirs is None else {"mean_days": baseline_days(promises.table, outcomes, theirs["kept"])}
    delivered = outcomes.took < NEVER
    aimed = {f"{target:.2f}": promises.aimed(target) for target in TARGETS}
    return {
        "orders": len(outcomes),
        "incumbent": theirs,
        "targets": {target: _outcome(days, outcomes) for target, days in aimed.items()},
        "equal_kept": _equal_kept(equal, outcomes, theirs),
        "baseline_equal_kept": by_place,
        "mae_days": float(np.mean(np.abs(target_days(curves, 0.5) - outcomes.took)[delivered])),
        "months": _months(promises, aimed["0.90"] if equal is None else equal),
        "places": _places(promises, aimed["0.90"], 0.9),
        "undecided": {target: int((~outcomes.decided(days)).sum()) for target, days in aimed.items()}
        | {"incumbent": int((promised & ~outcomes.decided(incumbent)).sum())}
        | ({} if equal is None else {"equal_kept": int((~outcomes.decided(equal)).sum())}),
    }


def equal_kept_days(promises: Promises, floor: float = 0.0) -> FloatArray | None:
    """Days promised by the cost rule with the one constant that keeps as many as the shop's own promises
    did; no promise with a chance below `floor`. None where the shop promised nothing."""
    outcomes, incumbent = promises.outcomes, promises.incumbent
    promised = np.isfinite(incumbent)
    if not promised.any():
        return None
    kept = outcomes.kept(incumbent)
    return cost_days(promises.curves, equal_kept_cost(promises.curves, outcomes, kept, floor), floor)


def _equal_kept(
    equal: FloatArray | None, outcomes: Outcomes, theirs: dict[str, float] | None
) -> dict[str, float] | None:
    if equal is None or theirs is None:
        return None
    return {**_outcome(equal, outcomes), "shorter_by": float(1 - np.mean(equal) / theirs["mean_days"])}


def _months(promises: Promises, days: FloatArray) -> list[dict[str, Any]]:
    month = promises.day.astype("datetime64[D]").astype("datetime64[M]").astype(str)
    found = []
    for name in sorted(set(month)):
        these = month == name
        outcomes = promises.outcomes.take(these)
        found.append(
            {
                "month": str(name),
                "orders": int(these.sum()),
                "incumbent_late": _late(outcomes, promises.incumbent[these]),
                "late": _late(outcomes, days[these]),
                "mean_days": float(np.mean(days[these])),
            }
        )
    return found


def _late(outcomes: Outcomes, promised: FloatArray) -> float | None:
    """The share of decided promises that were broken; None without any."""
    return 1.0 - outcomes.kept(promised) if outcomes.decided(promised).any() else None


def _places(promises: Promises, days: FloatArray, target: float) -> list[dict[str, Any]]:
    places = promises.history.facts.destination_region[promises.rows]
    return [
        {
            "place": str(place),
            "orders": int((places == place).sum()),
            "target": target,
            "kept": promises.outcomes.take(places == place).kept(days[places == place]),
        }
        for place in sorted(set(places))
    ]


def scored_quotes(promises: Promises) -> list[dict[str, str]]:
    """The promised dates of every scored order, ISO dates; `quoted_at` on the clock of the shop's zone."""
    equal = equal_kept_days(promises)
    chosen = {f"day_{round(t * 100):03d}": promises.aimed(t) for t in TARGETS}
    if equal is not None:
        chosen["day_equal_kept"] = equal
    history, zone, found = promises.history, ZoneInfo(promises.history.zone), []
    for index, row in enumerate(promises.rows):
        days = {name: day_of(int(promises.day[index] + d[index])).isoformat() for name, d in chosen.items()}
        chance = "" if equal is None else f"{promises.curves[index, int(equal[index])]:.4f}"
        quoted_at = datetime.fromtimestamp(history.placed[row], zone).isoformat()
        found.append(
            {"order": str(history.numbers[row]), "quoted_at": quoted_at, **days}
            | ({"day_equal_kept": ""} if equal is None else {})
            | {"probability_equal_kept": chance}
        )
    return found
