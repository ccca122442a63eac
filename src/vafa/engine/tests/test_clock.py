from __future__ import annotations

from datetime import date

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from vafa.engine.clock import WorkClock, weekday
from vafa.engine.local_days import day_number

MONDAY = day_number(date(2025, 1, 6))
CLOCK = WorkClock(
    np.array([1.0, 1.0, 1.0, 1.0, 1.0, 0.3, 0.1]), 0.05, frozenset({MONDAY + 2}), MONDAY - 30, MONDAY + 60
)


def test_weekdays_begin_on_monday() -> None:
    assert weekday(np.array([float(MONDAY), MONDAY + 6.0])).tolist() == [0, 6]


def test_a_week_with_a_holiday_brings_less() -> None:
    start = CLOCK.at_start(np.array([MONDAY, MONDAY + 7.0, MONDAY + 14.0]))
    assert np.allclose(np.diff(start), [4.45, 5.4])


def test_half_a_day_brings_half_of_it() -> None:
    assert CLOCK.at(np.array([MONDAY + 0.5]))[0] - CLOCK.at_start(np.array([float(MONDAY)]))[0] == 0.5


@given(st.floats(-30, 59), st.floats(0, 20))
def test_the_clock_never_runs_backwards(begin: float, passed: float) -> None:
    moments = MONDAY + np.array([begin, min(begin + passed, 59.9)])
    at = CLOCK.at(np.sort(moments))
    assert at[1] >= at[0]


def test_the_clock_learns_the_week_and_the_holidays_from_events() -> None:
    days = np.repeat(np.arange(MONDAY, MONDAY + 364.0), 20)
    days = days[(weekday(days) < 5) & (days != MONDAY + 2)]
    learned = WorkClock.learned(days, {date(2025, 1, 8)}, (MONDAY - 10, MONDAY + 400))
    assert np.allclose(learned.weights[:5], 1.0, atol=0.05)
    assert (learned.weights[5:] < 0.02).all()
    assert learned.holiday < 0.15
