from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import numpy as np
import pytest
from sklearn.metrics import average_precision_score

from vafa.engine import Backtest, BacktestOptions, History, Shipment, backtest
from vafa.engine.lateness import Correction, OpenPromises, corrected_in_order
from vafa.engine.tests.orders import NOON, rewritten_after, shipments
from vafa.engine.watching import Looks, Watch, average_precision

OPTIONS = BacktestOptions(every=40, first_after=80, settle=30, watch=True)


def promised(orders: list[Shipment]) -> list[Shipment]:
    """The same orders with a narrower promise, so that many are late."""
    return [replace(each, promised_on=(each.placed_at + timedelta(days=11)).date()) for each in orders]


@pytest.fixture(scope="module")
def done() -> Backtest:
    return backtest(History.of(promised(shipments()), "UTC"), options=OPTIONS)


def watch_of(done: Backtest) -> Watch:
    assert done.watch is not None
    return done.watch


@pytest.mark.parametrize("days", [121, 128, 140, 158])
def test_no_look_is_touched_by_whatever_happens_later(done: Backtest, days: int) -> None:
    moment = NOON + timedelta(days=days)
    orders = promised(shipments())
    again = backtest(History.of(rewritten_after(orders, moment), "UTC"), options=OPTIONS)
    before, after = (
        {
            (row["order"], row["days_before"]): row["probability_late"]
            for row in watch_of(each).quotes()
            if datetime.fromisoformat(row["asked_at"]) <= moment
        }
        for each in (done, again)
    )
    assert 20 < len(after) < len(before)  # who was cancelled later is looked at all the same, but not scored
    assert after == {look: before[look] for look in after}


def test_open_is_who_had_not_arrived_when_the_day_began(done: Backtest) -> None:
    orders = {each.number: each for each in promised(shipments())}
    rows = watch_of(done).quotes()
    scored = {row["order"] for row in done.quotes()}
    assert {row["order"] for row in rows} <= scored
    for before in (10, 5, 2):
        found = {row["order"]: row["asked_at"] for row in rows if row["days_before"] == str(before)}
        expected = {}
        for number in scored:
            order = orders[number]
            assert order.promised_on
            assert order.delivered_at
            asked = datetime.combine(order.promised_on - timedelta(days=before), datetime.min.time(), NOON.tzinfo)
            if order.placed_at < asked <= order.delivered_at:
                expected[number] = asked.isoformat()
        assert found == expected


def test_the_figures_of_the_watch_can_be_computed_again_from_its_rows(done: Backtest) -> None:
    orders = {each.number: each for each in promised(shipments())}
    figures = done.as_json()["watch"]
    assert list(figures) == ["10", "5", "2"]
    for before, figure in figures.items():
        rows = [row for row in watch_of(done).quotes() if row["days_before"] == before]
        late = [late_on(orders[row["order"]]) for row in rows]
        assert list(figure) == ["open", "late_share", "average_precision", "deciles"]
        assert figure["open"] == len(rows)
        assert figure["late_share"] == pytest.approx(np.mean(late))
        said = [float(row["probability_late"]) for row in rows]
        assert np.mean([tenth["probability"] for tenth in figure["deciles"]]) == pytest.approx(np.mean(said), abs=0.03)


def late_on(order: Shipment) -> bool:
    assert order.promised_on is not None
    return order.delivered_at is None or order.delivered_at.date() > order.promised_on


def test_who_never_arrived_is_late_and_an_undecided_promise_is_not_looked_at() -> None:
    first = shipments()[0]
    lost = replace(first, number="lost", delivered_at=None, promised_on=(first.placed_at + timedelta(days=20)).date())
    last = first.placed_at + timedelta(days=90)
    open_ = replace(lost, number="open", promised_on=last.date())  # its day is that of the last fact: not over yet
    end = replace(first, number="end", delivered_at=last, promised_on=None)
    history = History.of([lost, open_, end], "UTC")
    looks = Looks.of(history, np.arange(3))
    assert {str(history.numbers[row]) for row in looks.row} == {"lost"}
    assert sorted(looks.days_before.tolist()) == [2, 5, 10]
    assert looks.late(history).all()


