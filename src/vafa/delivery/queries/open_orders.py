"""Open delivery promises with what is known of their orders now, ready to be asked about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from vafa.delivery.kinds import DELIVERY
from vafa.delivery.models import Parcel, TrackingEvent
from vafa.delivery.queries.history import ORDER_FIELDS, shipment_of, with_first_parcel
from vafa.delivery.queries.options import default_code
from vafa.delivery.queries.tracking import known_state
from vafa.engine.history import Place, Question, Shipment
from vafa.engine.parcel_state import ParcelState, Status, order_delivered_at
from vafa.promises.models import Direction, Promise, State
from vafa.shop.queries import the_shop, whole_places

PROMISE_FIELDS = ("pk", "subject_ref", "made_at", "due_on", "probability", "place", "region", "seller")
PARCEL_FIELDS = (
    "pk",
    "price_minor",
    "currency",
    "first__status",
    "first__reason",
    "first__last_seen_at",
    "first__number_key",
)
SHARED = {each.name for each in fields(Question)} & {each.name for each in fields(Shipment)} - {"placed_at"}


@dataclass(frozen=True)
class OpenOrder:
    """One open promise and its order. `question` None: nothing to ask, the order was cancelled or has arrived.

    `stated` is the chance when it was made. `status` and `reason` are those of the parcel about which most is known to
    go wrong; `scanned` is the place of the last scan, `has_scans` whether anybody ever told of it.
    """

    promise_id: int
    number: str
    due_on: date
    stated: float | None
    placed_at: datetime
    question: Question | None
    delivered_at: datetime | None = None
    cancelled: bool = False
    price_minor: int = 0
    currency: str = ""
    status: Status = Status.PENDING
    reason: str = ""
    last_seen_at: datetime | None = None
    scanned: str = ""
    has_scans: bool = False


def open_deliveries() -> Any:
    """Every open promise of a delivery to a customer."""
    return Promise.objects.filter(
        state=State.OPEN, kind=DELIVERY.name, direction=Direction.TO_CUSTOMER, subject_type="order"
    )


class OpenOrders:
    """Reads open promises some hundred at a time; what is the same for all is read once."""

    def __init__(self) -> None:
        self.places, self.standard, self.currency = whole_places(), default_code(), the_shop().currency
        self.by_name = {(place.city, place.region): place for place in self.places.values()}
        self.any_scans = TrackingEvent.objects.exists()

    def of(self, promise_ids: Sequence[int], at: datetime) -> list[OpenOrder]:
        """Those of the promises that are open still, as known at `at`."""
        promises = list(open_deliveries().filter(pk__in=promise_ids).values_list(*PROMISE_FIELDS))
        numbers = [row[1] for row in promises]
        rows = with_first_parcel().filter(number__in=numbers).values_list(*ORDER_FIELDS, *PARCEL_FIELDS)
        orders = {row[0]: row for row in rows}
        further = _further([row[len(ORDER_FIELDS)] for row in orders.values()])
        scans = self._scans([row[-1] for row in orders.values() if row[-1]])
        return [self._one(row, orders.get(row[1]), further, scans, at) for row in promises]

    def _scans(self, keys: Sequence[str]) -> dict[str, str]:
        """Tracking number to the place of its last scan ("" where none was told)."""
        if not self.any_scans or not keys:
            return {}
        told = TrackingEvent.objects.filter(number_key__in=keys).order_by("at", "pk")
        found: dict[str, str] = {}
        for key, place in told.values_list("number_key", "place"):
            found[key] = place or found.get(key, "")
        return found

    def _one(
        self,
        promise: tuple[Any, ...],
        order: tuple[Any, ...] | None,
        further: dict[int, list[ParcelState]],
        scans: dict[str, str],
        at: datetime,
    ) -> OpenOrder:
        pk, number, made_at, due_on, stated, place, region, seller = promise
        if order is None:
            question = Question(
                at, self.by_name.get((place, region), Place(place, place, region)),
                seller=seller, option=self.standard, placed_at=min(made_at, at),
            )  # fmt: skip
            return OpenOrder(pk, number, due_on, stated, made_at, question)
        shipment = shipment_of(order[: len(ORDER_FIELDS)], self.places, {}, self.standard, self.currency)
        order_id, price, currency, status, reason, seen, key = order[len(ORDER_FIELDS) :]
        states = [
            ParcelState(
                Status(status or Status.PENDING), reason or "", shipment.handed_over_at, shipment.delivered_at, seen
            ),
            *further.get(order_id, ()),
        ]
        delivered_at = order_delivered_at(states)
        handed = min((state.handed_over_at for state in states if state.handed_over_at), default=None)
        worst = max(states, key=lambda state: (state.delivered_at is None, state.status in TROUBLE, state.status))
        is_over = shipment.cancelled or (delivered_at is not None and delivered_at <= at)
        return OpenOrder(
            promise_id=pk,
            number=number,
            due_on=due_on,
            stated=stated,
            placed_at=shipment.placed_at,
            question=None if is_over else _question(shipment, handed, at),
            delivered_at=delivered_at,
            cancelled=shipment.cancelled,
            price_minor=price or 0,
            currency=currency or self.currency,
            status=worst.status,
            reason=worst.reason,
            last_seen_at=worst.last_seen_at,
            scanned=scans.get(key or "", ""),
            has_scans=(key or "") in scans,
        )


TROUBLE = frozenset(
    {Status.ON_HOLD, Status.DELIVERY_DELAYED, Status.DELIVERY_FAILED, Status.RETURN_TO_SENDER, Status.CANCELLED}
)


def _question(shipment: Shipment, handed: datetime | None, at: datetime) -> Question:
    facts = {name: getattr(shipment, name) for name in SHARED - {"handed_over_at"}}
    known = handed if handed is not None and handed <= at else None
    return Question(asked_at=at, placed_at=min(shipment.placed_at, at), handed_over_at=known, **facts)


def _further(order_ids: Sequence[int]) -> dict[int, list[ParcelState]]:
    """Primary key of an order to its parcels beyond the first; few orders have any."""
    found: dict[int, list[ParcelState]] = {}
    for parcel in Parcel.objects.filter(order_id__in=order_ids, position__gt=0):
        found.setdefault(parcel.order_id, []).append(known_state(parcel))
    return found


__all__ = ["TROUBLE", "OpenOrder", "OpenOrders", "open_deliveries"]
