from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vafa.engine.calibration import LIMIT, OVERALL_PRIOR, STRENGTH, Calibration, calibrated_in_order, shifted


def outcomes(count: int, said: float, kept: float) -> tuple[list[str], np.ndarray, np.ndarray]:
    happened = np.zeros(count)
    happened[: round(count * kept)] = 1
    return ["here"] * count, np.full(count, said), happened


def test_chances_fall_where_promises_break_and_rise_where_they_are_kept() -> None:
    broken = Calibration(day=5.0).told(5.0, *outcomes(1000, 0.9, 0.8))
    kept = Calibration(day=5.0).told(5.0, *outcomes(1000, 0.9, 0.96))
    assert broken.shift(["here"])[0] < 0 < kept.shift(["here"])[0]


def test_a_few_outcomes_move_hardly_anything() -> None:
    assert abs(Calibration(day=5.0).told(5.0, *outcomes(5, 0.9, 0.0)).shift(["here"])[0]) < 0.12


def test_a_month_of_broken_promises_moves_no_further_than_the_limit() -> None:
    state = Calibration(day=1.0)
    for day in range(1, 300):
        state = state.told(float(day), *outcomes(500, 0.9, 0.0))
    assert state.shift(["here"])[0] == -LIMIT


def test_an_unknown_group_follows_all_others() -> None:
    state = Calibration(day=5.0).told(5.0, *outcomes(1000, 0.9, 0.8))
    overall = STRENGTH * state.overall.surplus / (state.overall.information + OVERALL_PRIOR)
    assert state.shift(["elsewhere"])[0] == pytest.approx(overall)


def test_a_group_that_fares_like_all_others_is_shifted_like_all_others() -> None:
    names, said, kept = outcomes(1000, 0.9, 0.8)
    state = Calibration(day=5.0).told(
        5.0, ["here" if index % 2 else "there" for index in range(1000)], said, kept[::-1]
    )
    both = state.shift(["here", "there"])
    overall = STRENGTH * state.overall.surplus / (state.overall.information + OVERALL_PRIOR)
    assert both == pytest.approx([overall, overall], abs=0.3 * abs(overall))
    assert len(names) == 1000


def test_outcomes_come_in_order() -> None:
    state = Calibration(day=9.0)
    with pytest.raises(ValueError, match="order"):
        state.told(3.0, *outcomes(5, 0.9, 1.0))


def test_a_calibration_comes_back_from_plain_values() -> None:
    state = Calibration(day=5.0).told(5.0, *outcomes(10, 0.9, 0.8))
    assert Calibration.from_plain(state.as_plain()) == state


@given(st.lists(st.floats(0, 1), min_size=1, max_size=20), st.floats(-LIMIT, LIMIT))
def test_shifted_chances_stay_chances_in_order(chances: list[float], shift: float) -> None:
    curve = np.sort(np.array([chances]))
    found = shifted(curve, np.array([shift]))
    assert np.all((found >= 0) & (found <= 1))
    assert np.all(np.diff(found) >= -1e-15)


def simulated(slower: float, count: int = 4000) -> tuple[np.ndarray, np.ndarray, np.ndarray, list[str]]:
    """Curves that believe in exponential times of 5 days, while they take `slower` times that."""
    chance = np.random.default_rng(3)
    curves = np.tile(1 - np.exp(-(np.arange(60) + 1) / 5.0), (count, 1))
    took = np.floor(chance.exponential(5.0 * slower, count))
    return curves, np.sort(np.floor(chance.uniform(0, 200, count))), took, ["here"] * count


def kept_share(curves: np.ndarray, took: np.ndarray, target: float) -> float:
    return float(np.mean(took <= (curves >= target).argmax(axis=1)))


def test_a_model_that_is_too_hopeful_is_corrected_by_its_outcomes() -> None:
    curves, day, took, groups = simulated(1.4)
    corrected, _ = calibrated_in_order(curves, day, took, groups)
    later = day > 100
    assert kept_share(curves[later], took[later], 0.9) < 0.84
    assert kept_share(corrected[later], took[later], 0.9) > kept_share(curves[later], took[later], 0.9) + 0.02


def test_a_right_model_is_left_alone() -> None:
    curves, day, took, groups = simulated(1.0)
    corrected, _ = calibrated_in_order(curves, day, took, groups)
    assert np.abs(corrected - curves).max() < 0.05


def test_an_outcome_changes_no_quote_before_the_day_after_it_was_due() -> None:
    curves, day, took, groups = simulated(1.4, 500)
    changed = np.where(day >= 60, 59.0, took)
    before, _ = calibrated_in_order(curves, day, took, groups)
    after, _ = calibrated_in_order(curves, day, changed, groups)
    assert np.array_equal(before[day <= 60], after[day <= 60])


def test_no_quotes_are_no_problem() -> None:
    found, state = calibrated_in_order(np.empty((0, 5)), np.empty(0), np.empty(0), [])
    assert found.shape == (0, 5)
    assert state == Calibration()


def test_the_corrected_share_agrees_with_mapies_split_conformal_bound() -> None:
    from mapie import conformity_scores as scores
    from mapie import regression
    from sklearn import dummy

    curves, day, took, groups = simulated(1.25)
    past, later = day < 150, day >= 150
    rows = np.zeros((len(took), 1))
    constant = dummy.DummyRegressor(strategy="constant", constant=5.0).fit(rows[past], took[past])
    # the upper end of an asymmetric 80 % interval is a one-sided bound of 90 %
    theirs = regression.SplitConformalRegressor(
        constant, confidence_level=0.8, conformity_score=scores.AbsoluteConformityScore(sym=False), prefit=True
    )
    theirs.conformalize(rows[past], took[past])
    bound = theirs.predict_interval(rows[later])[1][:, 1, 0]
    conformal = float(np.mean(took[later] <= bound))
    corrected, _ = calibrated_in_order(curves, day, took, groups)
    before = kept_share(curves[later], took[later], 0.9)
    after = kept_share(corrected[later], took[later], 0.9)
    assert 0.88 < conformal < 0.94  # whole days round it up
    # damped on purpose: it goes most of the way to the conformal bound, never beyond
    assert before < after <= conformal + 0.01
