from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vafa.engine.aim import AS_ASKED, LONGER, LOWEST, SHORTER, WATCHED, Aim, asked_for, least_chances, mean_aim
from vafa.engine.backtest_report import target_days

INFORMATION = np.full(len(WATCHED), 16.0)
surpluses = st.lists(
    st.lists(st.floats(-100, 100), min_size=len(WATCHED), max_size=len(WATCHED)), min_size=1, max_size=20
)


def after(days: int, surplus: float) -> Aim:
    """The aim after so many days on each of which so many promises more were kept than aimed at."""
    aim = AS_ASKED
    for _ in range(days):
        aim = aim.followed(30.0, np.full(len(WATCHED), surplus), INFORMATION)
    return aim


def learned(history: list[list[float]]) -> Aim:
    aim = AS_ASKED
    for surplus in history:
        aim = aim.followed(5.0, np.array(surplus), INFORMATION)
    return aim


@pytest.mark.parametrize("target", [0.01, 0.5, 0.77, 0.8, 0.9, 0.95, 0.999])
def test_without_outcomes_the_target_itself_is_asked_for(target: float) -> None:
    assert AS_ASKED.least(target) == target


def test_where_more_was_kept_than_aimed_at_less_is_asked_for_and_the_other_way_round() -> None:
    assert after(10, 3.0).least(0.8) < 0.8 < after(10, -3.0).least(0.8)


def test_no_promise_is_asked_for_less_than_its_target_minus_a_tenth() -> None:
    assert after(500, 16.0).least(0.65) == 0.65 - LOWEST
    assert after(500, 16.0).least(0.9) == pytest.approx(1 / (1 + np.exp(SHORTER) / 9))


def test_a_year_of_broken_promises_asks_for_little_more_than_the_target() -> None:
    assert after(500, -50.0).least(0.8) == pytest.approx(1 / (1 + np.exp(-LONGER) / 4))
    assert after(500, -50.0).least(0.9) < 0.92


def test_a_day_of_few_outcomes_moves_hardly_anything() -> None:
    few = AS_ASKED.followed(30.0, np.full(len(WATCHED), 0.2), np.full(len(WATCHED), 0.16))
    assert 0.8 - few.least(0.8) < 0.0002


def test_from_ninety_five_on_the_target_is_asked_for_itself() -> None:
    assert after(100, 16.0).least(0.95) == 0.95
    assert after(100, 16.0).least(0.99) == 0.99


def test_what_was_learned_is_forgotten_where_nothing_is_known_any_more() -> None:
    aim = after(50, 3.0)
    learned_once = aim.least(0.8)
    for _ in range(1500):
        aim = aim.followed(30.0, np.zeros(len(WATCHED)), np.zeros(len(WATCHED)))
    assert learned_once < 0.78
    assert aim.least(0.8) == pytest.approx(0.8, abs=0.005)


@given(surpluses, st.floats(0.05, 0.99), st.floats(0.05, 0.99))
def test_a_higher_target_never_asks_for_less(history: list[list[float]], one: float, two: float) -> None:
    aim = learned(history)
    assert aim.least(min(one, two)) <= aim.least(max(one, two)) + 1e-12
    assert aim.least(one) >= one - LOWEST - 1e-12


@given(surpluses, st.floats(0, 1), st.floats(0.5, 0.99))
def test_a_chance_is_below_what_is_asked_exactly_where_its_target_is_below(
    history: list[list[float]], chance: float, target: float
) -> None:
    moved = np.array([learned(history).moved])
    least = least_chances(moved, target)[0]
    if abs(chance - least) > 1e-6:
        assert (asked_for(moved, np.array([chance]))[0] < target) == (chance < least)


def test_one_number_an_order_tells_for_every_target_whether_its_promise_was_kept() -> None:
    random = np.random.default_rng(4)
    curves = np.sort(random.uniform(0, 1, (400, 12)), axis=1)
    curves[:, -1] = 1.0
    took = random.integers(0, 12, 400)
    moved = np.array([after(20, 3.0).moved, after(20, -3.0).moved])[random.integers(0, 2, 400)]
    before = np.where(took > 0, curves[np.arange(400), np.maximum(took - 1, 0)], 0.0)
    for target in (0.5, 0.62, 0.8, 0.93, 0.97):
        kept = took <= target_days(curves, least_chances(moved, target))
        assert np.array_equal(asked_for(moved, before) < target, kept)


def test_an_aim_of_two_lies_between_them() -> None:
    one = after(20, 3.0)
    assert one.blended(AS_ASKED, 1.0) == one
    assert one.blended(AS_ASKED, 0.0) == AS_ASKED
    assert one.least(0.8) < one.blended(AS_ASKED, 0.5).least(0.8) < 0.8
    assert mean_aim([one, AS_ASKED]) == one.blended(AS_ASKED, 0.5)
