"""Bulk recording of orders."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from vafa.kit.bulk import Recorded, write_changes
from vafa.orders.models import Order, Seller
from vafa.shop.models import Place


@dataclass(frozen=True, slots=True)
class OrderRow:
    """What is known of one order. None and "" mean "not said": what is known already stays.

    Times are aware; money is in minor units of `currency`; `place` is the code of a remembered place, `seller` of a
    remembered seller; `customer_ref` is the shop's customer number, never a name or an address.
    """

    number: str
    placed_at: datetime
    place: str = ""
    seller: str = ""
    customer_ref: str = ""
    option: str = ""
    category: str = ""
    payment: str = ""
    items: int | None = None
    price_minor: int | None = None
    freight_minor: int | None = None
    currency: str = ""
    weight_g: float | None = None
    volume_cm3: float | None = None
    cancelled: bool | None = None
    cancelled_at: datetime | None = None


def record_orders(rows: Sequence[OrderRow]) -> Recorded:
    """Insert new orders and update those about which the rows say something else; one transaction.

    Pass at most some hundred rows at a time. LookupError when a row names a place or a seller that has not been
    remembered; nothing is written then.
    """
    with transaction.atomic():
        places = _ids(Place, (row.place for row in rows))
        sellers = _ids(Seller, (row.seller for row in rows))
        numbers = [row.number for row in rows]
        locked = Order.objects.select_for_update().filter(number__in=numbers).order_by("pk")
        known = {order["number"]: dict(order) for order in locked.values()}
        return write_changes(Order, "number", known, (_values(row, places, sellers) for row in rows))


def ask_cancellation(number: str, *, at: datetime) -> bool:
    """The customer asks to cancel the order; the first asking is kept. Whether it was new and the order is known."""
    asked = Order.objects.filter(number=number, cancellation_asked_at__isnull=True)
    return bool(asked.update(cancellation_asked_at=at))


def _ids(model: type[Place] | type[Seller], codes: Iterable[str]) -> dict[str, int]:
    wanted = {code for code in codes if code}
    found = dict(model._default_manager.filter(code__in=wanted).values_list("code", "pk"))
    if missing := wanted - found.keys():
        raise LookupError(f"{model.__name__} {min(missing)!r} has not been remembered")
    return found


def _values(row: OrderRow, places: dict[str, int], sellers: dict[str, int]) -> dict[str, object]:
    return {
        "number": row.number,
        "placed_at": row.placed_at,
        "place_id": places.get(row.place),
        "seller_id": sellers.get(row.seller),
        "customer_ref": row.customer_ref,
        "option": row.option,
        "category": row.category,
        "payment": row.payment,
        "items": row.items,
        "price_minor": row.price_minor,
        "freight_minor": row.freight_minor,
        "currency": row.currency,
        "weight_g": row.weight_g,
        "volume_cm3": row.volume_cm3,
        "cancelled": row.cancelled,
        "cancelled_at": row.cancelled_at,
    }
