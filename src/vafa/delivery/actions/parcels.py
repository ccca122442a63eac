"""Bulk recording of what became of parcels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from vafa.delivery.models import Parcel
from vafa.kit.bulk import Recorded, write_changes
from vafa.orders.models import Order


@dataclass(frozen=True, slots=True)
class ParcelRow:
    """What is known of the parcel of one order. Times are aware; None and "" mean "not said"."""

    number: str
    carrier: str = ""
    tracking_number: str = ""
    handed_over_at: datetime | None = None
    delivered_at: datetime | None = None


def record_parcels(rows: Sequence[ParcelRow]) -> Recorded:
    """Insert new parcels and update those about which the rows say something else; one transaction.

    `number` is the order's. Pass at most some hundred rows at a time. LookupError for an order that is not recorded;
    nothing is written then.
    """
    with transaction.atomic():
        orders = dict(Order.objects.filter(number__in=[row.number for row in rows]).values_list("number", "pk"))
        if missing := {row.number for row in rows} - orders.keys():
            raise LookupError(f"order {min(missing)!r} has not been recorded")
        locked = Parcel.objects.select_for_update().filter(order_id__in=orders.values()).order_by("pk")
        known = {parcel["order_id"]: dict(parcel) for parcel in locked.values()}
        return write_changes(Parcel, "order_id", known, (_values(row, orders) for row in rows))


def _values(row: ParcelRow, orders: dict[str, int]) -> dict[str, object]:
    return {
        "order_id": orders[row.number],
        "carrier": row.carrier,
        "tracking_number": row.tracking_number,
        "handed_over_at": row.handed_over_at,
        "delivered_at": row.delivered_at,
    }
