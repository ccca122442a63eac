"""The week of windows as the staff sees it: how many places are held, kept and free in each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Q

from vafa.delivery.models import DeliveryOption, HoldState, PickupPoint, Slot, SlotPattern, Zone
from vafa.delivery.option_kinds import SLOTS
from vafa.delivery.queries.options import every_option
from vafa.delivery.queries.slots import SlotOffer, clock_of, name_of, offer_of, slots_between
from vafa.kit.formats import days_of_week
from vafa.shop.queries import closed_days

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Window:
    """One window on one day: `kept` by orders, `held` while somebody pays."""

    offer: SlotOffer
    kept: int
    held: int

    @property
    def free(self) -> int:
        return self.offer.places_left


@dataclass(frozen=True)
class Week:
    """`rows`: when windows begin and end, and the window of each of `days` (None: there is none then).

    `off`: days on which nothing is delivered; `served` those that have windows, `shut` those all of whose are closed.
    """

    days: list[date]
    rows: list[tuple[time, time, list[Window | None]]]
    off: set[date]
    shut: set[date]
    served: set[date]

    @property
    def kept(self) -> int:
        """Parcels that orders have places for."""
        return sum(window.kept for _begins, _ends, windows in self.rows for window in windows if window)

    @property
    def capacity(self) -> int:
        """Parcels that can be brought."""
        return sum(
            window.offer.capacity
            for _begins, _ends, windows in self.rows
            for window in windows
            if window and not window.offer.closed
        )


def pairs() -> list[tuple[DeliveryOption, Zone]]:
    """Options and zones that have weekly windows."""
    zones = {zone.pk: zone for zone in Zone.objects.all()}
    known = SlotPattern.objects.order_by("option__position", "option_id", "zone__code")
    found = dict.fromkeys(known.values_list("option_id", "zone_id"))
    by_pk = {option.pk: option for option in every_option()}
    return [(by_pk[option], zones[zone]) for option, zone in found if option in by_pk]


def week_of(option: DeliveryOption, zone: Zone, day: date, at: datetime) -> Week:
    """The week in which a day lies, in the order of the reader's week."""
    first = day - ((day.weekday() - days_of_week()[0]) % 7) * DAY
    last = first + 6 * DAY
    days = [first + number * DAY for number in range(7)]
    windows = _windows(option, zone, first, last, at)
    times = sorted({(clock_of(each.offer.begins), clock_of(each.offer.ends)) for each in windows})
    by_time = {(each.offer.day, clock_of(each.offer.begins), clock_of(each.offer.ends)): each for each in windows}
    rows = [(begins, ends, [by_time.get((each, begins, ends)) for each in days]) for begins, ends in times]
    off = {each for each in days if each.weekday() not in option.delivery_weekdays} | set(closed_days(first, last))
    by_day = {each: [window for window in windows if window.offer.day == each] for each in days}
    shut = {each for each, of_day in by_day.items() if of_day and all(window.offer.closed for window in of_day)}
    return Week(days, rows, off, shut, {each for each, of_day in by_day.items() if of_day})


def zones() -> list[Zone]:
    """All of them."""
    return list(Zone.objects.all())


@dataclass(frozen=True)
class Weekly:
    """Windows of several weekdays that are alike: `first` stands for all, `days` are theirs in the reader's order."""

    first: SlotPattern
    days: list[int]
    numbers: list[int]


def windows_of(zone: Zone) -> list[Weekly]:
    """The weekly windows of a zone, alike ones together, by option and hour."""
    order = {day: number for number, day in enumerate(days_of_week())}
    known = SlotPattern.objects.filter(zone=zone).select_related("option", "zone")
    found: dict[tuple[object, ...], list[SlotPattern]] = {}
    for each in sorted(known, key=lambda each: (each.option.position, each.option.code, each.begins, each.ends)):
        terms = (each.capacity, each.surcharge_minor, each.days_before, each.order_until)
        found.setdefault((each.option_id, each.begins, each.ends, *terms), []).append(each)
    return [
        Weekly(alike[0], sorted((each.weekday for each in alike), key=order.__getitem__), [each.pk for each in alike])
        for alike in found.values()
    ]


def options_with(kinds: frozenset[str]) -> list[DeliveryOption]:
    """The options of these kinds, also those not offered."""
    return [option for option in every_option() if option.kind in kinds]


def slot_options() -> list[DeliveryOption]:
    """The options that are chosen with a window."""
    return options_with(SLOTS)


def every_point() -> list[PickupPoint]:
    """The points, also those not in use."""
    return list(PickupPoint.objects.select_related("option"))


def _windows(option: DeliveryOption, zone: Zone, first: date, last: date, at: datetime) -> list[Window]:
    """Those of the pattern, and those that were taken before the pattern changed."""
    is_held = Q(holds__state=HoldState.HELD, holds__until__gt=at)
    rows = Slot.objects.filter(option=option, zone=zone, day__gte=first, day__lte=last)
    counted = rows.select_related("option", "zone", "point").annotate(
        kept=Count("holds", filter=Q(holds__state=HoldState.KEPT)), held=Count("holds", filter=is_held)
    )
    touched = {str(name_of(slot)): (slot, slot.kept, slot.held) for slot in counted}
    offers = slots_between(
        option, zone, first, last, {name: (slot, kept + held) for name, (slot, kept, held) in touched.items()}
    )
    known = {offer.id for offer in offers}
    gone = [
        offer_of(slot, kept + held) for name, (slot, kept, held) in touched.items() if name not in known and kept + held
    ]
    return [Window(offer, *(touched[offer.id][1:] if offer.id in touched else (0, 0))) for offer in [*offers, *gone]]
