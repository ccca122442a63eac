"""What past parcels say about a new one: a Gaussian process over durations, robust and with open orders.

Expectations of parcels vary together by their likeness; a parcel differs from its expectation by noise, about as large
as usual (1) until the parcels show it smaller or larger. An arrived parcel pulls with a weight that falls for outliers
(Huber); an open one pulls by what its age tells (the Laplace approximation of a censored normal, so a parcel sent
yesterday says nothing). How parcels scatter is read off themselves, each predicted from all the others (leave-one-out;
parcels of one place and day are left out together, because they arrive together), so it holds the uncertainty of few
data.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from vafa.engine.history import FloatArray
from vafa.engine.likeness import Columns, likeness, odd_places, own

HUBER = 2.0
LEAST_WEIGHT = 1e-3
ROUNDS = 4
LEAST_SIGNAL = 0.01  # of the noise's variance
SPREAD_ORDERS = 10.0  # the spread expected beforehand counts as so many orders
MOST_SPREADS = 3.0  # an outlier tells no more about the spread than this many of it


@dataclass(frozen=True, eq=False)
class Sample:
    """Standardised durations: `low`..`high` bound where a parcel arrived, `low` alone how long an open one is out.

    `cluster` numbers parcels that travel together; `weight` (0..1] takes some back.
    """

    columns: Columns
    low: FloatArray
    high: FloatArray
    arrived: NDArray[np.bool_]
    cluster: NDArray[np.int64]
    weight: FloatArray


@dataclass(frozen=True, eq=False)
class Pool:
    """What a fitted sample says about new parcels. `spread` scales the noise, `lift` the variance of each group.

    `inverse` (n, n) is of the covariance with noise; `root` (n, r), where it is given, stands for it.
    """

    columns: Columns
    inverse: FloatArray
    noise: FloatArray
    pull: FloatArray
    spread: float
    lift: FloatArray
    root: FloatArray | None = None

    def expect(self, columns: Columns) -> tuple[FloatArray, FloatArray]:
        """Expectation and standard deviation of new parcels, (n,) each, in standardised units."""
        cross = likeness(columns, self.columns, self.spread, self.lift)
        if self.root is not None:
            known = np.sum((cross @ self.root) ** 2, axis=1)
        else:
            known = np.einsum("ij,ij->i", cross @ self.inverse, cross)
        unsure = np.maximum(own(columns, self.spread, self.lift) - known, 0.0)
        return cross @ self.pull, np.sqrt(self.spread**2 + unsure)

    def condensed(self) -> Pool:
        """The same with a `root` that is small and quick: what the parcels say in directions that are nearly all noise
        is left out, which makes new ones a little (less than a hundredth) more unsure.
        """
        scale = 1 / np.sqrt(self.noise)
        signal = likeness(self.columns, self.columns, self.spread, self.lift) * scale[:, None] * scale[None, :]
        size, directions = np.linalg.eigh(signal)
        told = size > LEAST_SIGNAL
        root = scale[:, None] * directions[:, told] / np.sqrt(size[told] + 1)
        return replace(self, inverse=np.zeros((0, 0)), root=root)


@dataclass(frozen=True, eq=False)
class PoolFit:
    """How the parcels of the sample themselves fared: each is predicted from the others (`left_out`, `left_out_sd`);
    `weight` is what each counts.
    """

    sample: Sample
    pool: Pool
    weight: FloatArray
    left_out: FloatArray
    left_out_sd: FloatArray


def pool(sample: Sample) -> PoolFit:
    """Fit a sample of at least one parcel."""
    middle = (sample.low + sample.high) / 2
    expected, spread = np.zeros(len(middle)), 1.0
    lift = np.ones(int(sample.columns.groups.max(initial=0)) + 1)
    for _ in range(ROUNDS):
        seen, weight = _pulled(sample, middle, expected, spread)
        weight = np.maximum(weight * sample.weight, LEAST_WEIGHT)
        covariance = likeness(sample.columns, sample.columns, spread, lift)
        noise = spread**2 / weight
        inverse: FloatArray = np.linalg.inv(covariance + np.diag(noise)).astype(np.float64)
        pull = inverse @ seen
        expected = covariance @ pull
        left_out, unsure = _leave_one_out(inverse, pull, seen, noise, np.arange(len(seen)))
        used_lift, lift = lift, odd_places(sample.columns, inverse, pull, lift)
        used, spread = spread, _spread(sample, (middle - left_out) / np.sqrt(1 + unsure / spread**2), spread)
    left_out, unsure = _leave_one_out(inverse, pull, seen, noise, sample.cluster)
    kept = Pool(sample.columns, inverse, noise, pull, used, used_lift)
    return PoolFit(sample, kept, weight, left_out, np.sqrt(used**2 + unsure))


def _pulled(sample: Sample, middle: FloatArray, expected: FloatArray, spread: float) -> tuple[FloatArray, FloatArray]:
    """What each parcel is taken to say about its expectation, and with what weight."""
    away = np.where(sample.arrived, middle - expected, sample.low - expected) / spread
    push = hazard(away)
    waiting = np.where(away > 3, 1.0, np.clip(push * (push - away), LEAST_WEIGHT, 1.0))
    pulls = np.where(sample.arrived, away, push / waiting)
    weight = np.minimum(np.where(sample.arrived, 1.0, waiting), HUBER / np.maximum(np.abs(pulls), 1e-9))
    return expected + spread * pulls, weight


def _leave_one_out(
    inverse: FloatArray, pull: FloatArray, seen: FloatArray, noise: FloatArray, cluster: NDArray[np.int64]
) -> tuple[FloatArray, FloatArray]:
    """Expectation and its variance of each parcel from those outside its cluster."""
    diagonal = np.diag(inverse)
    expected, unsure = seen - pull / diagonal, 1 / diagonal - noise
    sizes = np.bincount(cluster)
    for number in np.flatnonzero(sizes > 1):
        rows = np.flatnonzero(cluster == number)
        block = np.linalg.inv(inverse[np.ix_(rows, rows)])
        expected[rows] = seen[rows] - block @ pull[rows]
        unsure[rows] = np.diag(block) - noise[rows]
    return expected, np.maximum(unsure, 0.0)


def _spread(sample: Sample, away: FloatArray, before: float) -> float:
    """The root mean square of left-out residuals, drawn to 1 while they are few."""
    told = np.clip(away[sample.arrived], -MOST_SPREADS * before, MOST_SPREADS * before)
    return float(np.sqrt((SPREAD_ORDERS + np.sum(told**2)) / (SPREAD_ORDERS + len(told))))


def hazard(z: FloatArray) -> FloatArray:
    """The hazard of the standard normal, pdf / (1 - cdf), within one percent.

    Abramowitz and Stegun 26.2.17 near the middle, the asymptotic series far out.
    """
    z = np.clip(z, -30.0, 30.0)
    t = 1 / (1 + 0.2316419 * np.abs(z))
    tail = t * (0.319381530 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))))
    density = np.exp(-z * z / 2) / np.sqrt(2 * np.pi)
    far = np.maximum(z, 1.0)
    near = np.where(z >= 0, 1 / tail, density / np.maximum(1 - density * tail, 1e-12))
    return np.where(z > 4, far + 1 / far - 2 / far**3, near)
