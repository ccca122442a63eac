"""The parts under the small history: likeness, the process over expectations, the scatter around them."""

from __future__ import annotations

from dataclasses import replace
from math import erfc, exp, pi, sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vafa.engine.likeness import Columns, all_shared, likeness, own, shared
from vafa.engine.partial_pooling import Sample, _leave_one_out, hazard, pool
from vafa.engine.residuals import GRID, life_table, prior

KINDS = 9
columns = st.integers(1, 12).flatmap(
    lambda count: st.builds(
        lambda groups, days, away, unstated: Columns(
            np.array(groups).reshape(count, KINDS), np.array(days, float), np.array(away), np.array(unstated, float)
        ),
        st.lists(st.integers(-2, 3), min_size=count * KINDS, max_size=count * KINDS),
        st.lists(st.integers(0, 400), min_size=count, max_size=count),
        st.lists(st.floats(-3, 3), min_size=count, max_size=count),
        st.lists(st.integers(0, 1), min_size=count, max_size=count),
    )
)


@given(columns, st.floats(0.2, 3))
def test_likeness_is_a_covariance(parcels: Columns, spread: float) -> None:
    covariance = likeness(parcels, parcels, spread)
    # a parcel's own variance also holds what only new names have, which no other parcel shares
    assert np.all(np.diag(covariance) <= own(parcels, spread) + 1e-9)
    assert np.linalg.eigvalsh(covariance).min() >= -1e-9
    assert np.all(shared(parcels, parcels) <= all_shared(parcels)[:, None] + 1e-9)


def sample(count: int = 30, seed: int = 0) -> Sample:
    """Parcels of two places with standard noise, the last ones still open."""
    chance = np.random.default_rng(seed)
    groups = np.zeros((count, KINDS), dtype=np.int64)
    groups[:, 5] = chance.integers(0, 2, count)
    parcels = Columns(groups, np.sort(chance.integers(0, 200, count)).astype(float), np.zeros(count), np.ones(count))
    middle = chance.normal(size=count) + groups[:, 5]
    arrived = np.arange(count) < count - 5
    return Sample(parcels, middle - 0.1, middle + 0.1, arrived, np.arange(count), np.ones(count))


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 29), st.integers(0, 100))
def test_leaving_one_out_is_fitting_without_it(row: int, seed: int) -> None:
    chance = np.random.default_rng(seed)
    parcels, seen = sample(seed=seed).columns, chance.normal(size=30)
    noise = chance.uniform(0.5, 2, 30)
    cluster = np.arange(30)
    cluster[10:13] = 10
    covariance = likeness(parcels, parcels)
    inverse = np.linalg.inv(covariance + np.diag(noise))
    expected, unsure = _leave_one_out(inverse, inverse @ seen, seen, noise, cluster)
    others = cluster != cluster[row]
    rest = np.linalg.inv(covariance[np.ix_(others, others)] + np.diag(noise[others]))
    across = covariance[row, others]
    assert expected[row] == pytest.approx(across @ rest @ seen[others], abs=1e-9)
    assert unsure[row] == pytest.approx(covariance[row, row] - across @ rest @ across, abs=1e-9)


def test_parcels_that_differ_more_than_usual_are_found_out() -> None:
    usual = sample(200)
    wide = replace(usual, low=usual.low * 2, high=usual.high * 2)
    narrow = replace(usual, low=usual.low / 3, high=usual.high / 3)
    assert pool(narrow).pool.spread < 0.5 < 0.85 < pool(usual).pool.spread < 1.15 < 1.6 < pool(wide).pool.spread


def test_a_parcel_alone_pulls_by_what_it_shares() -> None:
    one = replace(sample(1), low=np.array([0.9]), high=np.array([1.1]), arrived=np.array([True]))
    fitted = pool(one).pool
    elsewhere = replace(one.columns, groups=np.where(np.arange(KINDS) == 5, -1, one.columns.groups))
    (same, other), (sure, unsure) = zip(*(fitted.expect(each) for each in (one.columns, elsewhere)), strict=True)
    assert 0 < other[0] < same[0] < 1
    assert sure[0] < unsure[0]


@pytest.mark.parametrize("z", [-8.0, -3.0, -0.5, 0.0, 0.5, 2.0, 5.0, 12.0])
def test_the_normal_hazard_is_right(z: float) -> None:
    exact = exp(-z * z / 2) / sqrt(2 * pi) / (erfc(z / sqrt(2)) / 2)
    assert hazard(np.array([z]))[0] == pytest.approx(exact, rel=1e-2, abs=1e-7)


def test_without_parcels_the_scatter_is_the_one_expected() -> None:
    none = np.zeros(0)
    assert life_table(none, none, none.astype(bool), none) == pytest.approx(prior(), abs=0.012)


def test_many_parcels_scatter_as_they_do() -> None:
    seen = np.random.default_rng(1).normal(size=20_000)
    found = life_table(seen - 0.05, seen + 0.05, np.ones(20_000, dtype=bool), np.ones(20_000))
    for z, chance in ((-1.2816, 0.1), (0.0, 0.5), (1.2816, 0.9)):
        assert np.interp(z, GRID, found) == pytest.approx(chance, abs=0.012)


def test_open_parcels_count_as_long_as_they_were_watched() -> None:
    """Kaplan and Meier: independent watching takes nothing away from the truth."""
    chance = np.random.default_rng(2)
    true, watched = chance.normal(size=20_000), chance.normal(0.5, 1, 20_000)
    arrived = true < watched
    low = np.where(arrived, true, watched) - 0.05
    found = life_table(low, low + 0.1, arrived, np.ones(20_000))
    for z, share in ((-1.2816, 0.1), (0.0, 0.5), (1.2816, 0.9)):
        assert np.interp(z, GRID, found) == pytest.approx(share, abs=0.03)


@given(st.lists(st.tuples(st.floats(-8, 8), st.floats(0.01, 2), st.booleans()), max_size=30))
def test_a_distribution_rises_from_zero_to_at_most_one(parcels: list[tuple[float, float, bool]]) -> None:
    low, width, arrived = (np.array([each[n] for each in parcels]) for n in range(3))
    found = life_table(low.astype(float), (low + width).astype(float), arrived.astype(bool), np.ones(len(parcels)))
    assert np.all(np.diff(found) >= 0)
    assert found[0] >= 0
    assert found[-1] <= 1
