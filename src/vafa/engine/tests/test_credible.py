from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vafa.engine.credible import kept_band


@pytest.mark.parametrize(
    ("probability", "evidence", "expected"),
    [  # quantiles of the Beta distribution by scipy.stats.beta.ppf
        (0.5, 0, (0.02447, 0.97553)),
        (0.9, 10, (0.72544, 0.97046)),
        (0.9, 100, (0.85587, 0.93281)),
    ],
)
def test_bands_are_beta_quantiles(probability: float, evidence: float, expected: tuple[float, float]) -> None:
    assert kept_band(probability, evidence) == pytest.approx(expected, abs=1e-3)


@given(st.floats(0, 1), st.floats(1, 1e5))
def test_a_band_narrows_with_more_orders(probability: float, evidence: float) -> None:
    few, many = kept_band(probability, evidence), kept_band(probability, evidence * 4)
    assert 0 <= few[0] <= few[1] <= 1
    assert many[1] - many[0] < few[1] - few[0] + 1e-6


@pytest.mark.parametrize(("probability", "evidence"), [(1.1, 5), (-0.1, 5), (0.5, -1), (float("nan"), 1)])
def test_impossible_numbers_are_refused(probability: float, evidence: float) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        kept_band(probability, evidence)
