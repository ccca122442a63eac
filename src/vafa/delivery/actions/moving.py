"""A customer moves his parcel to another window, or to another point."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from vafa.delivery.actions.changing import tell_changed
from vafa.delivery.actions.parcels import locked_orders
from vafa.delivery.actions.slots import locked_slot, naming_free_ones, require_room
from vafa.delivery.actions.windows import due_of_slot
from vafa.delivery.kinds import DELIVERY
from vafa.delivery.models import HoldState, Parcel, Slot, SlotHold
from vafa.kit import clock
from vafa.kit.problems import Problem
from vafa.promises.actions import revise_promise
from vafa.promises.models import AskedBy, Promise, State

CHANNEL = "customer"


def move(*, order: str, slot: str, at: datetime | None = None) -> SlotHold:
    """The order of that number gets a place in another window; what was promised moves with it, asked for by the
    customer, so that it counts as no miss. One transaction; the same window again changes nothing.

    Problems (409): `no-slot` where it has none, `too-late` once the old window can no longer be ordered or a parcel is
    on its way, `slot-full`, `slot-closed`, `too-early` (before the day it has), `costs-more`; `other-option` (422) for
    a window of another option, `unknown-slot`.
    """
    at = at or clock.now()
    with naming_free_ones(at), transaction.atomic():
        locked_orders([order])  # whoever tells of its parcels holds it, so none is handed over now
        kept = SlotHold.objects.select_for_update(of=("self",)).filter(order_number=order, state=HoldState.KEPT)
        mine = kept.select_related("slot__option", "slot__zone", "slot__point").first()
        if mine is None:
            raise Problem("no-slot", _("This order has no window."), status=409)
        row = locked_slot(slot)
        if row.pk == mine.slot_id:
            return mine
        _require_movable(mine, row, at)
        SlotHold.objects.filter(pk=mine.pk).update(state=HoldState.MOVED, changed_at=at)
        moved = SlotHold.objects.create(
            slot=row, key=mine.key, state=HoldState.KEPT, until=mine.until, order_number=order, held_at=at,
            changed_at=at,
        )  # fmt: skip
        _revise(order, row, at)
        tell_changed(order, at=at)
        return moved


def _require_movable(mine: SlotHold, row: Slot, at: datetime) -> None:
    if row.option_id != mine.slot.option_id or row.zone_id != mine.slot.zone_id:
        raise Problem("other-option", _("Please choose a window of the same delivery."), status=422, field="slot")
    is_away = Parcel.objects.filter(order__number=mine.order_number, handed_over_at__isnull=False).exists()
    if is_away or at > mine.slot.order_until:
        raise Problem("too-late", _("It is too late to move this delivery: it is being brought."), status=409)
    if row.day < mine.slot.day:
        raise Problem("too-early", _("It is made ready for the day you chose. Please choose that day or a later one."),
                      status=409, field="slot")  # fmt: skip
    if row.surcharge_minor > mine.slot.surcharge_minor:
        raise Problem("costs-more", _("This window costs more than the one you paid for."), status=409, field="slot")
    require_room(row, at)


def _revise(order: str, row: Slot, at: datetime) -> None:
    """An order whose promise is settled or over keeps what was written."""
    standing = Promise.objects.filter(
        kind=DELIVERY.name, subject_type="order", subject_ref=order, state=State.OPEN, due_at__gt=at
    )
    promise = standing.first()
    if promise is None:
        return
    due = due_of_slot(row, at)
    if (due["due_on"], due.get("due_at", promise.due_at)) == (promise.due_on, promise.due_at):
        return
    revise_promise(
        promise,
        asked_by=AskedBy.CUSTOMER,
        due_on=due["due_on"],
        due_at=due.get("due_at"),
        probability=due.get("probability"),
        text=due["text"],
        channel=CHANNEL,
        at=at,
    )
