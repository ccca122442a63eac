"""What a guarantee would have cost: past orders under a wording, and how sure the sums are.

The range comes from a block bootstrap: whole weeks of orders are drawn with replacement, because late parcels come in
bunches (a strike, snow) and orders drawn one by one would make the range too narrow. Non-overlapping blocks: Carlstein,
"The use of subseries values …", Annals of Statistics 14 (1986); Künsch, Annals of Statistics 17 (1989).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]
WEEK = 7
DRAWS = 2000
MIDDLE = 0.9  # the share of the draws between the ends of a range
LEAST_WEEKS = 8  # from fewer blocks a range would be made up


@dataclass(frozen=True, eq=False)
class PastOrders:
    """Orders in the order of placement, as columns of shape (n,).

    `day`: the local day of the order, days since 1970. `took`: days until it arrived, inf where it had not by
    `last_day`, the day of the newest fact. `promised`: days that had been promised, nan where none. `worth`: its goods
    in any unit of money. `remedy`: what a remedy would cost in that unit. Both are nan where not known. `working`: the
    days on which the shop works, rising, where only these count in a number of days; they must reach beyond the last
    day that is asked about. None: every day counts.
    """

    day: FloatArray
    took: FloatArray
    promised: FloatArray
    worth: FloatArray
    remedy: FloatArray
    last_day: float
    working: FloatArray | None = None

    def allowed(self, days: int | None) -> FloatArray:
        """Calendar days that each order may take: those that `days` come to, or (None) those that had been promised."""
        if days is None:
            return self.promised
        if self.working is None:
            return np.full(len(self.day), float(days))
        side: Literal["left", "right"] = "right" if days else "left"  # 0: the day itself, or the next that counts
        after = np.searchsorted(self.working, self.day, side=side) + max(0, days - 1)
        return np.asarray(self.working[after] - self.day)

    def judged(self, allowed: FloatArray) -> BoolArray:
        """Which orders the history can judge: whether they came in time was known before its last day."""
        return np.asarray(self.day + allowed < self.last_day)


@dataclass(frozen=True)
class Range:
    """A sum or a share with the ends of its range; the ends are None where there are too few weeks for one."""

    value: float
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Cost:
    """Of the `orders` that could be judged `late` would have had a remedy. `share` is the cost as a share of `sales`,
    the worth of all of them; None without sales. `without_worth`: late orders whose remedy has no known cost.
    """

    orders: int
    late: Range
    cost: Range
    sales: float
    share: Range | None
    without_worth: int


def cost_of(orders: PastOrders, days: int | None, *, draws: int = DRAWS, seed: int = 1) -> Cost:
    """What the wording would have cost: within `days`, or on the promised date (None). The same orders give the same
    range.
    """
    allowed = orders.allowed(days)
    judged = orders.judged(allowed)
    late = judged & (orders.took > allowed)
    paid = np.where(late & np.isfinite(orders.remedy), orders.remedy, 0.0)
    sales = np.where(judged & np.isfinite(orders.worth), orders.worth, 0.0)
    weeks = _by_week(orders.day, judged, np.stack([late.astype(np.float64), paid, sales]))
    drawn = _drawn(weeks, draws, seed)
    total = weeks.sum(axis=1)
    share = None
    if total[2] > 0:
        shares = None if drawn is None else drawn[1] / np.maximum(drawn[2], 1e-9)
        share = _range(float(total[1] / total[2]), shares)
    return Cost(
        orders=int(judged.sum()),
        late=_range(float(total[0]), None if drawn is None else drawn[0]),
        cost=_range(float(total[1]), None if drawn is None else drawn[1]),
        sales=float(total[2]),
        share=share,
        without_worth=int((late & ~np.isfinite(orders.remedy)).sum()),
    )


def _by_week(day: FloatArray, judged: BoolArray, columns: FloatArray) -> FloatArray:
    """Sums of each column over the weeks with an order, shape (columns, weeks)."""
    _, block = np.unique(day[judged] // WEEK, return_inverse=True)
    count = int(block.max(initial=-1)) + 1
    return np.stack([np.bincount(block, weights=column[judged], minlength=count) for column in columns])


def _drawn(weeks: FloatArray, draws: int, seed: int) -> FloatArray | None:
    """Sums of as many weeks drawn with replacement, shape (columns, draws)."""
    count = weeks.shape[1]
    if count < LEAST_WEEKS:
        return None
    picked = np.random.default_rng(seed).integers(0, count, size=(draws, count))
    return np.asarray(weeks[:, picked].sum(axis=2))


def _range(value: float, drawn: FloatArray | None) -> Range:
    if drawn is None:
        return Range(value, None, None)
    low, high = np.quantile(drawn, [(1 - MIDDLE) / 2, (1 + MIDDLE) / 2])
    return Range(value, float(low), float(high))


def strongest_days(costs: dict[int, Cost], limit: float, *, surely: bool = False) -> int | None:
    """The fewest days whose cost stays under `limit` (a share of sales) for them and for every longer wording.

    `surely`: the upper end of the range stays under it too. None where no wording does.
    """
    found = None
    for days in sorted(costs, reverse=True):
        share = costs[days].share
        reached = None if share is None else share.high if surely else share.value
        if reached is None or reached >= limit:
            break
        found = days
    return found
