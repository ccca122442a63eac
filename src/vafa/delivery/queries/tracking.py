"""What is known of parcels: their events, and the state these amount to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from vafa.delivery.models import Parcel, TrackingEvent
from vafa.delivery.tracking_numbers import number_key, owns
from vafa.engine.folding import fold
from vafa.engine.parcel_state import ParcelState, Scan, Status, state_of
from vafa.orders.models import Order

OVER = [Status.DELIVERED.value, Status.CANCELLED.value, Status.RETURN_TO_SENDER.value]
VIEWS: dict[str, list[str]] = {
    "open": [status.value for status in Status if status.value not in {*OVER, Status.PENDING.value}],
    "waiting": [Status.PENDING],
    "trouble": [Status.ON_HOLD, Status.DELIVERY_DELAYED, Status.DELIVERY_FAILED, Status.RETURN_TO_SENDER],
    "delivered": [Status.DELIVERED],
    "all": list(Status),
}
OPEN_FOR = timedelta(days=60)  # a parcel on its way for longer has been lost, and nobody asks about it any more


@dataclass(frozen=True)
class EventsByName:
    """Tracking events by the number, or the order, that they name."""

    by_number: dict[str, list[TrackingEvent]]
    by_order: dict[str, list[TrackingEvent]]

    @classmethod
    def naming(cls, numbers: Iterable[str], orders: Iterable[str]) -> EventsByName:
        """The events that name one of these numbers (as `number_key` writes them), or only one of these orders."""
        wanted = Q(number_key__in={number for number in numbers if number})
        found = cls(defaultdict(list), defaultdict(list))
        for event in TrackingEvent.objects.filter(wanted | Q(number_key="", order_number__in=set(orders))):
            if event.number_key:
                found.by_number[event.number_key].append(event)
            else:
                found.by_order[event.order_number].append(event)
        return found

    def of(self, number: str, order: str, placed_at: datetime, *, is_first: bool) -> list[TrackingEvent]:
        """The events of one parcel. Those that name only an order belong to its first parcel."""
        named = [*self.by_number.get(number, ()), *(self.by_order.get(order, ()) if is_first else ())]
        return [event for event in named if owns(placed_at, event.at)]


def told_scans(handed_over_at: datetime | None, delivered_at: datetime | None) -> list[Scan]:
    """What the shop's own exports say of a parcel, as scans."""
    handed = [Scan(handed_over_at, Status.PICKED_UP)] if handed_over_at else []
    return [*handed, Scan(delivered_at, Status.DELIVERED)] if delivered_at else handed


def events_of_parcels(parcels: Sequence[Parcel]) -> dict[int, list[TrackingEvent]]:
    """Primary key of a parcel to its events, in the order of their times; the parcels come with their orders."""
    named = EventsByName.naming(
        (parcel.number_key for parcel in parcels), (parcel.order.number for parcel in parcels if not parcel.position)
    )
    return {
        parcel.pk: sorted(
            named.of(parcel.number_key, parcel.order.number, parcel.order.placed_at, is_first=not parcel.position),
            key=lambda event: (event.at, event.recorded_at, event.pk),
        )
        for parcel in parcels
    }


def state_of_parcel(parcel: Parcel, events: Iterable[TrackingEvent]) -> ParcelState:
    """What all that is known of the parcel amounts to."""
    told = told_scans(parcel.told_handed_over_at, parcel.told_delivered_at)
    return state_of([*told, *(event.scan for event in events)])


def state_columns(state: ParcelState) -> dict[str, Any]:
    """The columns of `Parcel` that are worked out."""
    return {
        "status": state.status.value,
        "reason": state.reason,
        "handed_over_at": state.handed_over_at,
        "delivered_at": state.delivered_at,
        "last_seen_at": state.last_seen_at,
    }


def known_state(parcel: Parcel) -> ParcelState:
    """The state that the parcel's row holds."""
    return ParcelState(
        Status(parcel.status), parcel.reason, parcel.handed_over_at, parcel.delivered_at, parcel.last_seen_at
    )


def parcels_of(order: Order) -> list[Parcel]:
    """The order's parcels, the first one first."""
    return list(Parcel.objects.filter(order=order).select_related("order").order_by("position"))


def found_parcels(words: str = "", *, view: str = "all") -> QuerySet[Parcel]:
    """Parcels by the number of their order or their own number, newest orders first; all without words.

    `view`: a key of `VIEWS`.
    """
    found = Parcel.objects.select_related("order", "order__place").order_by("-order__placed_at", "-pk")
    if view != "all":
        found = found.filter(status__in=VIEWS[view])
    if view in {"open", "waiting"}:
        found = found.filter(order__cancelled=False)
    if not words.strip():
        return found
    return found.filter(Q(order__number__iexact=words.strip()) | Q(number_key=number_key(words) or "-"))


def order_by(*, number: str = "", public_id: UUID | None = None) -> Order | None:
    """One order, by its number or by the id in its address."""
    named = {"public_id": public_id} if public_id else {"number__iexact": number.strip()}
    return Order.objects.select_related("place").filter(**named).first()


def orders_named(numbers: Iterable[str]) -> dict[str, Order]:
    """Order number to the order, for those that are recorded."""
    return {order.number: order for order in Order.objects.filter(number__in=set(numbers))}


def anything_told() -> bool:
    """Whether any tracking event is known: many shops hear of none, and an import asks for thousands of names."""
    return TrackingEvent.objects.exists()


def orders_with_events(numbers: Iterable[str]) -> set[str]:
    """Those of the orders about whose parcels anything was told."""
    wanted = set(numbers)
    if not anything_told():
        return set()
    keys: dict[str, set[str]] = defaultdict(set)
    named = Parcel.objects.filter(order__number__in=wanted).exclude(number_key="")
    for key, number in named.values_list("number_key", "order__number"):
        keys[key].add(number)
    told = TrackingEvent.objects.filter(number_key__in=keys).values_list("number_key", flat=True) if keys else ()
    only_order = TrackingEvent.objects.filter(number_key="", order_number__in=wanted)
    return {number for key in told for number in keys[key]} | set(only_order.values_list("order_number", flat=True))


def open_numbers(carriers: Iterable[str], *, since: datetime, limit: int) -> dict[str, str]:
    """`number_key` to number of parcels of a carrier that are still on their way and belong to no old order.

    `carriers`: its names; a parcel is its where the carrier written on the parcel begins with one of them (folded).
    """
    wanted = tuple(folded for name in carriers if (folded := fold(name.replace("_", " ").replace("-", " "))))
    still = Parcel.objects.exclude(number_key="").exclude(status__in=OVER)
    recent = still.filter(order__placed_at__gte=since - OPEN_FOR, order__cancelled=False).order_by("-order__placed_at")
    named = recent.values_list("number_key", "tracking_number", "carrier")[:limit]
    return {key: number for key, number, name in named if fold(name.replace("_", " ")).startswith(wanted)}
