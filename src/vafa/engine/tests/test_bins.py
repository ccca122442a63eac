from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, strategies
from hypothesis.extra.numpy import arrays
from sklearn.ensemble import HistGradientBoostingClassifier

from vafa.engine.bins import MOST, Bins
from vafa.engine.trees import export


def test_few_values_are_parted_halfway_between_them() -> None:
    bins = Bins.of(np.array([[1.0], [4.0], [1.0], [np.nan], [2.0]]), np.ones(5))
    assert bins.edges[0].tolist() == [1.5, 3.0]
    assert bins.codes(np.array([[0.0], [1.5], [1.6], [9.0]])).ravel().tolist() == [0.0, 0.0, 1.0, 2.0]
    assert np.isnan(bins.codes(np.array([[np.nan]])))


def test_many_values_are_parted_into_bins_of_equal_weight() -> None:
    values = np.random.default_rng(1).normal(size=20_000)
    weight = np.where(values > 0, 3.0, 1.0)
    bins = Bins.of(values[:, None], weight)
    shares = np.bincount(bins.codes(values[:, None]).ravel().astype(int), weight) / weight.sum()
    assert len(shares) == MOST
    assert shares == pytest.approx(np.full(MOST, 1 / MOST), rel=0.05)


@given(arrays(np.float64, strategies.integers(1, 700), elements=strategies.floats(-9, 9, width=16)))
def test_codes_rise_with_the_values_and_are_few(values: np.ndarray) -> None:
    codes = Bins.of(values[:, None], np.ones(len(values))).codes(values[:, None]).ravel()
    distinct = len(np.unique(values))
    assert len(np.unique(codes)) == distinct if distinct <= MOST else len(np.unique(codes)) <= MOST
    order = np.argsort(values, kind="stable")
    assert np.all(np.diff(codes[order]) >= 0)


def test_trees_fitted_to_codes_answer_for_values() -> None:
    chance = np.random.default_rng(2)
    rows = chance.normal(size=(4000, 3)).round(2)
    rows[chance.random(4000) < 0.2, 1] = np.nan
    happened = chance.random(4000) < 1 / (1 + np.exp(-rows[:, 2] - np.nan_to_num(rows[:, 1])))
    bins = Bins.of(rows, np.ones(4000))
    learner = HistGradientBoostingClassifier(max_iter=20, random_state=0).fit(bins.codes(rows), happened)
    trees = bins.in_values(export(learner))
    expected = learner.decision_function(bins.codes(rows[:50]))
    found = [float(trees.scores(row[None, 1:], row[:1])[0, 0]) for row in rows[:50]]
    assert found == pytest.approx(expected.tolist(), abs=1e-12)
