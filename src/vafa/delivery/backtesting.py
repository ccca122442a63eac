"""A backtest of the shop's whole history, and what its report says beyond the engine's own figures."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from math import isfinite
from typing import Any

import numpy as np
from django.utils.translation import gettext_lazy as _

from vafa.delivery.figures import CAUTIONS, point_of
from vafa.engine.backtest import Backtest, BacktestOptions, backtest
from vafa.engine.backtest_report import Promises, cost_days, equal_kept_days
from vafa.engine.history import FloatArray, History
from vafa.engine.local_days import DAY, day_of
from vafa.engine.outcomes import Outcomes
from vafa.kit.problems import Problem

Progress = Callable[[float, str], None]
LEAST_DELIVERED = 100
COSTS = [0.0, *np.geomspace(2, 2000, 40).tolist()]
AMOUNTS = [(0, 0), (1, 9), (10, 49), (50, 199), (200, None)]


@dataclass(frozen=True)
class Spec:
    """What to score: orders from the local day `score_from` on, a fit every `every` days, first after `first_after`;
    `watch`: the shop's own open promises too."""

    score_from: date | None = None
    every: int = 28
    first_after: int = 240
    watch: bool = False

    def as_json(self) -> dict[str, Any]:
        """For a row."""
        return {
            "from": self.score_from.isoformat() if self.score_from else None,
            "every": self.every,
            "first_after": self.first_after,
        }

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Spec:
        """Back from `as_json`."""
        day = values.get("from")
        return cls(date.fromisoformat(day) if day else None, int(values["every"]), int(values["first_after"]))


def run(known: History, spec: Spec, holidays: frozenset[date], progress: Progress | None = None) -> Backtest:
    """The engine's rolling backtest. Problem `too-little-history` where nothing could be scored."""
    _require_enough(known, spec)
    options = BacktestOptions(
        score_from=spec.score_from,
        every=spec.every,
        first_after=spec.first_after,
        calendar=holidays,
        watch=spec.watch,
    )
    try:
        return backtest(known, options=options, progress=progress)
    except ValueError:  # the engine found no order to score
        sentence = _("No order was placed late enough to be scored and early enough to be settled.")
        raise _too_little(sentence) from None


def figures(result: Backtest) -> dict[str, Any]:
    """The engine's report as JSON knows it: a shop that promised nothing has null where it has no figure."""
    plain: dict[str, Any] = _without_nan(result.as_json())
    return plain