def test_a_hand_over_counts_from_the_moment_it_was_known(done: Backtest) -> None:
    """An order in the seller's hands two days before its day is nearly sure to be late; one on its way is not."""
    orders = {each.number: each for each in promised(shipments())}
    waiting, moving = [], []
    for row in watch_of(done).quotes():
        handed = orders[row["order"]].handed_over_at
        assert handed is not None
        if row["days_before"] == "2":
            known = handed < datetime.fromisoformat(row["asked_at"])
            (moving if known else waiting).append(float(row["probability_late"]))
    assert np.mean(waiting) > np.mean(moving) + 0.1


def test_a_shop_without_promises_has_nothing_to_watch() -> None:
    silent = [replace(each, promised_on=None) for each in shipments()]
    figures = backtest(History.of(silent, "UTC"), options=OPTIONS).as_json()["watch"]
    assert figures["5"] == {"open": 0, "late_share": None, "average_precision": None, "deciles": []}


def test_average_precision_agrees_with_the_learners_library() -> None:
    chance = np.random.default_rng(5)
    probability = np.round(chance.random(500), 2)  # with ties
    late = chance.random(500) < probability
    assert average_precision(late, probability) == pytest.approx(average_precision_score(late, probability))
    assert average_precision(np.zeros(3, dtype=bool), np.ones(3)) is None


def looked_at(chance: np.ndarray) -> OpenPromises:
    return OpenPromises(chance, np.full(len(chance), 5.0), np.full(len(chance), 3.0))


def test_without_outcomes_the_models_own_chance_stands() -> None:
    said = np.array([0.05, 0.5, 0.9])
    assert Correction().chances(looked_at(said)) == pytest.approx(said)


def test_chances_that_prove_too_sure_are_drawn_in() -> None:
    chance = np.random.default_rng(1)
    said = chance.uniform(0.02, 0.98, 4000)
    truth = 1 / (1 + np.exp(-0.4 * np.log(said / (1 - said))))
    late = chance.random(4000) < truth
    learned = Correction.learned(looked_at(said), late, np.zeros(4000))
    assert np.abs(learned.chances(looked_at(said)) - truth).mean() < 0.02
    assert np.abs(said - truth).mean() > 0.1


def test_a_week_in_which_everything_slips_raises_all_chances_and_no_further_than_the_limit() -> None:
    said = np.full(5000, 0.5)
    slipped = Correction().shifted(said, np.ones(5000, dtype=bool), np.zeros(5000))
    assert slipped.shift == 1.0
    assert slipped.chances(looked_at(said[:1]))[0] == pytest.approx(1 / (1 + np.exp(-1.0)))


def test_an_outcome_changes_no_look_before_the_day_after_it_was_due() -> None:
    chance = np.random.default_rng(2)
    asked = np.sort(chance.integers(0, 100, 800))
    due, late = asked + 5, chance.random(800) < 0.5
    told = np.ones(800, dtype=bool)
    promises = looked_at(chance.uniform(0.1, 0.9, 800))
    other = np.where(due >= 60, ~late, late)
    before, after = (corrected_in_order(promises, asked, due, ended, told) for ended in (late, other))
    assert np.array_equal(before[asked <= 60], after[asked <= 60])
    assert not np.array_equal(before[asked > 60], after[asked > 60])


def test_the_watch_of_a_day_begins_at_midnight_of_the_shop() -> None:
    zone = "America/Sao_Paulo"
    orders = [replace(each, promised_on=date(2025, 5, 20)) for each in shipments()[:1]]
    history = History.of([replace(orders[0], placed_at=NOON, handed_over_at=None, delivered_at=None)], zone)
    history = replace(history, delivered=np.array([(NOON + timedelta(days=180)).timestamp()]))
    looks = Looks.of(history, np.array([0]))
    watch = Watch(history, looks, np.full(3, 0.25), looks.late(history))
    assert watch.quotes()[0] == {
        "order": orders[0].number,
        "days_before": "10",
        "asked_at": "2025-05-10T00:00:00-03:00",
        "probability_late": "0.250000",
    }
