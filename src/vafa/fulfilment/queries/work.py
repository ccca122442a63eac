"""One order, as its work stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from vafa.delivery.kinds import DELIVERY
from vafa.delivery.models import Parcel
from vafa.fulfilment.models import CreditLine, ParcelLine
from vafa.orders.models import Order, OrderLine
from vafa.promises.models import Direction, Promise, State


def order_by(public_id: UUID) -> Order | None:
    """The order of that address, with its place."""
    return Order.objects.select_related("place").filter(public_id=public_id).first()


def parcel_by(order: Order, position: int) -> Parcel | None:
    """One parcel of the order, by its number from 1."""
    return Parcel.objects.select_related("order", "packing").filter(order=order, position=position - 1).first()


def packed_parcels(order: Order) -> list[Parcel]:
    """The order's parcels with what lies in them (`contents`), the first one first."""
    found = Parcel.objects.filter(order=order).select_related("packing").order_by("position")
    return list(found.prefetch_related("contents__line"))


def delivery_promise(order: Order) -> Promise | None:
    """The open promise of the order's delivery."""
    return Promise.objects.filter(
        kind=DELIVERY.name, direction=Direction.TO_CUSTOMER, state=State.OPEN, subject_type="order",
        subject_ref=order.number,
    ).first()  # fmt: skip


def returnable(lines: Iterable[OrderLine]) -> dict[int, int]:
    """Primary key of a line to how many of its pieces have left and were not given back."""
    found = {line.pk: line.sent for line in lines}
    given = CreditLine.objects.filter(line__in=found, had_left=True)
    for pk, count in given.values_list("line_id", "quantity"):
        found[pk] -= count
    return found


def pieces_in(parcels: Iterable[Parcel]) -> dict[int, int]:
    """Primary key of a parcel to how many pieces lie in it."""
    found: dict[int, int] = defaultdict(int)
    for pk, count in ParcelLine.objects.filter(parcel__in=list(parcels)).values_list("parcel_id", "quantity"):
        found[pk] += count
    return found
