"""Tracking events come in; parcels and promises follow.

Events are committed before anybody asks to which parcels they belong, and parcels before anybody asks which events
are theirs. So of an event and a parcel that are written at the same moment, the later one always sees the other.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import transaction

from vafa.delivery.actions.estimating import call_the_watch
from vafa.delivery.actions.parcels import add_parcel, locked_orders
from vafa.delivery.kinds import DELIVERY
from vafa.delivery.models import Parcel, TrackingEvent
from vafa.delivery.queries.tracking import (
    events_of_parcels,
    known_state,
    orders_named,
    state_columns,
    state_of_parcel,
)
from vafa.delivery.tracking_numbers import number_key, owns
from vafa.engine.folding import fold
from vafa.engine.parcel_state import REASONS, ParcelState, Status, order_delivered_at
from vafa.kit import clock
from vafa.kit.bulk import Recorded, insert_new
from vafa.orders.actions import follow_parcels
from vafa.promises.actions import follow_source
from vafa.promises.models import Direction, Promise, State

MOST_AT_ONCE = 2000  # events of one transaction
CHUNK = 200  # orders in one transaction: well below 200 ms on SQLite
BY = "tracking"
REASON = "by now the tracking events tell another delivery of the whole order"
MEANING = ("status", "reason", "carrier")  # what may change when a carrier's folder is changed and its source replayed


@dataclass(frozen=True, slots=True)
class TrackingRow:
    """One thing a source tells. `at` is aware; it names a tracking number, an order, or both.

    `reason` is "" or a key of `engine.parcel_state.REASONS`; `code` the carrier's own code or wording; `place` a town
    or depot. Nothing here may name a person or an address.
    """

    source: str
    at: datetime
    status: Status
    tracking_number: str = ""
    order_number: str = ""
    carrier: str = ""
    reason: str = ""
    code: str = ""
    place: str = ""

    @property
    def key(self) -> str:
        """The same thing told again has the same key: what the carrier said of which parcel, when and where.

        Neither the provider's own id, which changes with each delivery of a whole history, nor its prose.
        """
        number = number_key(self.tracking_number)
        said = [number, "" if number else self.order_number]
        said += [
            fold(self.code) or self.status,
            self.at.astimezone(UTC).isoformat(timespec="seconds"),
            fold(self.place),
        ]
        return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()


def record_events(rows: Sequence[TrackingRow], *, renew: bool = False, at: datetime | None = None) -> Recorded:
    """Write down what is new, and bring parcels and promises to what is known then. Call it outside any transaction.

    Safe to repeat and to run again after a crash. `renew`: events that are known take the meaning they have now (a
    replay after a carrier's folder was changed). Events whose parcel is not known wait for it. ValueError for a row
    that names nothing or an unknown reason; nothing is written then.
    """
    at = at or clock.now()
    events = {(event.source, event.key): event for event in (_event(row, at) for row in rows)}
    known = _known(events)
    fresh = [event for name, event in events.items() if name not in known]
    other = [_renewed(known[name], event) for name, event in events.items() if name in known] if renew else []
    changed = [event for event in other if event is not None]
    for first in range(0, len(fresh), MOST_AT_ONCE):
        with transaction.atomic():
            insert_new(TrackingEvent, ("source", "key"), fresh[first : first + MOST_AT_ONCE])
    TrackingEvent.objects.bulk_update(changed, MEANING, batch_size=MOST_AT_ONCE)
    _give_parcels(events.values())
    follow(_orders_of(events.values()), at=at)
    return Recorded(len(fresh), len(changed), len(rows) - len(fresh) - len(changed))


def follow(numbers: Iterable[str], *, at: datetime | None = None) -> int:
    """Bring the parcels of these orders, and their promises, to what is known of them; how many parcels changed.

    Asking again changes nothing.
    """
    at = at or clock.now()
    wanted = sorted(set(numbers))
    chunks = [wanted[first : first + CHUNK] for first in range(0, len(wanted), CHUNK)]
    return sum(_follow(chunk, at) for chunk in chunks)


@transaction.atomic
def _follow(numbers: list[str], at: datetime) -> int:
    orders = locked_orders(numbers)
    parcels = list(
        Parcel.objects.filter(order__in=[order.pk for order in orders.values()]).select_related("order").order_by("pk")
    )
    events = events_of_parcels(parcels)
    call_the_watch(orders, at=at)
    changed, states = 0, dict[str, list[ParcelState]]()
    for parcel in parcels:
        state = state_of_parcel(parcel, events[parcel.pk])
        if state != known_state(parcel):
            changed += Parcel.objects.filter(pk=parcel.pk).update(**state_columns(state))
        states.setdefault(parcel.order.number, []).append(state)
    delivered = {
        number: None if orders[number].rest_waits(of) else order_delivered_at(of) for number, of in states.items()
    }
    arrived = {orders[number].pk for number, moment in delivered.items() if moment}
    sent = {orders[number].pk for number, of in states.items() if any(each.handed_over_at for each in of)} - arrived
    follow_parcels(sent=sent, arrived=arrived)
    _settle(delivered, at)
    return changed


def _settle(delivered: dict[str, datetime | None], at: datetime) -> None:
    """Tell the ledger of each order when it had arrived, as far as is known now."""
    ends = Promise.objects.filter(
        kind=DELIVERY.name,
        direction=Direction.TO_CUSTOMER,
        subject_type="order",
        subject_ref__in=delivered,
        replaced_by__isnull=True,
    ).exclude(state=State.CANCELLED)
    for promise in ends.order_by("pk"):
        moment = delivered[promise.subject_ref]
        if promise.fulfilled_at != moment:
            follow_source(promise, fulfilled_at=moment, by=BY, reason=REASON, at=at)


def _event(row: TrackingRow, at: datetime) -> TrackingEvent:
    if row.reason and row.reason not in REASONS:
        raise ValueError(f"{row.reason!r} is no reason")
    key = number_key(row.tracking_number)
    if not key and not row.order_number:
        raise ValueError("an event names a tracking number or an order")
    return TrackingEvent(
        source=row.source,
        key=row.key,
        number_key=key,
        tracking_number=row.tracking_number.strip()[:64],
        order_number=row.order_number.strip()[:64],
        carrier=row.carrier[:64],
        status=row.status.value,
        reason=row.reason,
        code=row.code[:120],
        place=row.place[:80],
        at=row.at,
        recorded_at=at,
    )


def _known(events: Iterable[tuple[str, str]]) -> dict[tuple[str, str], TrackingEvent]:
    wanted: dict[str, list[str]] = {}
    for source, key in events:
        wanted.setdefault(source, []).append(key)
    found = (TrackingEvent.objects.filter(source=source, key__in=keys) for source, keys in wanted.items())
    return {(event.source, event.key): event for each in found for event in each}


def _renewed(known: TrackingEvent, now: TrackingEvent) -> TrackingEvent | None:
    """The known event with its present meaning; None where that is the same."""
    if all(getattr(known, name) == getattr(now, name) for name in MEANING):
        return None
    for name in MEANING:
        setattr(known, name, getattr(now, name))
    return known


def _give_parcels(events: Iterable[TrackingEvent]) -> None:
    """An event that names an order brings the parcel into the world where nobody has told of it yet."""
    named = {(event.order_number, event.number_key): event for event in events if event.order_number}
    owners: dict[str, list[datetime]] = {}
    with_number = Parcel.objects.filter(number_key__in={key for _order, key in named if key})
    for key, placed_at in with_number.values_list("number_key", "order__placed_at"):
        owners.setdefault(key, []).append(placed_at)
    orders = orders_named(number for number, _key in named)
    for (number, key), event in named.items():
        if number in orders and not any(owns(placed_at, event.at) for placed_at in owners.get(key, ())):
            add_parcel(orders[number], tracking_number=event.tracking_number, carrier=event.carrier)


def _orders_of(events: Iterable[TrackingEvent]) -> Iterator[str]:
    """The numbers of the orders whose parcels the events belong to."""
    told = list(events)
    keys = {event.number_key for event in told if event.number_key}
    yield from Parcel.objects.filter(number_key__in=keys).values_list("order__number", flat=True)
    yield from (event.order_number for event in told if not event.number_key)
