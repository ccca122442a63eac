"""The watch: how well late deliveries are seen before their day (Olist), and how fast open promises are judged anew."""

from __future__ import annotations

import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import fields
from datetime import UTC, datetime, timedelta

import numpy as np
from engine_data import BRAZIL, olist_shipments
from table import Row, finish

from vafa.engine import BacktestOptions, DeliveryModel, History, Question, Shipment, backtest, fit, public_holidays
from vafa.engine.lateness import Correction, OpenPromises

OPEN, AT_ONCE = 200_000, 2_000
GOALS = {"10": 0.48, "5": 0.68, "2": 0.83}
NOW = datetime(2018, 4, 15, 3, tzinfo=UTC)
_model: list[DeliveryModel] = []


def main() -> None:
    """Measure and print."""
    orders = olist_shipments()
    history = History.of(orders, BRAZIL)
    holidays = frozenset(public_holidays("BR", range(2016, 2020)))
    done = backtest(history, options=BacktestOptions(calendar=holidays, watch=True))
    rows = [row for days, figures in done.as_json()["watch"].items() for row in quality(days, figures)]
    seconds = looked_at_again(fit(history, as_of=NOW, calendar=holidays), orders)
    finish(
        [
            *rows,
            Row(f"{OPEN:,} open promises looked at again, 2 processes", "≤ 60 s", f"{seconds:.0f} s", seconds <= 60),
        ]
    )


def quality(days: str, figures: dict) -> list[Row]:
    tenths, size = figures["deciles"], figures["open"] / len(figures["deciles"])
    gaps = [100 * (tenth["late"] - tenth["probability"]) for tenth in tenths]
    allowed = [max(5.0, 260 * (t["probability"] * (1 - t["probability"]) / size) ** 0.5) for t in tenths]
    beyond = sum(abs(gap) > most for gap, most in zip(gaps, allowed, strict=True))
    precision, mean = figures["average_precision"], float(np.mean(np.abs(gaps)))
    name = f"{figures['open']:,} orders open {days} days before their date, {figures['late_share']:.1%} late"
    return [
        Row(f"{name}: average precision", f"≥ {GOALS[days]}", f"{precision:.3f}", precision >= GOALS[days]),
        Row("  mean gap over the tenths", "≤ 3 points", f"{mean:.1f}", mean <= 3),
        Row("  tenths beyond max(5 points, 2.6 s.e.)", "none", str(beyond) if beyond else "none", not beyond),
    ]


def looked_at_again(model: DeliveryModel, orders: list[Shipment]) -> float:
    """Seconds for reading the questions and stating all chances, as a worker with two processes would."""
    known = [each for each in orders if each.placed_at < NOW and each.promised_on]
    newest = sorted(known, key=lambda each: each.placed_at)[-4000:]
    questions = [question(newest[number % len(newest)], number) for number in range(OPEN)]
    parts = [questions[first : first + AT_ONCE] for first in range(0, OPEN, AT_ONCE)]
    with ProcessPoolExecutor(2, initializer=_model.append, initargs=(model,)) as pool:
        list(pool.map(len, [[]] * 2))
        started = time.perf_counter()
        found = sum(pool.map(stated, parts))
        assert found == OPEN
        return time.perf_counter() - started


def question(order: Shipment, number: int) -> Question:
    """The order as if it had been placed in the last weeks; half of them are on their way."""
    placed = NOW - timedelta(hours=1 + number % 480)
    names = {each.name for each in fields(Question)} & {each.name for each in fields(Shipment)}
    facts = {name: getattr(order, name) for name in names - {"placed_at", "handed_over_at"}}
    handed = placed + (NOW - placed) / 2 if number % 2 else None
    return Question(asked_at=NOW, placed_at=placed, handed_over_at=handed, **facts)


def stated(questions: list[Question]) -> int:
    """Chances to be late for a date five days ahead, corrected as by known outcomes."""
    late = np.array([1.0 - curve.chance((NOW + timedelta(days=5)).date()) for curve in _model[0].curves(questions)])
    since = [(NOW - q.handed_over_at) / timedelta(days=1) if q.handed_over_at else np.nan for q in questions]
    return len(Correction().chances(OpenPromises(late, np.full(len(late), 5.0), np.array(since))))


if __name__ == "__main__":
    main()
