"""What a caution would have meant in the shop's own settled history."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from vafa.delivery.queries.fitted import active_model
from vafa.delivery.queries.pooled import small_history


@dataclass(frozen=True)
class Effect:
    """One point of the frontier: shares of promises, and days. `orders`: how many past orders it was measured on."""

    caution: float
    kept: float
    exceeded: float
    padding_days: float
    mean_days: float
    orders: int


@dataclass(frozen=True)
class Frontier:
    """Every caution from 0.50 to 0.99 as measured; no points where the history is too short to say, or where the worker
    has still to measure them (`is_being_measured`).
    """

    points: list[Effect]
    is_being_measured: bool


def frontier(at: datetime) -> Frontier:
    """What the worker has measured for what answers now; nothing is computed here."""
    active = active_model()
    if active is not None:
        figures = active.figures
    else:
        small = small_history(at)
        if small.figures is None:
            return Frontier([], is_being_measured=small.facts_until is not None)
        figures = small.figures
    orders = int(figures.get("orders", 0))
    return Frontier([Effect(**point, orders=orders) for point in figures.get("frontier", ())], is_being_measured=False)


def effect_of(points: Sequence[Effect], caution: float) -> Effect | None:
    """The measured point nearest to the caution; None without any."""
    return min(points, key=lambda point: abs(point.caution - caution), default=None)
