"""Places in slots are given away once: held while somebody pays, kept by an order, moved by the customer, given back.

Whoever gives a place away holds the slot's row. A hold's row is locked before its slot's, slots in the order of their
keys, so that nobody waits in a circle.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, time, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from vafa.delivery.models import TAKING, HoldState, PickupPoint, Slot, SlotHold, SlotPattern
from vafa.delivery.queries.instead import free_near
from vafa.delivery.queries.slots import moment_of, slot_of_pattern, taken_of
from vafa.delivery.slot_names import SlotName
from vafa.kit import clock
from vafa.kit.problems import Problem, Text


def hold(*, slot: str, key: str, until: datetime, at: datetime | None = None) -> SlotHold:
    """Hold a place in the slot of that name for whoever has `key` (a purchase), until `until`. Runs in the caller's
    transaction or in its own.

    The same key again holds on until the new moment; with another slot it lets the first one go. A key whose place an
    order keeps already gets that one. Problems (409): `slot-full` and `slot-closed`, with `about["instead"]`, the names
    of up to three free ones near it; `unknown-slot` (422). Refused, nothing has changed.
    """
    at = at or clock.now()
    with naming_free_ones(at), transaction.atomic():
        mine = _mine(key)
        if mine is not None and mine.state == HoldState.KEPT:
            return mine
        row = locked_slot(slot)
        mine = mine or _mine(key)  # the same key may have been faster while this one waited for the slot
        if mine is not None and mine.slot_id == row.pk:
            if mine.until <= at:
                require_room(row, at, but=mine)
            SlotHold.objects.filter(pk=mine.pk).update(until=until, changed_at=at)
            mine.until = until
            return mine
        require_room(row, at)
        if mine is not None:
            _leave(mine, HoldState.RELEASED, at)
        return _take(row, key=key, until=until, at=at)


def keep(*, key: str, order: str, at: datetime | None = None) -> SlotHold | None:
    """The order of that number keeps what `key` holds; twice is once. Runs in the caller's transaction or in its own.

    None where nothing is held, or where the time was over and others have taken the place meanwhile: the order is then
    promised without a slot and its customer chooses another one.
    """
    at = at or clock.now()
    with transaction.atomic():
        mine = _mine(key)
        if mine is None or mine.state == HoldState.KEPT:
            return mine
        row = Slot.objects.select_for_update().get(pk=mine.slot_id)
        if mine.until <= at and row.is_full_with(taken_of(row, at, but=mine)):
            _leave(mine, HoldState.RELEASED, at)
            return None
        mine.state, mine.order_number, mine.changed_at = HoldState.KEPT, order, at
        mine.save(update_fields=["state", "order_number", "changed_at"])
        return mine


def release(*, key: str, at: datetime | None = None) -> bool:
    """Give back what `key` holds or its order keeps; whether there was anything."""
    taking = SlotHold.objects.filter(key=key, state__in=TAKING)
    return bool(taking.update(state=HoldState.RELEASED, changed_at=at or clock.now()))


def locked_slot(name: str) -> Slot:
    """The slot of that name, its row made where it has none, locked until the caller's transaction ends.

    Problem `unknown-slot` (422) where no weekly window and no point is called so.
    """
    read = SlotName.read(name)
    if read is None:
        raise unknown_slot()
    made = _point_slot(read) if read.is_point else _zone_slot(read)
    same = {"option": made.option, "zone": made.zone, "point": made.point, "day": made.day, "begins": made.begins}
    if not Slot.objects.filter(**same).exists():
        Slot.objects.bulk_create([made], ignore_conflicts=True)
    return Slot.objects.select_for_update(of=("self",)).select_related("option", "zone", "point").get(**same)


class NoPlace(Problem):
    """A slot takes nobody any more, or nobody else (409)."""

    def __init__(self, code: str, sentence: Text, slot: Slot) -> None:
        super().__init__(code, sentence, status=409, field="slot")
        self.slot = slot


@contextmanager
def naming_free_ones(at: datetime) -> Iterator[None]:
    """Add `about["instead"]`, free ones near, to what is refused. Goes around the transaction: whoever looks for them
    no longer holds the row that the next ones wait for.
    """
    try:
        yield
    except NoPlace as refused:
        refused.about["instead"] = ",".join(each.id for each in free_near(refused.slot, at))
        raise


def require_open(row: Slot, at: datetime) -> None:
    """Problem `slot-closed` (409) for a slot of a closed day or one that can no longer be ordered."""
    if row.closed or at > row.order_until:
        raise NoPlace("slot-closed", _("This window can no longer be chosen."), row)


def unknown_slot() -> Problem:
    """For a name that no slot has."""
    return Problem("unknown-slot", _("There is no such window. Please choose one of those offered."), status=422,
                   field="slot")  # fmt: skip


def _zone_slot(read: SlotName) -> Slot:
    named = SlotPattern.objects.filter(
        option__code=read.option, option__active=True, zone__code=read.place, zone__active=True
    )
    pattern = named.filter(weekday=read.day.weekday(), begins=read.begins).select_related("option", "zone").first()
    if pattern is None:
        raise unknown_slot()
    return slot_of_pattern(pattern, read.day)


def _point_slot(read: SlotName) -> Slot:
    """What a point takes on one day. It is ordered long before, so that only the end of the day closes it."""
    point = PickupPoint.objects.filter(code=read.place, option__code=read.option, active=True).first()
    if point is None:
        raise unknown_slot()
    begins_at, ends_at = moment_of(read.day, time()), moment_of(read.day + timedelta(days=1), time())
    return Slot(
        option=point.option, point=point, day=read.day, begins=time(), begins_at=begins_at, ends_at=ends_at,
        order_until=ends_at, capacity=point.capacity,
    )  # fmt: skip


def _mine(key: str) -> SlotHold | None:
    return SlotHold.objects.select_for_update().filter(key=key, state__in=TAKING).first()


def require_room(row: Slot, at: datetime, *, but: SlotHold | None = None) -> None:
    """Problem `slot-full` or `slot-closed` (409) where a locked slot takes no more; `but`: who has a place already."""
    require_open(row, at)
    if row.is_full_with(taken_of(row, at, but=but)):
        raise NoPlace("slot-full", _("This window is full by now."), row)


def _take(row: Slot, *, key: str, until: datetime, at: datetime) -> SlotHold:
    return SlotHold.objects.create(slot=row, key=key, until=until, held_at=at, changed_at=at)


def _leave(mine: SlotHold, state: HoldState, at: datetime) -> None:
    SlotHold.objects.filter(pk=mine.pk).update(state=state, changed_at=at)
