"""Where a parcel can be fetched near a place, and from when on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta

from vafa.delivery.models import PickupPoint, Slot
from vafa.delivery.slot_names import point_slot_name
from vafa.engine.history import Place
from vafa.kit.formats import days_of_week
from vafa.shop.queries import closed_days, remembered, the_shop

DAY = timedelta(days=1)
LOOK_AHEAD = 30
MOST = 6
Hours = list[tuple[time, time]]


@dataclass(frozen=True)
class PointOffer:
    """A place to fetch it, there from the opening of `ready_on` on. `week`: weekday (0 = Monday) to opening hours.

    `slot` is the name to hold, by which the order remembers the point. `is_near`: in the same city.
    """

    code: str
    name: Mapping[str, str]
    address: Mapping[str, str]
    city: str
    is_near: bool
    week: Mapping[int, Hours]
    ready_on: date
    opens: time
    closes: time
    slot: str

    @property
    def hours(self) -> list[tuple[int, int, Hours]]:
        """(first weekday, last weekday, opening hours): days that follow each other with the same hours are one."""
        found: list[tuple[int, int, Hours]] = []
        for day in days_of_week():
            spans = self.week.get(day, [])
            if found and spans and found[-1][2] == spans and found[-1][1] == (day - 1) % 7:
                found[-1] = (found[-1][0], day, spans)
            elif spans:
                found.append((day, day, spans))
        return found


def points_of(option: str) -> list[PickupPoint]:
    """The points of an option that are in use, in their order. Remembered."""
    return remembered("delivery.points", _by_option).get(option, [])


def _by_option() -> dict[str, list[PickupPoint]]:
    found: dict[str, list[PickupPoint]] = {}
    for point in PickupPoint.objects.filter(active=True).select_related("option"):
        found.setdefault(point.option.code, []).append(point)
    return found


def points_near(option: str, to: Place, there_on: date, rows: Mapping[str, tuple[Slot, int]]) -> list[PointOffer]:
    """The points of the same city, else of the region, of an option that brings parcels there on `there_on`."""
    key = the_shop().naming.key
    known = points_of(option)
    near = [point for point in known if to.city and key(point.city) == key(to.city)]
    wider = [point for point in known if to.region and key(point.region) == key(to.region)]
    offers = (_offer(point, bool(near), there_on, rows) for point in near or wider)
    return [offer for offer in offers if offer is not None][:MOST]


def week_of(point: PickupPoint) -> dict[int, Hours]:
    """Weekday (0 = Monday) to opening hours, for the days on which it opens."""
    hours = {
        int(day): [(time.fromisoformat(opens), time.fromisoformat(closes)) for opens, closes in spans]
        for day, spans in point.week.items()
    }
    return {day: spans for day, spans in sorted(hours.items()) if spans}


def _offer(
    point: PickupPoint, is_near: bool, there_on: date, rows: Mapping[str, tuple[Slot, int]]
) -> PointOffer | None:
    """None where it is not open, or full, for weeks."""
    week = week_of(point)
    last = there_on + LOOK_AHEAD * DAY
    closed = {date.fromisoformat(day) for day in point.closed_on}
    if point.keeps_holidays:
        closed |= closed_days(there_on, last)
    for number in range(LOOK_AHEAD):
        day = there_on + number * DAY
        if day in closed or not week.get(day.weekday()):
            continue
        slot = point_slot_name(point.option.code, point.code, day)
        if _is_full(slot, rows):
            continue
        opens, closes = week[day.weekday()][0][0], week[day.weekday()][-1][1]
        return PointOffer(point.code, point.name, point.address, point.city, is_near, week, day, opens, closes, slot)
    return None


def _is_full(slot: str, rows: Mapping[str, tuple[Slot, int]]) -> bool:
    row = rows.get(slot)
    return row is not None and (row[0].closed or row[0].is_full_with(row[1]))
