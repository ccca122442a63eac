from __future__ import annotations

import numpy as np
import pytest
from sklearn.ensemble import HistGradientBoostingClassifier

from vafa.engine.trees import Trees, export


def rows(count: int, seed: int) -> np.ndarray:
    chance = np.random.default_rng(seed)
    found = chance.normal(size=(count, 6))
    found[chance.random(found.shape) < 0.1] = np.nan
    found[:, 0] = chance.integers(0, 20, count)
    return found


@pytest.fixture(scope="module")
def learner() -> HistGradientBoostingClassifier:
    data = rows(3000, 1)
    happened = np.nan_to_num(data[:, 1] * data[:, 2]) + 0.1 * data[:, 0] > 1
    return HistGradientBoostingClassifier(max_iter=40, max_leaf_nodes=12, random_state=0).fit(data, happened)


def test_exported_trees_agree_with_the_learner_at_all_ages(learner: HistGradientBoostingClassifier) -> None:
    ages, fixed = np.arange(20.0), rows(50, 2)[:, 1:]
    every = np.concatenate([np.tile(ages, 50)[:, None], np.repeat(fixed, 20, axis=0)], axis=1)
    expected = learner.decision_function(every).reshape(50, 20)
    assert np.abs(export(learner).scores(fixed, ages) - expected).max() < 1e-12


def test_trees_come_back_from_their_arrays(learner: HistGradientBoostingClassifier) -> None:
    trees = export(learner)
    again = Trees.from_arrays(trees.arrays())
    fixed = rows(5, 3)[:, 1:]
    assert np.array_equal(again.scores(fixed, np.arange(4.0)), trees.scores(fixed, np.arange(4.0)))


def test_no_cases_give_no_scores(learner: HistGradientBoostingClassifier) -> None:
    assert export(learner).scores(np.empty((0, 5)), np.arange(4.0)).shape == (0, 4)
