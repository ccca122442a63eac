"""Windows that can be chosen: the weekly pattern, what was changed for single days, and who has places in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Count, Q, QuerySet

from vafa.delivery.models import DeliveryOption, HoldState, PickupPoint, Slot, SlotHold, SlotPattern, Zone
from vafa.delivery.slot_names import SlotName
from vafa.kit.formats.dates import local_day
from vafa.shop.queries import closed_days, remembered, the_shop

DAYS_AHEAD = 14
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class SlotOffer:
    """A window with what is left of it. `id` is what `actions.slots.hold` wants; moments are aware UTC.

    `places_left` 0: it is full; it is shown so that nobody looks for it. `order_until`: ordered later it goes without.
    """

    id: str
    day: date
    begins: datetime
    ends: datetime
    order_until: datetime
    capacity: int
    taken: int
    surcharge_minor: int
    closed: bool = False

    @property
    def places_left(self) -> int:
        """How many parcels it still takes."""
        return 0 if self.closed else max(0, self.capacity - self.taken)

    @property
    def over(self) -> int:
        """How many more have it than it takes: its capacity was lowered afterwards."""
        return max(0, self.taken - self.capacity)


def taken_of(slot: Slot, at: datetime, *, but: SlotHold | None = None) -> int:
    """How many places of a slot are taken at `at`, without that hold."""
    held = SlotHold.objects.filter(Q(state=HoldState.KEPT) | Q(state=HoldState.HELD, until__gt=at), slot=slot)
    return (held if but is None else held.exclude(pk=but.pk)).count()


def patterns_of(option: str, zone: Zone) -> list[SlotPattern]:
    """The weekly windows of an option in a zone. Remembered."""
    return remembered("delivery.patterns", _patterns).get((option, zone.pk), [])


def _patterns() -> dict[tuple[str, int], list[SlotPattern]]:
    found: dict[tuple[str, int], list[SlotPattern]] = {}
    for pattern in SlotPattern.objects.select_related("option", "zone"):
        found.setdefault((pattern.option.code, pattern.zone_id), []).append(pattern)
    return found


def touched(
    zones: Iterable[int], points: Iterable[PickupPoint], first: date, last: date, at: datetime
) -> dict[str, tuple[Slot, int]]:
    """Slot name to the slot with how many places are taken, of those zones and points that have a row. One query."""
    of = Q(zone__in=list(zones)) | Q(point__in=list(points))
    rows: QuerySet[Slot] = Slot.objects.filter(of, day__gte=first, day__lte=last)
    counted = rows.select_related("option", "zone", "point").annotate(
        taken=Count(
            "holds", filter=Q(holds__state=HoldState.KEPT) | Q(holds__state=HoldState.HELD, holds__until__gt=at)
        )
    )
    return {str(name_of(slot)): (slot, slot.taken) for slot in counted}


def name_of(slot: Slot) -> SlotName:
    """What the slot is called outside."""
    if slot.point is not None:
        return SlotName(slot.option.code, slot.point.code, slot.day, slot.begins, is_point=True)
    return SlotName(slot.option.code, slot.zone.code if slot.zone else "", slot.day, slot.begins)


def slots_between(
    option: DeliveryOption, zone: Zone, first: date, last: date, rows: Mapping[str, tuple[Slot, int]]
) -> list[SlotOffer]:
    """The windows of an option in a zone on the days from `first` to `last`, as the pattern and `rows` have them.

    Without those of days on which nothing is delivered (the option's weekdays, holidays of the shop).
    """
    closed = closed_days(first, last)
    open_days = (day for day in _days(first, last) if day.weekday() in option.delivery_weekdays and day not in closed)
    patterns = patterns_of(option.code, zone)
    return [_offer(pattern, day, rows) for day in open_days for pattern in patterns if pattern.weekday == day.weekday()]


def still_open(offers: Sequence[SlotOffer], ready: datetime, first_day: date) -> list[SlotOffer]:
    """Those that goods which are ready at `ready` can still go with, not before `first_day`; full ones among them."""
    return [each for each in offers if each.day >= first_day and each.order_until >= ready and not each.closed]


def moment_of(day: date, clock: time) -> datetime:
    """A time of day on the shop's wall clock, aware UTC."""
    return datetime.combine(day, clock, ZoneInfo(the_shop().zone)).astimezone(UTC)


def clock_of(moment: datetime) -> time:
    """What the shop's wall clock shows at a moment."""
    return moment.astimezone(ZoneInfo(the_shop().zone)).time()


def slot_of_pattern(pattern: SlotPattern, day: date) -> Slot:
    """The window on a day, not saved."""
    return Slot(
        option=pattern.option,
        zone=pattern.zone,
        day=day,
        begins=pattern.begins,
        begins_at=moment_of(day, pattern.begins),
        ends_at=moment_of(day, pattern.ends),
        order_until=moment_of(day - pattern.days_before * DAY, pattern.order_until),
        capacity=pattern.capacity,
        surcharge_minor=pattern.surcharge_minor,
    )


def kept_slot_of(order: str) -> SlotHold | None:
    """The place that an order has in a slot; None where it has none."""
    held = SlotHold.objects.filter(order_number=order, state=HoldState.KEPT)
    return held.select_related("slot__option", "slot__zone", "slot__point").first()


def today(at: datetime) -> date:
    """The shop's day."""
    return local_day(at, the_shop().zone)


def offer_of(slot: Slot, taken: int) -> SlotOffer:
    """A slot as it is offered."""
    return SlotOffer(
        id=str(name_of(slot)),
        day=slot.day,
        begins=slot.begins_at,
        ends=slot.ends_at,
        order_until=slot.order_until,
        capacity=taken + 1 if slot.capacity is None else slot.capacity,  # any number: there is always one more
        taken=taken,
        surcharge_minor=slot.surcharge_minor,
        closed=slot.closed,
    )


def _offer(pattern: SlotPattern, day: date, rows: Mapping[str, tuple[Slot, int]]) -> SlotOffer:
    name = str(SlotName(pattern.option.code, pattern.zone.code, day, pattern.begins))
    slot, taken = rows.get(name) or (slot_of_pattern(pattern, day), 0)
    return offer_of(slot, taken)


def _days(first: date, last: date) -> Iterator[date]:
    return (first + number * DAY for number in range((last - first).days + 1))
