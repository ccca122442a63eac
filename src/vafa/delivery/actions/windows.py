"""What is promised with a window: its end, and how often windows like it were kept."""

from __future__ import annotations

from datetime import date, datetime
from typing import TypedDict

from vafa.delivery.actions.slots import unknown_slot
from vafa.delivery.models import Slot, SlotPattern
from vafa.delivery.option_kinds import OptionKind
from vafa.delivery.queries.slot_records import slot_frequency
from vafa.delivery.queries.slots import slot_of_pattern
from vafa.delivery.sentences import promised_text, window_text
from vafa.delivery.slot_names import SlotName
from vafa.promises.models import Unit


class Due(TypedDict, total=False):
    """What a promise says of its time; the words of `promises.terms.Terms`."""

    due_on: date
    due_at: datetime
    unit: str
    text: dict[str, str]
    probability: float | None


def window_of(name: str) -> Slot:
    """The window of that name, as it is held or as the weekly pattern has it. Problem `unknown-slot` (422)."""
    read = SlotName.read(name)
    if read is None or read.is_point:
        raise unknown_slot()
    same = {"option__code": read.option, "zone__code": read.place, "begins": read.begins}
    there = Slot.objects.filter(**same, day=read.day).select_related("option", "zone").first()
    if there is not None:
        return there
    pattern = SlotPattern.objects.filter(**same, weekday=read.day.weekday()).select_related("option", "zone").first()
    if pattern is None:
        raise unknown_slot()
    return slot_of_pattern(pattern, read.day)


def due_of_slot(slot: Slot, at: datetime) -> Due:
    """Promised is the end of the window; where only its day was chosen, or a point, that day."""
    if slot.point is not None:
        return Due(due_on=slot.day, text=promised_text(slot.day), probability=None)
    is_day = slot.option.kind == OptionKind.DATE
    found = slot_frequency(slot.option.code, slot.zone_id or 0, None if is_day else slot.begins, at)
    probability = found.kept / found.of if found else None
    if is_day:
        return Due(due_on=slot.day, text=promised_text(slot.day), probability=probability)
    return Due(
        due_on=slot.day,
        due_at=slot.ends_at,
        unit=Unit.MOMENT,
        text=window_text(slot.begins_at, slot.ends_at),
        probability=probability,
    )
