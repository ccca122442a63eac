"""Figures of a backtest that the pages need: the frontier of caution, and how often dates to each place held.

The whole comparison is in one number an order: the chance its curve gave to all days before the one it arrived on. A
promise made with caution p is the first day whose chance reaches what its aim asks for p, so it is kept exactly when
that number is below it. Numbers are kept as the caution that asks for as much (`asked_for`): kept means below p.
"""

from __future__ import annotations

from collections.abc import Callable, Set
from datetime import UTC, date, datetime, timedelta
from math import ceil
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vafa.delivery.track import FEW, LAST, place_keys, settling_days
from vafa.engine.aim import asked_for, least_chances
from vafa.engine.backtest import Backtest, BacktestOptions, backtest
from vafa.engine.history import FloatArray, History
from vafa.engine.local_days import DAY
from vafa.engine.outcomes import Outcomes

CAUTIONS = [round(0.50 + step / 100, 2) for step in range(50)]  # 0.50 … 0.99
SCORED_DAYS, LEAST_SCORED_DAYS = 84, 14


def quick_backtest(
    known: History, calendar: Set[date], progress: Callable[[float, str], None] | None = None
) -> Backtest | None:
    """Promises of the last settled weeks (at most twelve), made with what was known before; its outcomes also calibrate
    the model that answers now. None where the history is too short for that.
    """
    settle = ceil(settling_days(known))
    span = int((known.last_fact - float(known.placed[0])) // DAY)
    scored = min(SCORED_DAYS, (span - settle) // 2)
    if scored < LEAST_SCORED_DAYS:
        return None
    first = datetime.fromtimestamp(known.last_fact, UTC).date() - timedelta(days=settle + scored)
    options = BacktestOptions(
        score_from=first, every=ceil(scored / 2), first_after=scored, settle=settle, calendar=calendar
    )
    try:
        return backtest(known, options=options, progress=progress)
    except ValueError:  # no order to score
        return None


def figures_of(result: Backtest) -> dict[str, Any]:
    """`orders`, `frontier` [{caution, kept, exceeded, padding_days, mean_days}] and `held` {place key: [numbers]}."""
    promises = result.promises
    outcomes, curves = promises.outcomes, promises.curves
    if not len(outcomes):
        return {}
    before = asked_for(promises.aims, chance_before(curves, outcomes.took))
    return {
        "orders": len(outcomes),
        "frontier": [point_of(caution, curves, outcomes, promises.aims) for caution in CAUTIONS],
        "held": held_by_place(promises.history, promises.rows, before),
    }


def days_at(curves: FloatArray, caution: float | FloatArray) -> FloatArray:
    """Promised days at this caution: the first day whose chance reaches it, else the last day of the curve."""
    reached = curves >= np.reshape(caution, (-1, 1)) - 1e-9
    return np.asarray(np.where(reached.any(axis=1), reached.argmax(axis=1), curves.shape[1] - 1), dtype=np.float64)


def point_of(
    caution: float, curves: FloatArray, outcomes: Outcomes, aims: FloatArray | None = None
) -> dict[str, float]:
    """What this caution would have meant. `padding_days`: mean days between arrival and promise of kept promises.

    Shares are of the promises whose outcome is known. `aims` (n, len(WATCHED)) are those of the curves, if any."""
    days = days_at(curves, caution if aims is None else least_chances(aims, caution))
    decided, took = outcomes.decided(days), outcomes.took
    kept = decided & (took <= days)
    margin = (days - took)[kept]
    return {
        "caution": caution,
        "kept": round(float(kept.sum() / max(decided.sum(), 1)), 4),
        "exceeded": round(float((took <= days - 1)[decided].sum() / max(decided.sum(), 1)), 4),
        "padding_days": round(float(margin.mean()), 2) if kept.any() else 0.0,
        "mean_days": round(float(days.mean()), 2),
    }


def chance_before(curves: FloatArray, took: FloatArray) -> FloatArray:
    """The chance each curve gave to all days before the arrival; 1 where it did not arrive."""
    day = np.minimum(took, curves.shape[1]).astype(int) - 1
    found = np.take_along_axis(curves, np.clip(day, 0, curves.shape[1] - 1)[:, None], axis=1)[:, 0]
    beyond = took > curves.shape[1] - 1
    return np.asarray(np.where(beyond, 1.0, np.where(day < 0, 0.0, found)))


def held_by_place(history: History, rows: NDArray[np.int64], chances: FloatArray) -> dict[str, list[float]]:
    """The last hundred numbers of each city and region with at least five, and of all."""
    groups: dict[str, list[float]] = {}
    for index in np.argsort(history.placed[rows], kind="stable"):
        chance = round(float(chances[index]), 4)
        for _level, key, _name in place_keys(history.facts.destination(int(rows[index]))):
            groups.setdefault(key, []).append(chance)
    return {key: numbers[-LAST:] for key, numbers in groups.items() if len(numbers) >= FEW}
