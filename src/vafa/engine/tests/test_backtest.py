from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from vafa.engine import Backtest, BacktestOptions, History, backtest
from vafa.engine.backtest_report import cost_days, equal_kept_cost, target_days
from vafa.engine.local_days import DAY, day_of
from vafa.engine.outcomes import NEVER, Outcomes
from vafa.engine.tests.orders import NOON, curves_before, rewritten_after, shipments

by_number = {each.number: each.delivered_at.date().isoformat() for each in shipments()}
OPTIONS = BacktestOptions(every=40, first_after=80, settle=30)


@pytest.fixture(scope="module")
def done() -> Backtest:
    return backtest(History.of(shipments(), "UTC"), options=OPTIONS)


@pytest.mark.parametrize("days", [121, 128, 140, 158])  # after a fit (on day 120) and before the next
def test_every_quote_is_untouched_by_whatever_happens_later(done: Backtest, days: int) -> None:
    moment = NOON + timedelta(days=days)
    again = backtest(History.of(rewritten_after(shipments(), moment), "UTC"), options=OPTIONS)
    before, after = curves_before(done, moment), curves_before(again, moment)
    assert 50 < len(after) < len(before)  # who was cancelled later is quoted all the same, but not scored
    assert after == {order: before[order] for order in after}


def test_the_report_has_exactly_the_agreed_keys(done: Backtest) -> None:
    report = done.as_json()
    assert list(report) == [
        *("orders", "incumbent", "targets", "equal_kept", "baseline_equal_kept", "mae_days", "months", "places"),
        "undecided",
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


def test_scoring_begins_at_the_first_midnight_of_that_day_whatever_the_clocks_did_since() -> None:
    zone = "Europe/Berlin"  # orders begin in winter, the day lies in summer time
    first = date(2025, 5, 10)
    midnight = datetime(2025, 5, 10, tzinfo=ZoneInfo(zone))
    early = replace(shipments()[0], number="before", placed_at=midnight - timedelta(minutes=1))
    late = replace(early, number="after", placed_at=midnight)
    orders = [replace(each, handed_over_at=None) for each in (*shipments(), early, late)]
    orders = [replace(each, delivered_at=max(each.delivered_at, each.placed_at + timedelta(days=2))) for each in orders]
    done = backtest(History.of(orders, zone), options=replace(OPTIONS, score_from=first))
    quoted = {row["order"]: row["quoted_at"] for row in done.quotes()}
    assert "before" not in quoted
    assert quoted["after"] == "2025-05-10T00:00:00+02:00"


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
    outcomes = Outcomes(took, np.full(100, 99.0))
    cost = equal_kept_cost(curves, outcomes, 0.9)
    assert outcomes.kept(cost_days(curves, cost)) >= 0.9
    assert outcomes.kept(cost_days(curves, cost * 0.99)) < 0.9


def test_a_promise_whose_day_has_not_passed_is_neither_kept_nor_late() -> None:
    outcomes = Outcomes(took=np.array([3.0, NEVER, NEVER, NEVER]), watched=np.array([9.0, 9.0, 9.0, 9.0]))
    promised = np.array([20.0, 8.0, 9.0, 10.0])  # the last two fall on the day of the last fact, and after it
    assert outcomes.decided(promised).tolist() == [True, True, False, False]
    assert outcomes.kept(promised) == 0.5
    assert np.isnan(outcomes.kept(np.full(4, np.nan)))


def test_the_report_counts_undecided_promises_apart() -> None:
    lost = [replace(each, delivered_at=None) if int(each.number) % 2 else each for each in shipments()]
    history = History.of(lost, "UTC")
    done = backtest(history, options=replace(OPTIONS, settle=5))
    report, last = done.as_json(), day_of(int(history.last_fact // DAY)).isoformat()
    odd = [row for row in done.quotes() if int(row["order"]) % 2]
    for target, column in (("0.80", "day_080"), ("0.95", "day_095"), ("equal_kept", "day_equal_kept")):
        open_ = [row for row in odd if row[column] >= last]
        assert report["undecided"][target] == len(open_)
    kept = sum(int(row["order"]) % 2 == 0 and by_number[row["order"]] <= row["day_095"] for row in done.quotes())
    assert report["undecided"]["0.95"] > 0
    assert report["targets"]["0.95"]["kept"] == pytest.approx(kept / (report["orders"] - report["undecided"]["0.95"]))