def _without_nan(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_nan(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_without_nan(each) for each in value]
    return None if isinstance(value, float) and not isfinite(value) else value


def _require_enough(known: History, spec: Spec) -> None:
    delivered = int(np.isfinite(known.delivered).sum())
    if delivered < LEAST_DELIVERED:
        sentence = _("There are %(found)d delivered orders; a backtest needs at least %(least)d.")
        raise _too_little(sentence % {"found": delivered, "least": LEAST_DELIVERED})
    days = int((known.last_fact - float(known.placed[0])) // DAY)
    if days <= spec.first_after + 45:
        sentence = _(
            "The history covers %(days)d days; the first %(first)d are for learning, the last 45 are not settled yet."
            " Try a smaller number of days before the first score."
        )
        raise _too_little(sentence % {"days": days, "first": spec.first_after})


def _too_little(sentence: Any) -> Problem:
    return Problem("too-little-history", sentence, status=422)


def details(result: Backtest, stars: Mapping[str, int]) -> dict[str, Any]:
    """What the pages show beside the engine's report; plain JSON values.

    `frontier` and `cost_frontier` ours, `table_frontier` the plain percentile table's: lists of {kept, mean_days, …};
    `days` one row for each day of orders, for the months of any calendar; `amounts` kept at 0.90 by how many orders the
    seller (or the city) had before; `consequences` in broken promises and stars.
    """
    promises = result.promises
    outcomes, curves = promises.outcomes, promises.curves
    return {
        "made_on": datetime.fromtimestamp(promises.history.last_fact, UTC).date().isoformat(),
        "frontier": [point_of(caution, curves, outcomes, promises.aims) for caution in CAUTIONS],
        "cost_frontier": _cost_frontier(curves, outcomes),
        "table_frontier": _table_frontier(promises.table, outcomes),
        "days": _by_day(promises),
        "amounts_of": "seller" if has_several_sellers(promises.history) else "city",
        "amounts": _amounts(promises),
        "consequences": consequences(result, stars),
    }


def _by_day(promises: Promises) -> list[dict[str, Any]]:
    """What the engine's months count, by the local day of the orders: how many `orders` and `late` ones, the `promised`
    days together; of the shop's own promises how many are decided (`theirs`) and how many of them late (`theirs_late`).
    """
    outcomes, theirs, equal = promises.outcomes, promises.incumbent, equal_kept_days(promises)
    given = promises.aimed(0.9) if equal is None else equal
    days, at = np.unique(promises.day.astype(np.int64), return_inverse=True)
    columns = {
        "orders": np.ones(len(outcomes)),
        "late": outcomes.decided(given) & (outcomes.took > given),
        "promised": given,
        "theirs": outcomes.decided(theirs),
        "theirs_late": outcomes.decided(theirs) & (outcomes.took > theirs),
    }
    summed = {name: np.bincount(at, weights=column).astype(int).tolist() for name, column in columns.items()}
    return [
        {"day": day_of(day).isoformat(), **dict(zip(summed, row, strict=True))}
        for day, row in zip(days.tolist(), zip(*summed.values(), strict=True), strict=True)
    ]


def _cost_frontier(curves: FloatArray, outcomes: Outcomes) -> list[dict[str, float]]:
    points = []
    for cost in COSTS:
        days = cost_days(curves, cost)
        points.append({"kept": round(outcomes.kept(days), 4), "mean_days": round(float(days.mean()), 2)})
    return _in_view(points)


def _table_frontier(table: FloatArray, outcomes: Outcomes) -> list[dict[str, float]]:
    points = [
        {"kept": round(outcomes.kept(column), 4), "mean_days": round(float(column.mean()), 2)} for column in table.T
    ]
    return _in_view(points)


def _in_view(points: list[dict[str, float]]) -> list[dict[str, float]]:
    return [point for point in points if 0.5 <= point["kept"] <= 0.995]


def _amounts(promises: Promises) -> list[dict[str, Any]]:
    """Promises at 0.90 by the number of orders that the seller (of several) or else the city had before."""
    history, rows, facts = promises.history, promises.rows, promises.history.facts
    groups = facts.seller if has_several_sellers(history) else facts.destination_city
    before = np.zeros(len(history), dtype=np.int64)
    seen: dict[str, int] = {}
    for row, group in enumerate(groups):
        before[row] = seen.get(group, 0)
        seen[group] = before[row] + 1
    earlier = before[rows]
    found = []
    for least, most in AMOUNTS:
        here = (earlier >= least) & (earlier <= (most if most is not None else earlier.max(initial=0)))
        if here.any():
            found.append(
                {
                    "least": least,
                    "most": most,
                    "orders": int(here.sum()),
                    **point_of(0.9, promises.curves[here], promises.outcomes.take(here), promises.aims[here]),
                }
            )
    return found


def has_several_sellers(history: History) -> bool:
    """Whether it is a marketplace: then how much is known of a seller says more than how much is known of a city."""
    return len({str(seller) for seller in history.facts.seller if seller}) > 1


def consequences(result: Backtest, stars: Mapping[str, int]) -> dict[str, Any]:
    """Broken promises, the shop's and ours at 0.95; and the mean stars of orders that came on time and late.

    Stars are a plain comparison in the same data: the mean of orders that kept the shop's own date against the mean of
    those that broke it. `stars_gained` is that difference times the share of orders that would no longer be late; it
    assumes that a promise kept pleases as much whoever made it.
    """
    promises = result.promises
    outcomes, theirs = promises.outcomes, promises.incumbent
    promised = outcomes.decided(theirs)
    if not promised.any():
        return {}
    late = promised & (outcomes.took > theirs)
    given = np.array([stars.get(str(promises.history.numbers[row]), 0) for row in promises.rows])
    on_time, broken = given[(given > 0) & promised & ~late], given[(given > 0) & late]
    safe = 1.0 - outcomes.kept(promises.aimed(0.95))
    lost = float(on_time.mean() - broken.mean()) if len(on_time) and len(broken) else None
    fewer = max(0.0, float(late[promised].mean() - safe))
    return {
        "orders": int(promised.sum()),
        "broken": int(late.sum()),
        "broken_at_095": round(float(safe) * int(promised.sum())),
        "reviewed": int((given > 0).sum()),
        "stars_on_time": None if lost is None else round(float(on_time.mean()), 2),
        "stars_late": None if lost is None else round(float(broken.mean()), 2),
        "stars_gained": None if lost is None else round(lost * fewer, 3),
    }
