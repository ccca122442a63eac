"""Free windows near one that is full."""

from __future__ import annotations

from datetime import datetime

from vafa.delivery.models import Slot
from vafa.delivery.queries.slots import DAY, DAYS_AHEAD, SlotOffer, slots_between, still_open, today, touched

MOST = 3


def free_near(slot: Slot, at: datetime, *, most: int = MOST) -> list[SlotOffer]:
    """Free windows of the same option and zone, the nearest in time first; none for a point, which is a place."""
    if slot.zone is None:
        return []
    first = today(at)
    last = max(first, slot.day) + DAYS_AHEAD * DAY
    rows = touched([slot.zone.pk], [], first, last, at)
    offers = still_open(slots_between(slot.option, slot.zone, first, last, rows), at, first)
    free = [each for each in offers if each.places_left and each.begins != slot.begins_at]
    return sorted(free, key=lambda each: (abs(each.begins - slot.begins_at), each.begins))[:most]
