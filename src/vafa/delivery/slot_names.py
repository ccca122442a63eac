"""What a slot is called in forms and calls: its option, its zone or point, its day, when it begins."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time

POINT = "@"


@dataclass(frozen=True, slots=True)
class SlotName:
    """`place` is the code of a zone; of a pick-up point where `is_point`, whose slots are whole days."""

    option: str
    place: str
    day: date
    begins: time = time()
    is_point: bool = False

    def __str__(self) -> str:
        where = f"{POINT}{self.place}" if self.is_point else self.place
        return f"{self.option}.{where}.{self.day.isoformat()}.{self.begins:%H%M}"

    @classmethod
    def read(cls, written: str) -> SlotName | None:
        """None for what is no such name."""
        try:
            option, place, day, clock = written.split(".")
            begins = time(int(clock[:2]), int(clock[2:]))
            found = cls(option, place.removeprefix(POINT), date.fromisoformat(day), begins, place.startswith(POINT))
        except ValueError:
            return None
        return found if str(found) == written else None


def point_slot_name(option: str, point: str, day: date) -> str:
    """What a pick-up point's place on a day is called."""
    return str(SlotName(option, point, day, is_point=True))
