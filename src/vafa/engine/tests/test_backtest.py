from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from vafa.engine import Backtest, BacktestOptions, History, backtest
from vafa.engine.backtest_report import cost_days, equal_kept_cost, target_days
from vafa.engine.tests.orders import NOON, shipments

OPTIONS = BacktestOptions(every=40, first_after=80, settle=30)
MIDDLE = NOON + timedelta(days=140)


@pytest.fixture(scope="module")
def done() -> Backtest:
    return backtest(History.of(shipments(), "UTC"), options=OPTIONS)


def test_every_quote_is_untouched_by_whatever_happens_later(done: Backtest) -> None:
    changed = [
        replace(
            each,
            handed_over_at=each.handed_over_at if each.handed_over_at < MIDDLE else MIDDLE + timedelta(days=30),
            delivered_at=each.delivered_at if each.delivered_at < MIDDLE else MIDDLE + timedelta(days=31),
            cancelled=each.delivered_at >= MIDDLE,
        )
        for each in shipments()
    ]
    again = backtest(History.of(changed, "UTC"), options=OPTIONS)
    before = {row["order"]: row for row in done.quotes() if row["quoted_at"] < MIDDLE.isoformat()}
    after = {row["order"]: row for row in again.quotes() if row["quoted_at"] < MIDDLE.isoformat()}
    assert len(before) > 50
    assert 50 < len(after.keys()) < len(before.keys())
    for order, row in before.items():
        if order not in after:
            continue  # cancelled later: quoted all the same, but not scored
        for column in ("quoted_at", "day_080", "day_090", "day_095"):
            assert after[order][column] == row[column]


def test_the_report_has_exactly_the_agreed_keys(done: Backtest) -> None:
    report = done.as_json()
    assert list(report) == [
        *("orders", "incumbent", "targets", "equal_kept", "baseline_equal_kept", "mae_days", "months", "places")
    ]
    assert list(report["targets"]) == ["0.80", "0.90", "0.95"]
    assert set(report["equal_kept"]) == {"kept", "mean_days", "shorter_by"}
    assert set(report["months"][0]) == {"month", "orders", "incumbent_late", "late", "mean_days"}
    assert set(report["places"][0]) == {"place", "orders", "target", "kept"}


def test_the_figures_can_be_computed_again_from_the_quotes(done: Backtest) -> None:
    delivered = {each.number: each.delivered_at.date() for each in shipments()}
    quotes, report = done.quotes(), done.as_json()
    kept = [delivered[row["order"]] <= date.fromisoformat(row["day_090"]) for row in quotes]
    assert len(quotes) == report["orders"]
    assert np.mean(kept) == pytest.approx(report["targets"]["0.90"]["kept"])
    taken = [
        (date.fromisoformat(row["day_equal_kept"]) - date.fromisoformat(row["quoted_at"][:10])).days for row in quotes
    ]
    assert np.mean(taken) == pytest.approx(report["equal_kept"]["mean_days"])


def test_equal_kept_keeps_at_least_what_the_shop_kept(done: Backtest) -> None:
    report = done.as_json()
    assert report["equal_kept"]["kept"] >= report["incumbent"]["kept"]


def test_scoring_can_begin_on_a_day(done: Backtest) -> None:
    first = (NOON + timedelta(days=130)).date()
    later = backtest(History.of(shipments(), "UTC"), options=replace(OPTIONS, score_from=first))
    assert {row["quoted_at"][:10] >= first.isoformat() for row in later.quotes()} == {True}
    assert len(later.quotes()) == sum(row["quoted_at"][:10] >= first.isoformat() for row in done.quotes())


def test_a_shop_without_promises_of_its_own_gets_a_report(done: Backtest) -> None:
    silent = [replace(each, promised_on=None) for each in shipments()]
    report = backtest(History.of(silent, "UTC"), options=OPTIONS).as_json()
    assert report["incumbent"] is None
    assert report["equal_kept"] is None
    assert report["targets"]["0.90"]["mean_days"] > 0


def test_too_short_a_history_is_said_in_a_sentence() -> None:
    with pytest.raises(ValueError, match="no order to score"):
        backtest(History.of(shipments(20), "UTC"), options=replace(OPTIONS, first_after=400))


def test_the_cost_rule_picks_the_cheapest_day_and_honours_the_floor() -> None:
    curve = np.array([[0.0, 0.5, 0.6, 0.9, 0.95]])
    assert cost_days(curve, 3.0).tolist() == [1]
    assert cost_days(curve, 3.0, floor=0.9).tolist() == [3]
    assert cost_days(curve, 1000.0).tolist() == [4]
    assert target_days(curve, 0.9).tolist() == [3]
    assert target_days(curve, 0.99).tolist() == [4]


def test_the_constant_is_the_smallest_that_keeps_enough() -> None:
    curves = np.tile(np.linspace(0.1, 1.0, 10), (100, 1))
    took = np.arange(100) % 10.0
    cost = equal_kept_cost(curves, took, 0.9)
    assert np.mean(took <= cost_days(curves, cost)) >= 0.9
