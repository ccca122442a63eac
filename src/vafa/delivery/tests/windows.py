"""Options with windows and points, by name."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from vafa.delivery.models import DeliveryOption, PickupPoint, SlotPattern, Zone
from vafa.delivery.tests import make
from vafa.shop.actions import stamp_shop

NOW = datetime(2026, 3, 1, 6, 30, tzinfo=UTC)  # Sunday, ten o'clock in Tehran
TODAY = date(2026, 3, 1)
SOON = NOW + timedelta(minutes=15)
TEN, TWELVE, FIVE = time(10), time(12), time(17)
MONDAY_TEN = "rider.fars.2026-03-02.1000"
MONDAY_FIVE = "rider.fars.2026-03-02.1700"
TUESDAY_TEN = "rider.fars.2026-03-03.1000"


def a_rider(*, capacity: int = 5, surcharge: int = 0, **settings: object) -> DeliveryOption:
    """Two windows a day in Fars, ordered until eight in the evening before; a shop that is always open."""
    make.a_shop(working_week={str(day): [["08:00", "20:00"]] for day in range(7)}, cut_off=time(14), **settings)
    option = DeliveryOption.objects.create(code="rider", kind="window", name={"en": "Rider"}, price_minor=100_000)
    zone = Zone.objects.create(code="fars", name={"en": "Fars"}, places=["Fars"])
    SlotPattern.objects.bulk_create(
        SlotPattern(
            option=option, zone=zone, weekday=day, begins=begins, ends=time(begins.hour + 2), capacity=capacity,
            surcharge_minor=surcharge, days_before=1, order_until=time(20),
        )
        for day in range(7)
        for begins in (TEN, FIVE)
    )  # fmt: skip
    stamp_shop()
    return option


def a_point(code: str = "bazaar", *, city: str = "Shiraz", region: str = "Fars", **terms: object) -> PickupPoint:
    """A pick-up point that opens every day but Friday; brought there by the option "fetch"."""
    option, _ = DeliveryOption.objects.get_or_create(
        code="fetch", defaults={"kind": "pickup", "name": {"en": "Fetch"}, "price_minor": 20_000}
    )
    week = {str(day): [["09:00", "13:00"], ["16:00", "20:00"]] for day in (0, 1, 2, 3, 5, 6)}
    terms = {"name": {"en": f"Kiosk {code}"}, "address": {"en": "Vakil"}, "week": week, **terms}
    point = PickupPoint.objects.create(option=option, code=code, city=city, region=region, **terms)
    stamp_shop()
    return point
