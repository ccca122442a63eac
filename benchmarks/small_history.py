"""How honest promises are with 50, 300 and 1,000 orders: many small shops cut out of a large real history.

Three ways of cutting: `uniform` (a random share of all orders of a window of 60 to 400 days), `sellers` (all orders of
random sellers, up to so many), and `rolling` (so many random orders over the whole time, each promised from what was
known when it was placed, from the 6th on; so the history is mostly smaller than its name).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from engine_data import olist_shipments, scms_shipments
from numpy.typing import NDArray
from table import Row, finish

from vafa.engine.curve import Curve
from vafa.engine.decision import Rule, Target, decide_many, stacked
from vafa.engine.history import History, Question, Shipment
from vafa.engine.local_days import DAY, day_number, local_time, moment_of
from vafa.engine.stated import PooledModel

TARGET, AHEAD, MOST = 0.9, 28, 150
GOALS = {50: 0.08, 300: 0.05, 1000: 0.04}
DRAWS = {50: 120, 300: 50, 1000: 12}
Rows = NDArray[np.int64]
Case = tuple[Rows, Rows, float]  # the orders a shop has, those it makes promises for, and when


@dataclass
class Shops:
    """A history to cut shops out of, a question for every order of it, and after how many days all is settled."""

    history: History
    questions: list[Question]
    settled: int

    @classmethod
    def of(cls, shipments: list[Shipment], zone: str, settled: int) -> Shops:
        usable = sorted((s for s in shipments if not s.cancelled), key=lambda s: (s.placed_at.timestamp(), s.number))
        return cls(History.of(usable, zone), [_asked(each) for each in usable], settled)

    def cases(self, kind: Callable[..., Case | None], orders: int, draws: int, seed: int) -> Iterator[Case]:
        chance, placed = np.random.default_rng(seed), self.history.placed
        last = self.history.last_fact - (self.settled + AHEAD) * DAY
        while draws:
            case = kind(self, orders, chance.uniform(placed[0] + 240 * DAY, last), chance)
            if case is not None:
                draws -= 1
                yield case

    def took(self, rows: Rows) -> NDArray[np.float64]:
        """Calendar days to the arrival; infinite where there was none."""
        days = np.floor(local_time(self.history.delivered[rows], self.history.zone)) - self.day(rows)
        return np.where(np.isfinite(days), days, np.inf)

    def day(self, rows: Rows) -> NDArray[np.float64]:
        return np.asarray(np.floor(local_time(self.history.placed[rows], self.history.zone)))


def _asked(order: Shipment) -> Question:
    return Question(
        order.placed_at, order.destination, origin=order.origin, seller=order.seller, option=order.option,
        carrier=order.carrier, price=order.price, freight=order.freight,
    )  # fmt: skip


def uniform(shops: Shops, orders: int, at: float, chance: np.random.Generator) -> Case | None:
    placed = shops.history.placed
    past = np.flatnonzero((placed < at) & (placed >= at - chance.uniform(60, 400) * DAY))
    ahead = np.flatnonzero((placed >= at) & (placed < at + AHEAD * DAY))
    if len(past) < orders or not len(ahead):
        return None
    return np.sort(chance.choice(past, orders, replace=False)), _some(ahead, chance), at


def sellers(shops: Shops, orders: int, at: float, chance: np.random.Generator) -> Case | None:
    placed, names = shops.history.placed, shops.history.facts.seller.astype(str)
    known, counts = np.unique(names[placed < at], return_counts=True)
    mixed = chance.permutation(len(known))
    chosen = known[mixed[: np.searchsorted(np.cumsum(counts[mixed]), orders) + 1]]
    mine = np.isin(names, chosen)
    past = np.flatnonzero(mine & (placed < at))[-orders:]
    ahead = np.flatnonzero(mine & (placed >= at) & (placed < at + AHEAD * DAY))
    return (past, _some(ahead, chance), at) if len(past) == orders and len(ahead) >= 3 else None


def _some(rows: Rows, chance: np.random.Generator) -> Rows:
    return rows if len(rows) <= MOST else np.sort(chance.choice(rows, MOST, replace=False))


def rolling(shops: Shops, orders: int, draws: int, seed: int) -> Iterator[list[Case]]:
    """Cases of one shop after the other; what is known is read again after every tenth of its orders."""
    chance, placed = np.random.default_rng(seed), shops.history.placed
    for _ in range(draws):
        mine = np.sort(chance.choice(len(placed), orders, replace=False))
        mine = mine[placed[mine] <= shops.history.last_fact - shops.settled * DAY]
        parts = np.array_split(mine[5:], 12)
        yield [(mine[mine < part[0]], part, float(placed[part[0]])) for part in parts if len(part)]


def promised(shops: Shops, case: Case, rule: Rule) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Days promised and whether kept, of the orders for which a date was promised."""
    past, ahead, at = case
    model = PooledModel.of(shops.history.take(past), moment_of(at))
    found = [
        (row, curve)
        for row, curve in zip(ahead, model.curves([shops.questions[r] for r in ahead]), strict=True)
        if curve
    ]
    return settled_promises(shops, found, rule)


