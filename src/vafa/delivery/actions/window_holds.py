"""A shop that runs its own store holds a place in a window, and promises it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from vafa.delivery.actions import slots
from vafa.delivery.actions.promising import Wanted, promise_from_quote
from vafa.delivery.kinds import DELIVERY
from vafa.delivery.models import TAKING, HoldState, Quote, SlotHold
from vafa.delivery.queries.choices import Choice
from vafa.delivery.queries.quoted_windows import windows_of
from vafa.delivery.queries.slots import kept_slot_of, name_of
from vafa.delivery.slot_names import SlotName
from vafa.kit import clock
from vafa.kit.problems import Problem
from vafa.promises.models import Promise, State

NAMES = UUID("5a5b4d0e-6a3a-4f4e-9a39-0f5d8f2f9a11")  # of holds, from the keys of those who ask
LONGEST_ORDER = 64


def hold_key(token: int, hold: UUID) -> str:
    """What the hold of that id is called among all that hold places: only its own token finds it."""
    return f"api:{token}:{hold}"


@dataclass(frozen=True)
class Place:
    """A place in the window of that name for an order of this option, for so many minutes."""

    option: str
    window: str
    minutes: int


def hold_window(
    quote: Quote, wanted: Place, *, token: int, idempotency_key: str, at: datetime | None = None
) -> tuple[UUID, SlotHold, bool]:
    """Hold a place in a window that can be had with the quote: its id, the hold, and whether it is new. The same
    `idempotency_key` of a token gives the same hold and makes it no longer.

    Problems: those of `windows_of`; `unknown-slot` (422) for a window that is not among them; `slot-full`,
    `slot-closed`, `idempotency-key-reused` (409).
    """
    at = at or clock.now()
    hold = uuid5(NAMES, f"{token}:{idempotency_key}")
    key = hold_key(token, hold)
    before = hold_of(key)
    if before is not None:
        return hold, _same_again(before, wanted), False
    _require_offered(windows_of(quote, wanted.option, at), wanted.window)
    slots.hold(slot=wanted.window, key=key, until=at + timedelta(minutes=wanted.minutes), at=at)
    made = hold_of(key)
    assert made is not None
    return hold, made, True


def _require_offered(choice: Choice, window: str) -> None:
    """Problem `unknown-slot` for what cannot be had with the quote; `slot-full` for a day at one of its points that has
    no place any more, with other points that have one on that day before the point's own next day.
    """
    if window in {*(each.id for each in choice.slots), *(each.slot for each in choice.points)}:
        return
    read = SlotName.read(window)
    mine = next((each for each in choice.points if read and read.is_point and each.code == read.place), None)
    if read is None or mine is None:
        raise slots.unknown_slot()
    others = [each.slot for each in choice.points if each.ready_on == read.day]
    instead = ",".join([*others[:2], mine.slot])
    raise Problem("slot-full", _("This window is full by now."), status=409, field="slot", about={"instead": instead})


def hold_of(key: str) -> SlotHold | None:
    """The newest hold of that key, whatever became of it."""
    found = SlotHold.objects.filter(key=key).select_related("slot__option", "slot__zone", "slot__point")
    return found.order_by("-pk").first()


def _same_again(before: SlotHold, wanted: Place) -> SlotHold:
    asked_for = (before.until - before.held_at, str(name_of(before.slot)), before.slot.option.code)
    if asked_for != (timedelta(minutes=wanted.minutes), wanted.window, wanted.option):
        sentence = _("This Idempotency-Key was used for another request.")
        raise Problem("idempotency-key-reused", sentence, status=409, field="Idempotency-Key")
    return before


def let_go(key: str, *, at: datetime | None = None) -> SlotHold:
    """Give the place back; twice is once. Problems: `unknown-hold` (404); `still-promised` (409) while the promise of
    the order that keeps it is open.
    """
    at = at or clock.now()
    with transaction.atomic():
        mine = SlotHold.objects.select_for_update().filter(key=key, state__in=TAKING).first()
        if mine is not None and mine.state == HoldState.KEPT and _is_promised(mine.order_number):
            sentence = _("This place is promised to an order. Cancel that promise first.")
            raise Problem("still-promised", sentence, status=409, field="hold_id")
        slots.release(key=key, at=at)
    found = hold_of(key)
    if found is None:
        raise _unknown("hold_id")
    return found


def promise_with_hold(
    wanted: Wanted, *, hold: str | None, key: str, at: datetime | None = None
) -> tuple[Promise, bool]:
    """As `promise_from_quote`; with the key of a `hold` its window, or its day at a point, is promised, and its place
    is the order's from then on, in the same transaction.

    Problems besides: `unknown-hold` (404), `other-option`, `too-long` (422); `hold-over`, `hold-used`, `has-window`
    (409).
    """
    if hold is None:
        return promise_from_quote(wanted, key=key, at=at)
    if len(wanted.order) > LONGEST_ORDER:
        raise Problem("too-long", _("This text is too long."), status=422, field="order")
    with transaction.atomic():
        mine = hold_of(hold)
        if mine is None:
            raise _unknown("hold")
        if mine.slot.option.code != wanted.option:
            sentence = _("The window that is held belongs to another option.")
            raise Problem("other-option", sentence, status=422, field="hold")
        chosen = {"due_on": mine.slot.day} if mine.slot.point is not None else {"slot": str(name_of(mine.slot))}
        promise, is_new = promise_from_quote(replace(wanted, **chosen), key=key, at=at)
        if is_new:
            _keep(hold, wanted.order, at)
    return promise, is_new


def _keep(hold: str, order: str, at: datetime | None) -> None:
    """The place is the order's, or nothing of all this is."""
    other = kept_slot_of(order)
    if other is not None and other.key != hold:
        sentence = _("This order has a place in a window already. Give that back first.")
        raise Problem("has-window", sentence, status=409, field="hold")
    kept = slots.keep(key=hold, order=order, at=at)
    if kept is None:
        sentence = _("The time of this hold is over, and its place is taken. Please choose another window.")
        raise Problem("hold-over", sentence, status=409, field="hold")
    if kept.order_number != order:
        raise Problem("hold-used", _("This place belongs to another order."), status=409, field="hold")


def _is_promised(order: str) -> bool:
    open_ones = Promise.objects.filter(subject_type="order", subject_ref=order, state=State.OPEN)
    return open_ones.filter(kind=DELIVERY.name).exists()


def _unknown(field: str) -> Problem:
    return Problem("unknown-hold", _("There is no such hold."), status=404, field=field)
