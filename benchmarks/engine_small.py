"""Short histories: shops with 50, 300 and 1,000 orders, drawn many times from the Olist development part.

A draw takes a random day, that many orders of the 180 days before it, and quotes 150 orders of the four
weeks after it. Prints for each length the mean over draws of the share kept at 0.90.
"""

from __future__ import annotations

import sys

import numpy as np
from engine_data import BRAZIL, olist_shipments
from table import Row, finish

from vafa.engine import BacktestOptions, History, fit, public_holidays
from vafa.engine.backtest import askable_orders, quote
from vafa.engine.backtest_report import target_days
from vafa.engine.local_days import DAY, local_time, moment_of
from vafa.engine.records import replay

TARGET = 0.90


def draw(history: History, count: int, chance: np.random.Generator, holidays: frozenset) -> tuple[float, float]:
    """Share kept and mean days of one draw."""
    first, last = history.placed[0] + 240 * DAY, history.last_fact - (45 + 28) * DAY
    origin = chance.uniform(first, last)
    past = np.flatnonzero((history.placed >= origin - 180 * DAY) & (history.placed < origin - 1 * DAY))
    scored = askable_orders(history, BacktestOptions()) & ~history.cancelled
    coming = np.flatnonzero((history.placed >= origin) & (history.placed < origin + 28 * DAY) & scored)
    own = np.sort(np.concatenate([chance.choice(past, count, False), chance.choice(coming, 150, False)]))
    shop = history.take(own)
    model = fit(shop, as_of=moment_of(origin), calendar=holidays)
    rows = np.flatnonzero(shop.placed >= origin)
    _, said = replay(shop)
    curves = quote(model, shop, said, origin, rows, 28)
    day = np.floor(local_time(shop.placed[rows], shop.zone))
    took = np.floor(local_time(shop.delivered[rows], shop.zone)) - day
    days = target_days(curves, TARGET)
    return float(np.mean(took <= days)), float(days.mean())


def main(draws: int) -> None:
    """Measure and print."""
    history = History.of(olist_shipments(), BRAZIL)
    holidays = frozenset(public_holidays("BR", range(2016, 2020)))
    report = {}
    for count in (50, 300, 1000):
        chance = np.random.default_rng(count)
        found = np.array([draw(history, count, chance, holidays) for _ in range(draws)])
        report[str(count)] = {
            "draws": draws,
            "kept_minus_target": round(float(found[:, 0].mean() - TARGET), 4),
            "spread_of_draws": round(float(found[:, 0].std()), 4),
            "mean_days": round(float(found[:, 1].mean()), 2),
        }
    finish([row_of(count, one) for count, one in report.items()])


GOALS = {"50": 0.08, "300": 0.05, "1000": 0.04}


def row_of(count: str, found: dict[str, float]) -> Row:
    gap, goal = found["kept_minus_target"], GOALS[count]
    spread, days = 100 * found["spread_of_draws"], found["mean_days"]
    figure = f"{100 * gap:+.1f} points over {found['draws']} draws (spread {spread:.0f}), {days:.1f} days"
    return Row(
        f"fitted on {count} orders: kept minus 0.90", f"within {100 * goal:.0f} points", figure, abs(gap) <= goal
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 40)