def settled_promises(
    shops: Shops, found: list[tuple[int, Curve]], rule: Rule
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Days promised and whether kept, of orders (rows of the history) with their curves."""
    if not found:
        return np.zeros(0), np.zeros(0, dtype=np.bool_)
    rows = np.array([row for row, _ in found])
    chosen = decide_many(
        np.array([day_number(curve.start) for _, curve in found]), stacked([curve.by_day for _, curve in found]), rule
    )
    days = np.where(chosen.days < 0, np.nan, chosen.days)
    good = np.isfinite(days)
    return days[good], shops.took(rows)[good] <= days[good]


def measure(shops: Shops, cases: Iterator[Case], rule: Rule) -> tuple[float, float, float]:
    """Mean over the shops of the kept rate, its spread between them, mean promised days."""
    results = [promised(shops, case, rule) for case in cases]
    kept = [float(np.mean(k)) for _, k in results if len(k)]
    return float(np.mean(kept)), float(np.std(kept)), float(np.mean(np.concatenate([d for d, _ in results])))


def measure_rolling(shops: Shops, orders: int, draws: int) -> tuple[float, float, float]:
    kept, days = [], []
    for cases in rolling(shops, orders, draws, seed=3):
        results = [promised(shops, case, Target(TARGET)) for case in cases]
        kept.append(float(np.mean(np.concatenate([k for _, k in results]))))
        days.append(float(np.mean(np.concatenate([d for d, _ in results]))))
    return float(np.mean(kept)), float(np.std(kept)), float(np.mean(days))


def rows_of(name: str, shops: Shops, kinds: list[Callable[..., Case | None]], *, share: float) -> Iterator[Row]:
    """One row per size and way of cutting; the goals are Olist's, so other histories have none (`share` of 1)."""
    for orders, goal in GOALS.items():
        draws = max(4, int(DRAWS[orders] * share))
        found = {
            kind.__name__: measure(shops, shops.cases(kind, orders, draws, number), Target(TARGET))
            for number, kind in enumerate(kinds, start=1)
        }
        found["rolling"] = measure_rolling(shops, orders, max(4, draws // 4))
        for way, (kept, spread, days) in found.items():
            figure = f"{(kept - TARGET) * 100:+.1f} points (between shops ± {spread * 100:.1f}), {days:.1f} days"
            measured = f"{name}, {orders} orders, {way}: kept minus 0.90"
            wanted = f"within {goal * 100:.0f} points" if share == 1 else ""
            yield Row(measured, wanted, figure, abs(kept - TARGET) <= goal if wanted else None)


def main() -> None:
    olist = Shops.of(olist_shipments(), "America/Sao_Paulo", settled=45)
    # that file holds what was delivered by its end: only what was asked a year before is all there
    scms = Shops.of(scms_shipments(), "UTC", settled=400)
    rows = [*rows_of("Olist", olist, [uniform, sellers], share=1), *rows_of("SCMS", scms, [uniform], share=0.4)]
    finish(rows)


if __name__ == "__main__":
    main()
