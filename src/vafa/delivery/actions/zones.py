"""Writes of zones, of their weekly windows, and of what is different on single days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import TypedDict, Unpack

from django.db import transaction
from django.utils.translation import gettext as _

from vafa.delivery.actions.checked import save_checked
from vafa.delivery.actions.slots import locked_slot
from vafa.delivery.models import DeliveryOption, SlotPattern, Zone
from vafa.delivery.queries.slots import slots_between
from vafa.kit.problems import Problem
from vafa.shop.actions import stamp_shop


@transaction.atomic
def save_zone(code: str, *, name: dict[str, str], places: list[str], active: bool = True) -> Zone:
    """Describe the zone of this code, new or known. Problem `bad-delivery` with its field."""
    zone = Zone.objects.filter(code=code).first() or Zone(code=code)
    zone.name, zone.places, zone.active = name, places, active
    save_checked(zone)
    return zone


class WindowTerms(TypedDict, total=False):
    """What describes a weekly window; the meaning of each is written at `SlotPattern`."""

    begins: time
    ends: time
    capacity: int
    surcharge_minor: int
    days_before: int
    order_until: time


@transaction.atomic
def add_windows(option: DeliveryOption, zone: Zone, weekdays: Sequence[int], **terms: Unpack[WindowTerms]) -> None:
    """A window on each of these weekdays, all of them or none.

    Problem `window-there` (409) where one begins then already, `bad-window` (422) where it cannot be.
    """
    if terms["ends"] <= terms["begins"]:
        raise Problem("bad-window", _("A window ends after it begins."), status=422, field="ends")
    if not terms.get("days_before") and terms["order_until"] > terms["ends"]:
        raise Problem("bad-window", _("Nobody can order a window after its end."), status=422, field="order_until")
    there = SlotPattern.objects.filter(option=option, zone=zone, weekday__in=weekdays, begins=terms["begins"])
    if there.exists():
        raise Problem("window-there", _("On one of these days a window begins then."), status=409, field="begins")
    for weekday in weekdays:
        save_checked(SlotPattern(option=option, zone=zone, weekday=weekday, **terms))


@transaction.atomic
def drop_windows(zone: Zone, numbers: Sequence[int]) -> None:
    """Weekly windows of a zone, by their numbers, are offered no more. Orders that have a place keep theirs."""
    SlotPattern.objects.filter(zone=zone, pk__in=numbers).delete()
    stamp_shop()


@transaction.atomic
def change_slot(name: str, *, capacity: int, closed: bool) -> None:
    """Another capacity for one window on one day, or none at all. Orders that have a place in it keep theirs.

    Problem `unknown-slot` (422).
    """
    slot = locked_slot(name)
    slot.capacity, slot.closed = capacity, closed
    slot.save(update_fields=["capacity", "closed"])


@transaction.atomic
def close_day(option: DeliveryOption, zone: Zone, day: date, *, closed: bool, at: datetime) -> int:
    """Close every window of a day, or open them again; how many."""
    names = [offer.id for offer in slots_between(option, zone, day, day, {})]
    for name in names:
        slot = locked_slot(name)
        slot.closed = closed
        slot.save(update_fields=["closed"])
    return len(names)
