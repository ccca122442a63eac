from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from vafa.engine.history import History, Place, Shipment
from vafa.engine.track_record import Day, TrackRecord, daily_records, product_limit, track_records

START = datetime(2026, 3, 1, 9, tzinfo=UTC)


def order(
    number: str, took: int | None, promised: int | None, region: str = "Fars", cancelled: bool = False
) -> Shipment:
    return Shipment(
        number=number,
        placed_at=START,
        destination=Place(code=region, region=region),
        delivered_at=None if took is None else START + timedelta(days=took),
        promised_on=None if promised is None else date(2026, 3, 1) + timedelta(days=promised),
        cancelled=cancelled,
    )


def history(*orders: Shipment) -> History:
    return History.of(orders, "UTC")


def test_a_promise_is_kept_on_its_day_and_broken_the_day_after() -> None:
    [record] = track_records(history(order("1", 3, 3), order("2", 4, 3)))
    assert record == TrackRecord("", 2, 2, 2, 1, 3.0, 3, 4)


def test_an_open_order_is_broken_once_its_day_has_passed_and_undecided_before() -> None:
    [record] = track_records(history(order("1", None, 3), order("2", None, 9), order("3", 6, 8)))
    assert (record.settled, record.broken) == (2, 1)


def test_a_cancelled_order_counts_nowhere() -> None:
    [record] = track_records(history(order("1", 2, 3), order("2", None, 1, cancelled=True)))
    assert (record.orders, record.settled, record.broken) == (1, 1, 0)


def test_without_promised_dates_only_the_durations_are_told() -> None:
    [record] = track_records(history(order("1", 2, None), order("2", 5, None)))
    assert (record.settled, record.promised_days, record.kept_rate) == (0, None, None)
    assert (record.half_within, record.nine_of_ten_within) == (2, 5)


def test_groups_come_largest_first() -> None:
    past = history(order("1", 2, 3, "Fars"), order("2", 2, 3, "Gilan"), order("3", 9, 3, "Gilan"))
    assert [(r.group, r.orders, r.broken) for r in track_records(past, past.facts.destination_region)] == [
        ("Gilan", 2, 1),
        ("Fars", 1, 0),
    ]


def test_days_are_those_of_the_order() -> None:
    assert daily_records(history(order("1", 40, 3), order("2", 2, 3))) == [Day(START.date(), 2, 1)]


def test_an_empty_history_has_no_records() -> None:
    assert track_records(history()) == []
    assert daily_records(history()) == []


@given(st.lists(st.tuples(st.integers(0, 40), st.booleans()), min_size=1, max_size=60))
def test_product_limit_agrees_with_the_textbook_product(cases: list[tuple[int, bool]]) -> None:
    ages = np.array([age for age, _ in cases], dtype=float)
    happened = np.array([seen for _, seen in cases])
    survival = 1.0
    for day, chance in enumerate(product_limit(ages, happened)):
        at_risk = sum(age >= day for age, _ in cases)
        survival *= 1 - sum(age == day and seen for age, seen in cases) / at_risk
        assert abs(chance - (1 - survival)) < 1e-12
