from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vafa.engine.aim import AS_ASKED, LOWEST, Aim, least_chances
from vafa.engine.backtest_report import target_days
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
    state = replace(state, aim=Aim((-0.1, -0.2, -0.1, 0.1)))
    assert Calibration.from_plain(state.as_plain()) == state


def test_a_calibration_stored_before_there_were_aims_asks_for_the_targets_themselves() -> None:
    plain = Calibration(day=5.0).told(5.0, *outcomes(10, 0.9, 0.8)).as_plain()
    del plain["aim"]
    assert Calibration.from_plain(plain).aim == AS_ASKED


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
    corrected = calibrated_in_order(curves, day, took, groups).curves
    later = day > 100
    assert kept_share(curves[later], took[later], 0.9) < 0.84
    assert kept_share(corrected[later], took[later], 0.9) > kept_share(curves[later], took[later], 0.9) + 0.02


def test_a_right_model_is_left_alone() -> None:
    curves, day, took, groups = simulated(1.0)
    corrected = calibrated_in_order(curves, day, took, groups).curves
    assert np.abs(corrected - curves).max() < 0.05


def test_an_outcome_changes_no_quote_before_the_day_after_it_was_due() -> None:
    curves, day, took, groups = simulated(1.4, 500)
    changed = np.where(day >= 60, 59.0, took)
    before = calibrated_in_order(curves, day, took, groups).curves
    after = calibrated_in_order(curves, day, changed, groups).curves
    assert np.array_equal(before[day <= 60], after[day <= 60])


def test_what_was_asked_of_a_quote_is_the_same_whatever_becomes_of_it_later() -> None:
    curves, day, took, groups = simulated(0.7)
    changed = np.where(day >= 60, 59.0, took)
    before, after = (calibrated_in_order(curves, day, each, groups).aims for each in (took, changed))
    assert np.array_equal(before[day <= 60], after[day <= 60])
    assert not np.array_equal(before[day > 120], after[day > 120])


def test_no_outcome_of_a_day_that_has_not_passed_is_told() -> None:
    curves, day, took, groups = simulated(0.7)
    early = day < 100
    group, soon = groups[: int(early.sum())], np.where(took == 0, 0.0, 59.0)
    told = [
        calibrated_in_order(curves[early], day[early], each[early], group, until=until).state
        for each, until in ((took, 90.0), (np.where(day + took < 90, took, soon), 90.0), (took, 110.0))
    ]
    assert told[0].day == 90.0
    assert told[2].day == 110.0  # what became of the last quotes teaches though no quote was asked since
    assert told[0].aim != told[2].aim


def coarse(count: int) -> tuple[np.ndarray, np.ndarray, np.ndarray, list[str]]:
    """Right curves of ways of many lengths, each with steep steps: two parcels of three that are left come each day."""
    random = np.random.default_rng(5)
    first = random.uniform(0.2, 0.6, count)
    days = np.arange(40)
    curves = 1 - (1 - first[:, None]) * (1 / 1.6) ** days
    took = (random.uniform(0, 1, count)[:, None] > curves).sum(axis=1).astype(float)
    return curves, np.sort(np.floor(random.uniform(0, 300, count))), took, ["here"] * count


@pytest.mark.parametrize("target", [0.8, 0.85, 0.9])
def test_promises_of_whole_days_are_kept_as_often_as_aimed_at_and_none_is_far_below(target: float) -> None:
    curves, day, took, groups = coarse(30_000)
    found = calibrated_in_order(curves, day, took, groups)
    later = day > 150
    plain = target_days(found.curves, target)
    aimed = target_days(found.curves, least_chances(found.aims, target))
    assert np.mean(took[later] <= plain[later]) > target + 0.02
    assert np.mean(took[later] <= aimed[later]) == pytest.approx(target, abs=0.01)
    assert found.curves[np.arange(len(curves)), aimed.astype(int)].min() >= target - LOWEST


def test_where_deliveries_get_faster_promises_stay_near_the_target_and_return_to_it() -> None:
    random = np.random.default_rng(6)
    day = np.sort(np.floor(random.uniform(0, 400, 30_000)))
    pace = np.interp(day, [150, 200, 300, 301], [1.0, 0.75, 0.75, 1.0])  # faster within two months, then as before
    curves = np.tile(1 - np.exp(-(np.arange(90) + 1) / 8.0), (len(day), 1))
    took = np.floor(random.exponential(8.0, len(day)) * pace)
    found = calibrated_in_order(curves, day, took, ["here"] * len(day))
    fast, back = (day > 210) & (day < 300), day > 360
    for target in (0.8, 0.9):
        before = took <= target_days(found.curves, target)
        after = took <= target_days(found.curves, least_chances(found.aims, target))
        assert abs(np.mean(after[fast]) - target) < 0.7 * (np.mean(before[fast]) - target)
        assert abs(np.mean(after[back]) - target) < 0.03


def test_no_quotes_are_no_problem() -> None:
    found = calibrated_in_order(np.empty((0, 5)), np.empty(0), np.empty(0), [])
    assert found.curves.shape == (0, 5)
    assert found.state == Calibration()


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
    corrected = calibrated_in_order(curves, day, took, groups).curves
    before = kept_share(curves[later], took[later], 0.9)
    after = kept_share(corrected[later], took[later], 0.9)
    assert 0.88 < conformal < 0.94  # whole days round it up
    # damped on purpose: it goes most of the way to the conformal bound, never beyond
    assert before < after <= conformal + 0.01
