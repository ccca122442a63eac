"""How a history really went: how long parcels take, and what became of the dates the shop had promised."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from vafa.engine.history import FloatArray, History, TextArray
from vafa.engine.local_days import day_of, local_time

BoolArray = NDArray[np.bool_]


@dataclass(frozen=True)
class TrackRecord:
    """One group of orders that were not cancelled.

    `settled` promises have a known outcome: delivered, or not arrived when the promised day had passed. Days are
    calendar days of the shop's zone from the day of the order. `half_within` and `nine_of_ten_within` are product-limit
    estimates (Kaplan and Meier 1958), so open orders count as long as they were watched; None where so many never came.
    """

    group: str
    orders: int
    delivered: int
    settled: int
    broken: int
    promised_days: float | None
    half_within: int | None
    nine_of_ten_within: int | None
    broken_value: float = 0.0  # what the orders of the broken promises cost, in the history's currency, where known

    @property
    def kept_rate(self) -> float | None:
        """Share of settled promises that were kept; None without any."""
        return 1 - self.broken / self.settled if self.settled else None


@dataclass(frozen=True)
class Day:
    """Promises for orders placed on one day of the shop's zone: months are the reader's, and calendars differ."""

    day: date
    settled: int
    broken: int


@dataclass(frozen=True, eq=False)
class _Outcomes:
    placed: FloatArray  # local days
    age: FloatArray  # days until delivery, or until the end of what was seen
    delivered: BoolArray
    settled: BoolArray
    broken: BoolArray
    promised_days: FloatArray
    price: FloatArray


def track_records(history: History, groups: TextArray | None = None) -> list[TrackRecord]:
    """One record for each group (a text for each order), the largest first; one for all without groups."""
    valid = ~history.cancelled
    outcomes = _outcomes(history)
    names = np.full(len(history), "", dtype=object) if groups is None else groups
    found = [_record(str(name), outcomes, valid & (names == name)) for name in sorted(set(names[valid]))]
    return sorted(found, key=lambda each: (-each.orders, each.group))


def daily_records(history: History) -> list[Day]:
    """Settled and broken promises by the day of the order, in order of time; days without any are left out."""
    outcomes = _outcomes(history)
    rows = outcomes.settled & ~history.cancelled
    days, at = np.unique(outcomes.placed[rows], return_inverse=True)
    settled = np.bincount(at, minlength=len(days))
    broken = np.bincount(at, weights=outcomes.broken[rows], minlength=len(days))
    return [Day(day_of(int(day)), int(all_), int(late)) for day, all_, late in zip(days, settled, broken, strict=True)]


def product_limit(ages: FloatArray, happened: BoolArray) -> FloatArray:
    """P(event within k days) for k = 0, 1, …, from ages in whole days of which some are only lower bounds.

    Ties are taken as seen before they were lost: who is last seen on day k was at risk on it.
    """
    if not len(ages):
        return np.zeros(1)
    last = int(ages.max())
    events = np.bincount(ages[happened].astype(np.int64), minlength=last + 1)
    leaving = np.bincount(ages.astype(np.int64), minlength=last + 1)
    at_risk = len(ages) - np.concatenate([[0], np.cumsum(leaving)[:-1]])
    return np.asarray(1 - np.cumprod(1 - events / at_risk))


def _outcomes(history: History) -> _Outcomes:
    zone, end = history.zone, history.last_fact
    placed = np.floor(local_time(history.placed, zone))
    delivered = np.isfinite(history.delivered)
    seen_until = np.where(delivered, history.delivered, np.where(np.isfinite(history.closed), history.closed, end))
    last_day = np.floor(local_time(seen_until, zone)) if len(history) else placed
    promised = np.isfinite(history.promised)
    over = promised & (history.promised < last_day)
    return _Outcomes(
        placed=placed,
        age=np.maximum(last_day - placed, 0.0),
        delivered=delivered,
        settled=promised & (delivered | over),
        broken=over,
        promised_days=history.promised - placed,
        price=np.nan_to_num(history.facts.price),
    )


def _record(name: str, outcomes: _Outcomes, rows: BoolArray) -> TrackRecord:
    settled = rows & outcomes.settled
    arrived = product_limit(outcomes.age[rows], outcomes.delivered[rows])
    return TrackRecord(
        group=name,
        orders=int(rows.sum()),
        delivered=int((rows & outcomes.delivered).sum()),
        settled=int(settled.sum()),
        broken=int((settled & outcomes.broken).sum()),
        promised_days=float(outcomes.promised_days[settled].mean()) if settled.any() else None,
        half_within=_first_reaching(arrived, 0.5),
        nine_of_ten_within=_first_reaching(arrived, 0.9),
        broken_value=float(outcomes.price[settled & outcomes.broken].sum()),
    )


def _first_reaching(chances: FloatArray, share: float) -> int | None:
    day = int(np.searchsorted(chances, share - 1e-12))
    return day if day < len(chances) else None
