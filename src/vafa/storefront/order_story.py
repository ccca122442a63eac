"""What a customer sees of one order: where it is, what was promised, what comes next, what he can still do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from vafa.catalog.queries.cards import Shown, first_pictures
from vafa.delivery.models import Parcel, PickupPoint, Slot, Watched
from vafa.delivery.option_kinds import OptionKind
from vafa.delivery.queries.slots import kept_slot_of
from vafa.delivery.queries.tracking import events_of_parcels, parcels_of
from vafa.delivery.queries.watching import watched_of
from vafa.delivery.timeline import Day, timeline
from vafa.engine.parcel_state import Status
from vafa.fulfilment.queries.money import given_back
from vafa.kit.formats import format_clock_range
from vafa.kit.problems import Text
from vafa.orders.models import Bill, Order, OrderLine, Recipient
from vafa.orders.queries import lines_of
from vafa.promises.models import Promise, State
from vafa.promises.queries import promises_about
from vafa.promises.queries.remedies import cover_of
from vafa.shop.queries import the_shop

PREPARED, SENT, NEAR, ARRIVED = range(4)
STEPS = [_("Being prepared"), _("On its way"), _("Near you"), pgettext_lazy("order", "Delivered")]
_STEP_OF = {
    Status.PENDING: PREPARED,
    Status.DELIVERED: ARRIVED,
    Status.OUT_FOR_DELIVERY: NEAR,
    Status.READY_FOR_PICKUP: NEAR,
    Status.DELIVERY_FAILED: NEAR,
}
_NEXT = {
    Status.PENDING: _("Next we hand it over to the carrier."),
    Status.UNKNOWN: _("We are waiting for the next word of the carrier."),
    Status.PICKED_UP: _("Next it travels to the depot near you."),
    Status.IN_TRANSIT: _("Next it reaches the depot near you and goes out for delivery."),
    Status.ON_HOLD: _("The carrier holds it. We look after it, and you will hear from us."),
    Status.DELIVERY_DELAYED: _("It goes on as soon as the carrier can."),
    Status.OUT_FOR_DELIVERY: _("Next it is handed to you. Please keep your phone near."),
    Status.READY_FOR_PICKUP: _("It waits for you to collect it."),
    Status.DELIVERY_FAILED: _("The carrier tries again, or you can tell us below what to do."),
    Status.RETURN_TO_SENDER: _("It is on its way back to us. You will hear from us about a new one or your money."),
    Status.CANCELLED: _("The carrier has stopped this parcel. You will hear from us."),
}


@dataclass(frozen=True)
class Travelling:
    """One parcel and its story by days, the newest first."""

    parcel: Parcel
    days: list[Day]

    @property
    def next(self) -> Text:
        """What happens next, in words; "" once it has arrived."""
        return _NEXT.get(Status(self.parcel.status), "")


@dataclass(frozen=True)
class Story:
    """One order as its customer reads it. `slot`: the window of time or the day at a pick-up point that it has.
    `back_minor`: what was given back of its bill, or is not to be paid any more.
    """

    order: Order
    lines: list[tuple[OrderLine, Shown | None]]
    bill: Bill | None
    recipient: Recipient | None
    parcels: list[Travelling]
    promises: list[Promise]
    watched: Watched | None
    cover: Any
    slot: Slot | None
    back_minor: int
    at: datetime

    @property
    def point(self) -> PickupPoint | None:
        """Where its customer fetches it; None where it is brought to him."""
        return self.slot.point if self.slot is not None else None

    @property
    def hours(self) -> str:
        """The hours of its window; "" where it has none."""
        if self.slot is None or self.slot.option.kind != OptionKind.WINDOW:
            return ""
        return format_clock_range(self.slot.begins_at, self.slot.ends_at)

    @property
    def promise(self) -> Promise | None:
        """The delivery promise that stands."""
        return next((each for each in self.promises if each.replaced_by_id is None), None)

    @property
    def dates(self) -> list[Promise]:
        """Every date that was given, the first one first; nothing where it never moved."""
        return list(reversed(self.promises)) if len(self.promises) > 1 else []

    @property
    def step(self) -> int:
        """How far it is: the parcel that is furthest behind counts."""
        return min((step_of(each.parcel) for each in self.parcels), default=PREPARED)

    @property
    def steps(self) -> list[tuple[Text, str]]:
        """The steps with "done", "current" or ""."""
        reached = self.step
        states = [
            "done" if at < reached or reached == ARRIVED else "current" if at == reached else "" for at in range(4)
        ]
        return list(zip(STEPS, states, strict=True))

    @property
    def has_left(self) -> bool:
        return any(each.parcel.handed_over_at or step_of(each.parcel) > PREPARED for each in self.parcels)

    @property
    def has_arrived(self) -> bool:
        return bool(self.parcels) and self.step == ARRIVED

    @property
    def state(self) -> tuple[Text, str]:
        """In words, with its tone."""
        return state_in_words(self.order, [each.parcel for each in self.parcels])

    @property
    def of_hundred(self) -> int | None:
        """Of 100 like it so many come in time, by what is known now; None where nothing open is promised."""
        if self.promise is None or self.promise.state != State.OPEN or self.promise.is_overdue:
            return None
        chance = self.watched.probability if self.watched is not None else self.promise.probability
        return None if chance is None else min(99, max(1, round(100 * chance)))

    @property
    def can_move(self) -> bool:
        """Whether its customer may still choose a later day."""
        promise = self.promise
        stands = promise is not None and promise.state == State.OPEN and promise.due_at > self.at
        return stands and self.is_open and not self.has_left

    @property
    def can_go_elsewhere(self) -> bool:
        """Whether its customer may still name another address: not where he fetches it himself."""
        return self.can_move and not self.parcels and self.recipient is not None and self.point is None

    @property
    def is_open(self) -> bool:
        """Whether something is still to come."""
        return not self.order.cancelled and not self.has_arrived


def story_of(order: Order, *, at: datetime) -> Story:
    """All of it, read from the rooms that own the parts."""
    promises = list(promises_about("order", order.number, kind="delivery"))
    standing = next((each for each in promises if each.replaced_by_id is None), None)
    parcels, lines = parcels_of(order), lines_of(order)
    pictures = first_pictures({line.product for line in lines})
    events, zone, kept = events_of_parcels(parcels), the_shop().zone, kept_slot_of(order.number)
    return Story(
        order=order,
        lines=[(line, pictures.get(line.product)) for line in lines],
        bill=getattr(order, "bill", None),
        recipient=getattr(order, "recipient", None),
        parcels=[Travelling(each, timeline(each, events[each.pk], standing, zone)) for each in parcels],
        promises=promises,
        watched=watched_of(standing) if standing is not None and standing.state == State.OPEN else None,
        cover=cover_of(standing) if standing is not None else None,
        slot=kept.slot if kept is not None else None,
        back_minor=given_back(order),
        at=at,
    )


def step_of(parcel: Parcel) -> int:
    """Which of the steps the parcel has reached."""
    return _STEP_OF.get(Status(parcel.status), SENT)


def state_in_words(order: Order, parcels: list[Parcel]) -> tuple[Text, str]:
    """How an order stands, with the tone of its badge."""
    if order.cancelled:
        return pgettext_lazy("order", "Cancelled"), "neutral"
    if order.cancellation_asked_at is not None:
        return _("Cancellation asked for"), "warn"
    if not parcels:
        return STEPS[PREPARED], "info"
    behind = min(parcels, key=step_of)
    if step_of(behind) == PREPARED:
        return STEPS[PREPARED], "info"
    return behind.words, behind.tone
