"""Running records of sellers, lanes and places: what the last weeks were like, as of any moment."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from math import exp, log, log1p
from typing import Any

import numpy as np

from vafa.engine.history import Facts, FloatArray, History, IntArray, TextArray
from vafa.engine.local_days import DAY

HANDLING, TRANSIT = 0, 1
FORGOTTEN = 40 * DAY  # an order not handed over for so long says nothing about the seller's queue
UNKNOWN = 1.5  # log(1 + days) before anything is known


@dataclass(frozen=True)
class Record:
    """One kind of record: which stretch, for whom, remembered how many days (1/e).

    It shrinks to `wider` as if that had been seen `weight` times.
    """

    name: str
    stretch: int
    group: str
    memory: float
    wider: str = ""
    weight: float = 5.0


RECORDS = (
    Record("handling_all", HANDLING, "all", 14.0),
    Record("handling_origin", HANDLING, "origin", 30.0, "handling_all"),
    Record("handling_seller", HANDLING, "seller", 40.0, "handling_origin", 2.0),
    Record("handling_seller_long", HANDLING, "seller", 150.0, "handling_origin", 2.0),
    Record("handling_category", HANDLING, "category", 45.0, "handling_all", 10.0),
    Record("handling_all_long", HANDLING, "all", 60.0),
    Record("handling_payment", HANDLING, "payment", 60.0, "handling_all_long", 10.0),
    Record("transit_all", TRANSIT, "all", 10.0),
    Record("transit_region", TRANSIT, "region", 21.0, "transit_all"),
    Record("transit_lane", TRANSIT, "lane", 30.0, "transit_region"),
    Record("transit_lane_long", TRANSIT, "lane", 120.0, "transit_region"),
    Record("transit_area", TRANSIT, "area", 120.0, "transit_lane_long", 4.0),
    Record("transit_city", TRANSIT, "city", 200.0, "transit_area", 4.0),
    Record("transit_seller", TRANSIT, "seller", 60.0, "transit_all", 4.0),
    Record("transit_seller_region", TRANSIT, "seller_region", 120.0, "transit_lane_long", 4.0),
)
INDEX = {record.name: index for index, record in enumerate(RECORDS)}
BY_STRETCH = [[i for i, record in enumerate(RECORDS) if record.stretch == s] for s in (HANDLING, TRANSIT)]
COUNTED = ("handling_seller", "handling_seller_long", "transit_area", "transit_seller", "transit_seller_region")
LOADED = ("seller", "region", "all")
BUSIER = LOADED[:2]
QUICK, SLOW = 3.0, 28.0
CALM = 25.0  # quick orders that "no surge" counts for: small shops have no surges, only chance
COLUMNS = (
    *(record.name for record in RECORDS),
    *(f"count_{name}" for name in COUNTED),
    *(f"{what}_{group}" for group in BUSIER for what in ("busier", "volume")),
    "waiting",
    "waiting_age",
    "payment_lag",
    "surge",
)


def groups_of(facts: Facts) -> dict[str, TextArray]:
    """For each kind of group the name of the group every parcel belongs to, shape (n,)."""
    everywhere = np.empty(len(facts), dtype=object)
    everywhere[:] = ""
    area = np.array([code[:-2] or code for code in facts.destination_code], dtype=object)
    region = facts.destination_region + "|" + facts.option
    return {
        "all": everywhere,
        "origin": facts.origin_region,
        "seller": facts.seller,
        "category": facts.category,
        "payment": facts.payment,
        "region": region,
        "lane": facts.origin_region + ">" + region + "|" + facts.carrier,
        "area": region + "|" + area,
        "city": region + "|" + facts.destination_city,
        "seller_region": facts.seller + ">" + region,
    }


Sums = dict[str, list[float]]
Waits = dict[tuple[str, float], tuple[int, float]]  # seller and moment to open orders and their mean age


class Records:
    """Decaying sums by group; facts are told in the order of time, and read as of any later moment.

    A duration counts as log(1 + days).
    """

    def __init__(self) -> None:
        self.sums: list[Sums] = [{} for _ in RECORDS]
        self.load: list[Sums] = [{} for _ in LOADED]
        self.waiting: dict[str, dict[str, float]] = {}

    def tell_duration(self, index: int, group: str, at: float, seconds: float) -> None:
        """One finished stretch, known at `at` (seconds since 1970)."""
        value = log1p(max(seconds, 0.0) / DAY)
        kept = self.sums[index].get(group)
        if kept is None:
            self.sums[index][group] = [at, 1.0, value]
            return
        fade = exp(-(at - kept[0]) / (RECORDS[index].memory * DAY))
        kept[:] = at, kept[1] * fade + 1.0, kept[2] * fade + value

    def tell_order(self, names: dict[str, str], order: str, at: float) -> None:
        """An order was placed."""
        for index, group in enumerate(LOADED):
            quick, slow = self._load(index, names[group], at)
            self.load[index][names[group]] = [at, quick + 1.0, slow + 1.0]
        self.waiting.setdefault(names["seller"], {})[order] = at

    def tell_handed(self, seller: str, order: str) -> None:
        """An order was handed over or has arrived: the seller no longer works on it."""
        self.waiting.get(seller, {}).pop(order, None)

    def _load(self, index: int, group: str, at: float) -> tuple[float, float]:
        kept = self.load[index].get(group)
        if kept is None:
            return 0.0, 0.0
        passed = (at - kept[0]) / DAY
        return kept[1] * exp(-passed / QUICK), kept[2] * exp(-passed / SLOW)

    def _surge(self, at: float) -> float:
        """Log of how many more orders than usual came lately; fades while none is told."""
        kept = self.load[LOADED.index("all")].get("")
        if kept is None:
            return 0.0
        last, quick, slow = kept
        more = log((quick + CALM) / (slow * QUICK / SLOW + CALM))
        return more * exp(-max(at - last, 0.0) / (QUICK * DAY))

    def read(self, names: dict[str, str], at: float, waits: Waits | None = None) -> list[float]:
        """The features of one parcel asked about at `at`, in the order of COLUMNS; `names` its groups.

        `waits` keeps what was counted of each seller's open orders, for further parcels until anything new is told.
        """
        means: list[float] = []
        counts: list[float] = []
        for index, record in enumerate(RECORDS):
            kept = self.sums[index].get(names[record.group])
            wider = means[INDEX[record.wider]] if record.wider else UNKNOWN
            fade = 0.0 if kept is None else exp(-(at - kept[0]) / (record.memory * DAY))
            count, total = (0.0, 0.0) if kept is None else (kept[1] * fade, kept[2] * fade)
            means.append((total + record.weight * wider) / (count + record.weight))
            counts.append(count)
        found = means + [log1p(counts[INDEX[name]]) for name in COUNTED]
        for index, group in enumerate(BUSIER):
            quick, slow = self._load(index, names[group], at)
            found += [log((quick + 0.5) / (slow * QUICK / SLOW + 0.5)), log1p(slow)]
        waiting, age = self._waits(names["seller"], at, {} if waits is None else waits)
        # a difference, because the level of the network itself would be taken for a date (see features.py)
        lag = means[INDEX["handling_payment"]] - means[INDEX["handling_all_long"]]
        payment_lag = lag if names["payment"] else 0.0
        return [*found, log1p(waiting), age, payment_lag, self._surge(at)]

    def _waits(self, seller: str, at: float, waits: Waits) -> tuple[int, float]:
        """How many orders the seller works on, and their mean age in days."""
        if (seller, at) not in waits:
            open_since = [since for since in self.waiting.get(seller, {}).values() if at - since < FORGOTTEN]
            age = sum(at - since for since in open_since) / len(open_since) / DAY if open_since else 0.0
            waits[seller, at] = len(open_since), age
        return waits[seller, at]

    def read_all(self, facts: Facts) -> FloatArray:
        """The features of many parcels, each as of its own moment; shape (n, len(COLUMNS)).

        Parcels that are alike in all groups and asked about at one moment are read once.
        """
        groups = groups_of(facts)
        alike = list(zip(*groups.values(), facts.asked.tolist(), strict=True))
        waits: Waits = {}
        read = {each: self.read(dict(zip(groups, each, strict=False)), each[-1], waits) for each in set(alike)}
        return np.array([read[each] for each in alike]).reshape(len(facts), len(COLUMNS))

    def as_plain(self) -> dict[str, Any]:
        """The records as lists and dictionaries, for storing."""
        sums = {record.name: own for record, own in zip(RECORDS, self.sums, strict=True)}
        return {"sums": sums, "load": self.load, "waiting": self.waiting}

    @classmethod
    def from_plain(cls, plain: dict[str, Any]) -> Records:
        """The records back from `as_plain`; kinds that the model was stored without are empty."""
        found = cls()
        stored = plain["sums"]
        if isinstance(stored, list):
            raise ValueError("the model was stored by an older version; fit it again")
        found.sums = [stored.get(record.name, {}) for record in RECORDS]
        found.load = [*plain["load"], *({} for _ in LOADED[len(plain["load"]) :])]
        found.waiting = plain["waiting"]
        return found


def _names(facts: Facts) -> list[dict[str, str]]:
    groups = groups_of(facts)
    return [dict(zip(groups, row, strict=True)) for row in zip(*groups.values(), strict=True)]


class Working:
    """The orders each seller works on, told and asked in the order of time, without counting all of them anew for every
    question: a large seller has ten thousands open.
    """

    def __init__(self) -> None:
        self.open: dict[str, OrderedDict[str, float]] = {}
        self.total: dict[str, float] = {}  # of the moments they were placed at; whole seconds add up exactly

    def begin(self, seller: str, order: str, at: float) -> None:
        """The order was placed."""
        self.open.setdefault(seller, OrderedDict())[order] = at
        self.total[seller] = self.total.get(seller, 0.0) + at

    def end(self, seller: str, order: str) -> None:
        """It was handed over or has arrived; a second time changes nothing."""
        since = self.open.get(seller, OrderedDict()).pop(order, None)
        if since is not None:
            self.total[seller] -= since

    def seen(self, seller: str, at: float) -> tuple[int, float]:
        """How many there are, and their mean age in days; those FORGOTTEN by now do not come back."""
        placed = self.open.get(seller)
        while placed and at - placed[first := next(iter(placed))] >= FORGOTTEN:
            self.end(seller, first)
        if not placed:
            return 0, 0.0
        return len(placed), (len(placed) * at - self.total[seller]) / len(placed) / DAY


def events_of(history: History) -> tuple[FloatArray, IntArray, IntArray]:
    """All facts in the order of time: when, which order, and what (0 asked, 1 handed, 2 delivered).

    Ties are told after the question, because only earlier facts may be used.
    """
    times = np.concatenate([history.placed, history.handed, history.delivered])
    rows = np.tile(np.arange(len(history)), 3)
    kinds = np.repeat(np.arange(3), len(history))
    known = np.isfinite(times)
    times, rows, kinds = times[known], rows[known], kinds[known]
    order = np.lexsort((rows, kinds, times))
    return times[order], rows[order], kinds[order]


def replay(history: History) -> tuple[Records, FloatArray]:
    """The records at the end of the history, and what they said when each order was placed (n, columns)."""
    records, names, working = Records(), _names(history.facts), Working()
    found = np.empty((len(history), len(COLUMNS)))
    began = np.stack([history.placed, history.handed]).tolist()
    for at, row, kind in zip(*(each.tolist() for each in events_of(history)), strict=True):
        order, seller = str(row), names[row]["seller"]
        if kind == 0:
            found[row] = records.read(names[row], at, {(seller, at): working.seen(seller, at)})
            records.tell_order(names[row], order, at)
            working.begin(seller, order, at)
            continue
        records.tell_handed(seller, order)
        working.end(seller, order)
        start = began[kind - 1][row]
        if start < at:
            for index in BY_STRETCH[kind - 1]:
                records.tell_duration(index, names[row][RECORDS[index].group], at, at - start)
    return records, found
