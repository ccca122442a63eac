"""Boosted trees as plain arrays: exported once from the learner, evaluated with numpy alone.

The first feature of every tree is the age of the case, all others stay as they are while it ages. So a
leaf is reached by a case, or not, through its fixed features alone, and counts for a run of ages. That
turns "all trees at all ages" into one look at every leaf and one matrix product (the idea is QuickScorer's,
Lucchese et al. 2015: look at conditions instead of walking).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int32]
CASES_AT_ONCE = 512


@dataclass(frozen=True, eq=False)
class Trees:
    """An ensemble whose raw score is `base` plus one leaf value of every tree.

    All nodes of all trees lie in one row of arrays of shape (nodes,). A case goes to `left` when its
    feature is <= `threshold`, or is nan and `nan_left` is set, else to `right`. `roots` (trees,) says
    where each tree begins; a leaf has itself as left and right. Feature 0 is the age.
    """

    base: float
    roots: IntArray
    feature: IntArray
    threshold: FloatArray
    nan_left: NDArray[np.bool_]
    left: IntArray
    right: IntArray
    value: FloatArray

    def scores(self, fixed: FloatArray, ages: FloatArray) -> FloatArray:
        """Raw scores (n, ages) of cases with fixed features `fixed` (n, features - 1) at `ages`."""
        worth = self._worth(ages)
        found = [
            self.base + self._reached(fixed[first : first + CASES_AT_ONCE]) @ worth
            for first in range(0, len(fixed), CASES_AT_ONCE)
        ]
        return np.concatenate(found) if found else np.empty((0, len(ages)))

    def _worth(self, ages: FloatArray) -> FloatArray:
        """What each leaf adds at each age, (leaves, ages); kept, because a model always asks for the same."""
        key, kept = ages.tobytes(), self._worths
        if key not in kept:
            leaves = self._leaves
            counts = (ages > leaves.after[:, None]) & (ages <= leaves.until[:, None])
            kept.clear()
            kept[key] = np.where(counts, leaves.value[:, None], 0.0)
        return kept[key]

    @cached_property
    def _worths(self) -> dict[bytes, FloatArray]:
        return {}

    def _reached(self, fixed: FloatArray) -> FloatArray:
        """1.0 where a case's fixed features let it reach a leaf, (n, leaves)."""
        leaves = self._leaves
        seen = fixed[:, leaves.tested]
        low = (seen <= leaves.limit) | (np.isnan(seen) & leaves.nan_low)
        # the last two columns are "always", for paths shorter than the longest
        met = np.concatenate([low, ~low, np.ones((len(fixed), 1), dtype=np.bool_)], axis=1)
        reached = met[:, leaves.path[0]]
        for conditions in leaves.path[1:]:
            reached &= met[:, conditions]
        return reached.astype(np.float64)

    @cached_property
    def _leaves(self) -> Leaves:
        return Leaves.of(self)

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Everything the ensemble is made of, by name, for storing."""
        return {
            "base": np.array(self.base),
            "roots": self.roots,
            "feature": self.feature,
            "threshold": self.threshold,
            "nan_left": self.nan_left,
            "left": self.left,
            "right": self.right,
            "value": self.value,
        }

    @classmethod
    def from_arrays(cls, arrays: dict[str, NDArray[Any]]) -> Trees:
        """The ensemble back from what `arrays` gave."""
        plain: dict[str, Any] = {**arrays, "base": float(arrays["base"])}
        return cls(**plain)


@dataclass(frozen=True, eq=False)
class Leaves:
    """All leaves with a value: the ages (`after`, `until`] they count for and the conditions to reach them.

    Condition c < m says that the c-th of m tests on fixed features (`tested`, `limit`, `nan_low`) goes
    left, m + c that it goes right, 2 m is always met. `path` (depth, leaves) lists each leaf's.
    """

    value: FloatArray
    after: FloatArray
    until: FloatArray
    path: NDArray[np.int64]
    tested: NDArray[np.int64]
    limit: FloatArray
    nan_low: NDArray[np.bool_]

    @classmethod
    def of(cls, trees: Trees) -> Leaves:
        """Walk every tree once."""
        inner = np.flatnonzero((trees.left != np.arange(len(trees.left))) & (trees.feature > 0))
        tests = {int(node): index for index, node in enumerate(inner)}
        always = 2 * len(inner)
        found: list[tuple[float, float, float, tuple[int, ...]]] = []
        open_nodes: list[tuple[int, tuple[int, ...], float, float]] = [
            (int(root), (), -np.inf, np.inf) for root in trees.roots
        ]
        while open_nodes:
            node, path, after, until = open_nodes.pop()
            left, right = int(trees.left[node]), int(trees.right[node])
            if left == node:
                found.append((float(trees.value[node]), after, until, path))
            elif node in tests:
                open_nodes.append((right, (*path, tests[node] + len(inner)), after, until))
                open_nodes.append((left, (*path, tests[node]), after, until))
            else:
                limit = float(trees.threshold[node])
                open_nodes.append((right, path, max(after, limit), until))
                open_nodes.append((left, path, after, min(until, limit)))
        depth = max(1, max(len(each[3]) for each in found))
        paths = [each[3] + (always,) * (depth - len(each[3])) for each in found]
        return cls(
            value=np.array([each[0] for each in found]),
            after=np.array([each[1] for each in found]),
            until=np.array([each[2] for each in found]),
            path=np.array(paths, dtype=np.int64).T.copy(),
            tested=trees.feature[inner].astype(np.int64) - 1,
            limit=trees.threshold[inner],
            nan_low=trees.nan_left[inner],
        )


def export(learner: Any) -> Trees:
    """The trees of a fitted HistGradientBoosting learner with one output and numeric features only."""
    nodes = [trees[0].nodes for trees in learner._predictors]
    starts = np.concatenate([[0], np.cumsum([len(each) for each in nodes])[:-1]]).astype(np.int64)
    own = [start + np.arange(len(each)) for start, each in zip(starts, nodes, strict=True)]
    leaf = [each["is_leaf"].astype(bool) for each in nodes]

    def child(name: str) -> IntArray:
        parts = [
            np.where(is_leaf, me, start + each[name].astype(np.int64))
            for each, me, start, is_leaf in zip(nodes, own, starts, leaf, strict=True)
        ]
        return np.concatenate(parts).astype(np.int32)

    every = np.concatenate(nodes)
    is_leaf = every["is_leaf"].astype(bool)
    return Trees(
        base=float(np.ravel(learner._baseline_prediction)[0]),
        roots=starts.astype(np.int32),
        feature=np.where(is_leaf, 0, every["feature_idx"]).astype(np.int32),
        threshold=np.where(is_leaf, np.inf, every["num_threshold"]),
        nan_left=every["missing_go_to_left"].astype(bool) | is_leaf,
        left=child("left"),
        right=child("right"),
        value=np.where(is_leaf, every["value"], 0.0).astype(np.float64),
    )
