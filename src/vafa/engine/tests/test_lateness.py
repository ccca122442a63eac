"""What holds of the learner of the watch whatever it is told."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vafa.engine.lateness import (
    AS_SAID,
    MEMORY,
    MOST,
    PRIOR,
    Correction,
    OpenPromises,
    Outcomes,
    is_time_to_fit,
    moved,
)

looks = st.lists(
    st.tuples(
        st.floats(0, 1),  # chance to be late
        st.sampled_from([2.0, 5.0, 10.0]),
        st.one_of(st.just(np.nan), st.floats(0, 40)),  # days since the hand-over
        st.integers(0, 99),  # due
        st.booleans(),  # late
    ),
    min_size=1,
    max_size=60,
)
Row = tuple[float, float, float, int, bool]


def outcomes_of(rows: list[Row]) -> Outcomes:
    chance, days_left, since, due, late = (np.array(column) for column in zip(*rows, strict=True))
    return Outcomes(OpenPromises(chance, days_left, since), np.clip(chance, 0.01, 0.99), due, late)


@given(looks)
def test_no_other_coefficients_explain_the_outcomes_better(rows: list[Row]) -> None:
    """The penalised likelihood is concave, so a slope of nothing is its top."""
    told = outcomes_of(rows)
    found, terms = told.shape(100).coefficients, told.looked_at.terms
    said = 1 / (1 + np.exp(-terms @ found))
    slope = terms.T @ (np.exp(-(100 - told.due) / MEMORY) * (told.late - said)) - PRIOR * (found - AS_SAID)
    assert np.abs(slope).max() < 1e-6


def test_outcomes_far_from_what_the_model_says_are_learned_all_the_same() -> None:
    """Hundreds of promises said to be safe, of which every second broke: whole steps of Newton's never arrive."""
    chance = np.random.default_rng(4)
    said = OpenPromises(chance.choice([1e-4, 0.3, 0.6], 400), chance.choice([2.0, 5.0], 400), np.full(400, 9.0))
    late = chance.random(400) < 0.5
    learned = Correction.learned(said, late, np.zeros(400))
    assert learned.chances(said).mean() == pytest.approx(0.5, abs=0.05)
    assert learned.chances(said).min() > 0.3


@given(looks, st.randoms(use_true_random=False))
def test_the_order_in_which_outcomes_are_told_changes_nothing(rows: list[Row], chance: object) -> None:
    other = list(rows)
    chance.shuffle(other)  # type: ignore[attr-defined]
    one, two = (told.shift(100, told.shape(100)) for told in (outcomes_of(rows), outcomes_of(other)))
    assert one.coefficients == pytest.approx(two.coefficients, abs=1e-6)
    assert one.shift == pytest.approx(two.shift, abs=1e-9)


@given(looks)
def test_every_corrected_chance_is_a_chance(rows: list[Row]) -> None:
    told = outcomes_of(rows)
    learned = told.shift(100, told.shape(100))
    for chances in (learned.chances(told.looked_at), learned.steady(told.looked_at)):
        assert ((chances > 0) & (chances < 1)).all()
    assert abs(learned.shift) <= MOST


@given(looks, st.integers(0, 59))
def test_one_more_promise_that_broke_never_lowers_the_common_shift(rows: list[Row], which: int) -> None:
    which %= len(rows)
    shifts = []
    for late in (False, True):
        ended = [*rows[:which], (*rows[which][:4], late), *rows[which + 1 :]]
        shifts.append(outcomes_of(ended).shift(100, Correction()).shift)
    assert shifts[0] <= shifts[1]


@given(st.integers(0, 30), st.integers(1, 40))
def test_a_week_begins_once_however_rarely_somebody_looks(first: int, days: int) -> None:
    daily = [day for day in range(first, first + 100) if is_time_to_fit(day, day - 1, first)]
    assert daily == list(range(first, first + 100, 7))
    assert is_time_to_fit(first + days, first, first) is (days >= 7)


@given(
    st.lists(st.lists(st.floats(0, 1), min_size=12, max_size=12).map(sorted), min_size=1, max_size=5),
    st.integers(0, 11),
    st.floats(0.001, 0.999),
)
def test_a_moved_curve_never_falls_and_meets_the_corrected_chance(
    curves: list[list[float]], due: int, late: float
) -> None:
    by_day, column = np.array(curves), np.full(len(curves), due)
    own = 1 - by_day[:, due]
    promises = OpenPromises(own, np.full(len(curves), 5.0), np.full(len(curves), 3.0))
    after = moved(by_day, column, promises, np.full(len(curves), late))
    assert (np.diff(after, axis=1) >= 0).all()
    unsure = (own > 0.0067) & (own < 0.9933)  # a chance of 0 or 1 moves no further than the surest that is believed
    assert after[unsure, due] == pytest.approx(1 - late, abs=1e-9)
    assert (after[:, :due] <= np.maximum(by_day[:, :due], 1e-6)).all()
