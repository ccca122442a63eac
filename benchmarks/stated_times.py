"""What stated times are worth: owners who state a time for each state of Olist, with 0 to 50 orders behind them.

An owner knows how long seven of ten parcels to a state take, up to an error of 20 %; or believes a third too little.
"""

from __future__ import annotations

import numpy as np
from engine_data import olist_shipments
from small_history import TARGET, Shops, settled_promises, uniform
from table import Row, finish

from vafa.engine.decision import Target
from vafa.engine.local_days import moment_of
from vafa.engine.stated import PooledModel, StatedTime

OWNERS = {"right within 20 %": 0.0, "a third too short": -0.4}
ORDERS, DRAWS, ERROR, MOST_DAYS = (0, 5, 15, 50), 60, 0.2, 200.0


def stated_by(shops: Shops, bias: float, chance: np.random.Generator) -> list[StatedTime]:
    """One statement for each state, by the owner's bias (log) and error."""
    states = shops.history.facts.destination_region.astype(str)
    took = shops.took(np.arange(len(states)))
    found = []
    for state in sorted(set(states)):
        usual = np.quantile(took[(states == state) & np.isfinite(took)], 0.7)
        found.append(StatedTime(state, "", "", float(min(MOST_DAYS, usual * np.exp(chance.normal(bias, ERROR))))))
    return found


def kept_and_days(shops: Shops, orders: int, bias: float) -> tuple[float, float]:
    """Mean kept rate and promised days over the draws."""
    chance, kept, days = np.random.default_rng(7), [], []
    for past, ahead, at in shops.cases(uniform, max(orders, 5), DRAWS, 11):
        known = shops.history.take(past[len(past) - orders :])
        model = PooledModel.of(known, moment_of(at), stated_by(shops, bias, chance))
        curves = model.curves([shops.questions[row] for row in ahead])
        found = [(row, curve) for row, curve in zip(ahead, curves, strict=True) if curve]
        promised, good = settled_promises(shops, found, Target(TARGET))
        kept.append(float(np.mean(good)))
        days.append(float(np.mean(promised)))
    return float(np.mean(kept)), float(np.mean(days))


def main() -> None:
    shops = Shops.of(olist_shipments(), "America/Sao_Paulo", settled=45)
    rows = []
    for owner, bias in OWNERS.items():
        for orders in ORDERS:
            kept, days = kept_and_days(shops, orders, bias)
            rows.append(Row(f"stated times {owner}, {orders} orders: kept at 0.90", "", f"{kept:.1%}, {days:.1f} days"))
    finish(rows)


if __name__ == "__main__":
    main()
