from __future__ import annotations

from datetime import date, time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from vafa.engine.calendars import WorkingCalendar
from vafa.engine.local_days import day_number
from vafa.engine.rhythm import CLOSED, Rhythm

MONDAY = day_number(date(2024, 4, 1))
DAY = [(time(9), time(17))]
paces = arrays(float, 8, elements=st.floats(0.05, 1.4))


def test_without_a_calendar_all_days_are_alike() -> None:
    passed = Rhythm.expected(None).passed(np.array([MONDAY, MONDAY + 3.0]), 5)
    assert passed.tolist() == [[0, 1, 2, 3, 4, 5]] * 2


def test_closed_days_are_expected_to_be_slow() -> None:
    calendar = WorkingCalendar("UTC", dict.fromkeys(range(5), DAY), frozenset([date(2024, 4, 3)]))
    expected = Rhythm.expected(calendar)
    assert expected.kinds(MONDAY + np.arange(4)).tolist() == [0, 1, CLOSED, 3]
    assert expected.pace[:7].mean() == pytest.approx(1)
    assert expected.pace[[5, 6, CLOSED]] == pytest.approx(0.3 * expected.pace[0])


@given(paces, st.lists(st.integers(0, 3000), min_size=1, max_size=5), st.integers(0, 40))
def test_time_passes_by_the_pace_of_every_day(pace: np.ndarray, first: list[int], days: int) -> None:
    closed = np.array([100.0, 101.0, 1500.0])
    passed = Rhythm(pace, closed).passed(np.array(first, dtype=float), days)
    for row, start in enumerate(first):
        steps = [pace[CLOSED if day in closed else (day + 3) % 7] for day in range(start + 1, start + days + 1)]
        assert passed[row] == pytest.approx(np.concatenate([[0], np.cumsum(steps)]))


def test_what_chance_makes_is_not_learned() -> None:
    expected = np.full(8, 50.0)
    arrived = expected + np.array([5, -6, 4, -3, 7, -5, -2, 0.0])
    assert Rhythm.expected(None).learned(arrived, expected).pace.tolist() == [1.0] * 8


def test_a_day_without_arrivals_is_learned_and_the_more_the_more_are_missing() -> None:
    slow = []
    for each in (2.0, 10.0, 100.0):
        arrived, expected = np.full(8, each * 7 / 6), np.full(8, each)
        arrived[6] = 0
        pace = Rhythm.expected(None).learned(arrived, expected).pace
        assert pace[:7].mean() == pytest.approx(1)
        slow.append(pace[6])
    assert slow == sorted(slow, reverse=True)
    assert slow[0] > 0.9
    assert slow[-1] < 0.15


def test_nothing_seen_changes_nothing() -> None:
    assert Rhythm.expected(None).learned(np.zeros(8), np.zeros(8)).pace.tolist() == [1.0] * 8
