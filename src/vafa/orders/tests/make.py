"""Orders of the shop itself, by name."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from vafa.orders.actions import Amounts, Line, Placed, SendTo, place
from vafa.orders.models import Order

NOON = datetime(2026, 3, 1, 8, 30, tzinfo=UTC)
NARGES = SendTo("Narges Karimi", "IR", phone="+989121234567", city="Shiraz", region="Fars", language="fa")


def line(sku: str = "book-1", quantity: int = 1, unit_minor: int = 500_000, **said: Any) -> Line:
    return Line(sku, {"en": f"Title of {sku}"}, quantity, unit_minor, **said)


def placed(number: str = "V-1", *lines: Line, delivery_minor: int = 50_000, **said: Any) -> Placed:
    lines = lines or (line(),)
    goods = sum(each.unit_minor * each.quantity for each in lines)
    amounts = Amounts(goods, delivery_minor, "IRR")
    return Placed(number, **{"placed_at": NOON, "lines": lines, "amounts": amounts, "to": NARGES, **said})


def an_order(number: str = "V-1", *lines: Line, **said: Any) -> Order:
    """An order that was placed."""
    return place(placed(number, *lines, **said))[0]
