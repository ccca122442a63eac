"""What is expected back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from vafa.catalog.models import Stock


@dataclass(frozen=True, slots=True)
class Expected:
    """An article of which more were to come to a storehouse on `back_on` (the shop's calendar)."""

    sku: str
    storehouse: str
    on_hand: int
    back_on: date


def expected_by(day: date) -> list[Expected]:
    """What was to be there again on this day at the latest, in the order of the days. One query."""
    due = Stock.objects.filter(back_on__lte=day).order_by("back_on", "variant__sku")
    rows = due.values_list("variant__sku", "storehouse__code", "on_hand", "back_on")
    return [Expected(sku, storehouse, pieces, back_on) for sku, storehouse, pieces, back_on in rows if back_on]
