"""To which other window or point an order can still be moved, with what is left of each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from vafa.delivery.models import Slot
from vafa.delivery.queries.points import LOOK_AHEAD, PointOffer, points_near, points_of
from vafa.delivery.queries.slots import (
    DAY,
    DAYS_AHEAD,
    SlotOffer,
    kept_slot_of,
    name_of,
    offer_of,
    slots_between,
    still_open,
    today,
    touched,
)
from vafa.engine.history import Place


@dataclass(frozen=True)
class Movable:
    """The place an order has, and those it could have instead: none once it `is_late`, or where there is no other.

    Offered are windows of the same option and zone, not before the day of the one it has (what is packed for that day
    may not be ready sooner) and not dearer than it.
    """

    now: SlotOffer
    is_point: bool
    slots: tuple[SlotOffer, ...] = ()
    points: tuple[PointOffer, ...] = ()
    is_late: bool = False

    @property
    def slot_days(self) -> list[tuple[date, list[SlotOffer]]]:
        """The windows by day."""
        return [(day, list(slots)) for day, slots in groupby(self.slots, key=lambda slot: slot.day)]


def movable(order: str, at: datetime) -> Movable | None:
    """Of the order of that number; None where it has no window and no place at a point."""
    kept = kept_slot_of(order)
    if kept is None:
        return None
    mine = kept.slot
    now = offer_of(mine, 0)
    if at > mine.order_until:
        return Movable(now, mine.point is not None, is_late=True)
    if mine.point is not None:
        return Movable(now, True, points=tuple(_points(mine, at)))
    return Movable(now, False, slots=tuple(_windows(mine, at)))


def _windows(mine: Slot, at: datetime) -> list[SlotOffer]:
    assert mine.zone is not None
    first = max(today(at), mine.day)
    last = first + DAYS_AHEAD * DAY
    rows = touched([mine.zone.pk], [], first, last, at)
    offers = still_open(slots_between(mine.option, mine.zone, first, last, rows), at, first)
    return [each for each in offers if each.id == str(name_of(mine)) or each.surcharge_minor <= mine.surcharge_minor]


def _points(mine: Slot, at: datetime) -> list[PointOffer]:
    """Points in the city of the one it goes to, from its day on."""
    assert mine.point is not None
    first = max(today(at), mine.day)
    limited = [point for point in points_of(mine.option.code) if point.capacity is not None]
    rows = touched([], limited, first, first + LOOK_AHEAD * DAY, at)
    near = points_near(mine.option.code, Place("", mine.point.city, mine.point.region), first, rows)
    return [each for each in near if each.slot != str(name_of(mine))]
