"""On real orders, where they lie beside the project."""

from __future__ import annotations

import importlib.util
import sys
from datetime import timedelta
from pathlib import Path
from types import ModuleType

import pytest

from vafa.engine import BacktestOptions, History, Shipment, backtest
from vafa.engine.tests.orders import curves_before, rewritten_after

ROOT = Path(__file__).resolve().parents[4]
pytestmark = pytest.mark.data
OPTIONS = BacktestOptions(every=28, first_after=240)


def loader() -> ModuleType:
    spec = importlib.util.spec_from_file_location("engine_data", ROOT / "benchmarks" / "engine_data.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["engine_data"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def orders(data_folder: Path) -> list[Shipment]:
    """The orders of the first ten months."""
    every = sorted(loader().olist_shipments(), key=lambda each: each.placed_at)
    until = every[0].placed_at + timedelta(days=300)
    return [each for each in every if each.placed_at < until]


def test_changing_everything_later_leaves_every_quote_of_real_orders_as_it_was(orders: list[Shipment]) -> None:
    middle = orders[0].placed_at + timedelta(days=244)
    changed = rewritten_after(orders, middle)
    before, after = (
        curves_before(backtest(History.of(each, "America/Sao_Paulo"), options=OPTIONS), middle)
        for each in (orders, changed)
    )
    assert 50 < len(after) < len(before)  # who was cancelled later is quoted all the same, but not scored
    assert after == {order: before[order] for order in after}


def test_the_backtest_of_real_orders_keeps_about_what_it_says(orders: list[Shipment]) -> None:
    report = backtest(History.of(orders, "America/Sao_Paulo"), options=OPTIONS).as_json()
    assert report["targets"]["0.90"]["kept"] == pytest.approx(0.9, abs=0.05)
    assert report["equal_kept"]["kept"] >= report["incumbent"]["kept"]
