"""Recording parcels: what the shop's own exports say of them, and parcels that people or events add."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from vafa.delivery.actions.estimating import call_the_watch
from vafa.delivery.models import Parcel
from vafa.delivery.queries.tracking import EventsByName, anything_told, state_columns, told_scans
from vafa.delivery.tracking_numbers import MOST, number_key
from vafa.engine.parcel_state import ParcelState, state_of
from vafa.kit import clock
from vafa.kit.bulk import Recorded, Values, write_changes
from vafa.kit.problems import Problem
from vafa.orders.actions import follow_parcels
from vafa.orders.models import Order, Stage


@dataclass(frozen=True, slots=True)
class ParcelRow:
    """What an export says of the parcel of one order. Times are aware; None and "" mean "not said"."""

    number: str
    carrier: str = ""
    tracking_number: str = ""
    handed_over_at: datetime | None = None
    delivered_at: datetime | None = None


def record_parcels(rows: Sequence[ParcelRow]) -> Recorded:
    """Insert new parcels and update those about which the rows say something else; one transaction.

    `number` is the order's; an export knows one parcel an order, its first. What it says of times counts like scans;
    said again differently, the last saying counts. Pass at most some hundred rows at a time, and call
    `actions.tracking.follow` afterwards, outside the transaction. LookupError for an order that is not recorded;
    nothing is written then.
    """
    with transaction.atomic():
        orders = locked_orders([row.number for row in rows])
        if missing := {row.number for row in rows} - orders.keys():
            raise LookupError(f"order {min(missing)!r} has not been recorded")
        first = Parcel.objects.filter(order_id__in=[order.pk for order in orders.values()], position=0)
        known = {parcel["order_id"]: dict(parcel) for parcel in first.values()}
        numbers = [number_key(row.tracking_number) for row in rows]
        numbers += [str(parcel["number_key"]) for parcel in known.values()]
        events = EventsByName.naming(numbers, orders) if anything_told() else EventsByName({}, {})
        said = [_values(row, orders[row.number], known, events) for row in rows]
        recorded = write_changes(Parcel, "order_id", known, said, unique_with=["position"])
        if recorded.created or recorded.updated:
            call_the_watch(orders, at=clock.now())
            arrived = {order.pk for order in orders.values() if known[order.pk]["delivered_at"]}
            sent = {order.pk for order in orders.values() if known[order.pk]["handed_over_at"]} - arrived
            follow_parcels(sent=sent, arrived=arrived)
        return recorded


def add_parcel(order: Order, *, tracking_number: str = "", carrier: str = "") -> Parcel:
    """A further parcel of the order, or the number of its first one where that has none yet; without a number the
    first one.

    The same number again gives the parcel there is. Problems: `no-number`, `too-long`.
    """
    key = number_key(tracking_number)
    if tracking_number.strip() and not key:
        raise Problem("no-number", _("A tracking number has letters or digits."), field="tracking_number")
    if len(tracking_number.strip()) > MOST:
        raise Problem("too-long", _("This tracking number is too long."), field="tracking_number")
    with transaction.atomic():
        locked_orders([order.number])
        return _parcel_with(order, key, tracking_number.strip(), carrier)


def _parcel_with(order: Order, key: str, tracking_number: str, carrier: str) -> Parcel:
    there = list(Parcel.objects.filter(order=order).order_by("position"))
    for parcel in there:
        if parcel.number_key == key or not key:
            return parcel
    named = {"carrier": carrier, "tracking_number": tracking_number, "number_key": key}
    if there and not there[0].number_key:
        Parcel.objects.filter(pk=there[0].pk).update(**{name: said for name, said in named.items() if said})
        return Parcel.objects.get(pk=there[0].pk)
    position = there[-1].position + 1 if there else 0
    return Parcel.objects.create(order=order, position=position, **named)


class HeldOrder(NamedTuple):
    """What is asked of an order whose row is held; a whole `Order` costs five times as much to build."""

    pk: int
    number: str
    placed_at: datetime
    stage: str

    def rest_waits(self, parcels: Sequence[ParcelState]) -> bool:
        """Whether something of it has not left, so that no parcel's arrival is that of the order."""
        if self.stage == Stage.PACKED:
            return any(parcel.handed_over_at is None for parcel in parcels)
        return self.stage == Stage.PART


def locked_orders(numbers: Sequence[str]) -> dict[str, HeldOrder]:
    """The orders by number, their rows held: whoever changes anything about an order's parcels holds its order."""
    held = Order.objects.select_for_update().filter(number__in=set(numbers)).order_by("pk")
    return {order[1]: HeldOrder(*order) for order in held.values_list("pk", "number", "placed_at", "stage")}


def _values(row: ParcelRow, order: HeldOrder, known: dict[int, Values], events: EventsByName) -> dict[str, Any]:
    before = known.get(order.pk, {})
    key = number_key(row.tracking_number) or before.get("number_key", "")
    told = told_scans(
        row.handed_over_at or before.get("told_handed_over_at"), row.delivered_at or before.get("told_delivered_at")
    )
    scans = [event.scan for event in events.of(key, order.number, order.placed_at, is_first=True)]
    said = {
        "order_id": order.pk,
        "carrier": row.carrier,
        "tracking_number": row.tracking_number,
        "number_key": key,
        "told_handed_over_at": row.handed_over_at,
        "told_delivered_at": row.delivered_at,
    }
    if before and not scans and all(not value or before[name] == value for name, value in said.items()):
        return said  # its state follows from what was told, and that is what it was
    return {**said, **state_columns(state_of([*told, *scans]))}
