"""Discrete-time hazards: one row for every case and step it was still open, and the learner on them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vafa.engine.bins import Bins
from vafa.engine.history import FloatArray
from vafa.engine.trees import Trees, export

IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]
SINGLE = 30  # steps of one unit; beyond, they widen by an eighth each
REACH = 75
ALL_TREES_FROM, FEWEST_TREES = 2500, 15
MANY = 50_000
KEPT_OPEN = 0.35  # share of the "nothing happened" rows that are learned from, weighted up again


@dataclass(frozen=True, eq=False)
class Grid:
    """The steps of a clock that a hazard is constant over: `nodes` (steps + 1,) from 0 to the horizon."""

    nodes: FloatArray

    @classmethod
    def reaching(cls, ages: FloatArray) -> Grid:
        """Steps fit for cases that end at `ages`: single units, or wider ones where all is slow."""
        unit = 1.0
        if ages.size:
            unit = max(1.0, float(np.percentile(ages, 90)) / SINGLE, float(np.percentile(ages, 99.5)) / REACH)
        nodes = list(range(SINGLE + 1))
        while nodes[-1] < REACH:
            nodes.append(min(max(nodes[-1] + 2, int(nodes[-1] * 1.12)), REACH))
        return cls(np.array(nodes, dtype=np.float64) * unit)

    @property
    def unit(self) -> float:
        """The width of the first steps; above 1 where all is slow."""
        return float(self.nodes[1] - self.nodes[0])

    @property
    def starts(self) -> FloatArray:
        """Where each step begins; what the learner knows as the age."""
        return self.nodes[:-1]

    def step_of(self, age: FloatArray) -> IntArray:
        """The step each age lies in; ages beyond the horizon lie in step len(starts)."""
        return np.asarray(np.searchsorted(self.nodes, age, side="right") - 1, dtype=np.int64)

    def at(self, values: FloatArray, age: FloatArray) -> FloatArray:
        """`values` (n, nodes) read at ages (n, ...), straight lines between the nodes."""
        age = np.clip(age, 0.0, self.nodes[-1] * (1 - 1e-12))
        step = self.step_of(age)
        share = (age - self.nodes[step]) / (self.nodes[step + 1] - self.nodes[step])
        row = np.arange(len(values)).reshape(-1, *(1,) * (age.ndim - 1))
        return np.asarray(values[row, step] * (1 - share) + values[row, step + 1] * share)


@dataclass(frozen=True, eq=False)
class Cases:
    """What is known of the ages of some orders: `row` of the history, `age` on the clock when it happened,
    or (not `happened`) up to which it is known not to have."""

    row: IntArray
    age: FloatArray
    happened: BoolArray

    def steps(self, grid: Grid) -> tuple[IntArray, IntArray, BoolArray]:
        """Person-period rows: which case, which step, whether it happened there.

        An open case counts only for the steps it has lived through entirely.
        """
        last = grid.step_of(np.maximum(self.age, 0.0))
        beyond = last >= len(grid.starts)
        happened = self.happened & ~beyond
        counted = np.minimum(np.where(happened, last + 1, last), len(grid.starts))
        case = np.repeat(np.arange(len(last)), counted)
        step = np.arange(len(case)) - np.repeat(np.cumsum(counted) - counted, counted)
        return case, step, happened[case] & (step == last[case])


@dataclass(frozen=True)
class Learning:
    """How much the learner may learn. `bags` ensembles from different halves of the quiet rows are averaged."""

    bags: int = 2
    trees: int = 130
    leaves: int = 7
    rate: float = 0.08
    smallest_leaf: int = 250
    ridge: float = 10.0
    features: float = 0.4

    @classmethod
    def from_orders(cls, count: int) -> Learning:
        """Fewer trees where there are few orders, or they learn the orders by heart; fewer bags where
        there are so many that chance matters less."""
        trees = int(np.clip(cls.trees * count / ALL_TREES_FROM, FEWEST_TREES, cls.trees))
        return cls(trees=trees, bags=3 if count < MANY else 2)


def learn(grid: Grid, cases: Cases, fixed: FloatArray, weight: FloatArray, how: Learning, seed: int) -> list[Trees]:
    """Boosted trees for the logit of the hazard of each step.

    `fixed` (n, features) and `weight` (n,) belong to the cases. scikit-learn is needed here only.
    """
    case, step, happened = cases.steps(grid)
    found = []
    for bag in range(how.bags):
        chance = np.random.default_rng([seed, bag])
        kept = np.flatnonzero(happened | (chance.random(len(case)) < KEPT_OPEN))
        rows = np.concatenate([grid.starts[step[kept], None], fixed[case[kept]]], axis=1)
        weights = weight[case[kept]] * np.where(happened[kept], 1.0, 1.0 / KEPT_OPEN)
        found.append(_boost(rows, happened[kept], weights, how, seed * 1000 + bag))
    return found


def _boost(rows: FloatArray, happened: BoolArray, weight: FloatArray, how: Learning, seed: int) -> Trees:
    from sklearn.ensemble import HistGradientBoostingClassifier

    learner = HistGradientBoostingClassifier(
        max_iter=how.trees,
        learning_rate=how.rate,
        max_leaf_nodes=how.leaves,
        min_samples_leaf=max(20, min(how.smallest_leaf, len(rows) // 40)),
        l2_regularization=how.ridge,
        max_features=how.features,
        early_stopping=False,
        random_state=seed,
    )
    # the learner cannot do with a column without a single value
    rows = np.where(np.isnan(rows).all(axis=0), 0.0, rows)
    bins = Bins.of(rows, weight)
    learner.fit(bins.codes(rows), happened, sample_weight=weight)
    return bins.in_values(export(learner))


def log_survival(grid: Grid, bags: list[Trees], fixed: FloatArray) -> FloatArray:
    """Log of the chance to be open still at each node, (n, nodes); hazards are averaged over the bags."""
    hazard = np.zeros((len(fixed), len(grid.starts)))
    for trees in bags:
        hazard += 1.0 / (1.0 + np.exp(-trees.scores(fixed, grid.starts)))
    hazard = np.minimum(hazard / len(bags), 1.0 - 1e-6)
    return np.concatenate([np.zeros((len(fixed), 1)), np.cumsum(np.log1p(-hazard), axis=1)], axis=1)
