"""What the simulated carriers told of a parcel on its way: events that fit what became of it."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

from vafa.delivery.actions.tracking import TrackingRow
from vafa.demo.carriers import BIKE, SHOP_ONLY_CITY
from vafa.demo.simulation import SimulatedOrder
from vafa.engine.parcel_state import Status

SOURCE = "simulated"
HOUR = timedelta(hours=1)
TROUBLE = {
    "strike": (Status.DELIVERY_DELAYED, "force_majeure"),
    "snow": (Status.DELIVERY_DELAYED, "weather_delay"),
    "peak": (Status.DELIVERY_DELAYED, "carrier_capacity_exceeded"),
}


def journey(of: SimulatedOrder, until: datetime) -> list[TrackingRow]:
    """The scans of one parcel up to `until`, by its number always the same; none before it was handed over.

    No scan says that the carrier had it before, or that it arrived earlier, than the simulation does.
    """
    if of.handed_over_at is None:
        return []
    told = [(of.handed_over_at, Status.PICKED_UP, "", SHOP_ONLY_CITY)]
    if of.carrier == BIKE.name:
        told.append((of.handed_over_at + HOUR / 6, Status.OUT_FOR_DELIVERY, "", of.city.name))
    else:
        told += _on_the_road(of, of.handed_over_at, random.Random(of.number))  # noqa: S311 - no secret
    end = of.delivered_at or until
    told = [each for each in told if each[0] < end]
    if of.delivered_at is not None:
        told.append((of.delivered_at, Status.DELIVERED, "", of.city.name))
    return [_row(of, *each) for each in told]


Told = tuple[datetime, Status, str, str]


def _on_the_road(of: SimulatedOrder, handed: datetime, chance: random.Random) -> list[Told]:
    told: list[Told] = [(handed + 4 * HOUR * chance.uniform(0.8, 1.6), Status.IN_TRANSIT, "", SHOP_ONLY_CITY)]
    for number, cause in enumerate(cause for cause in of.causes if cause in TROUBLE):
        status, reason = TROUBLE[cause]
        told.append((handed + (14 + 9 * number) * HOUR * chance.uniform(0.9, 1.2), status, reason, SHOP_ONLY_CITY))
    if of.city.country != "IR":
        told.append((handed + 52 * HOUR, Status.ON_HOLD, "customs_inspection", of.city.name))
    if "lost" in of.causes:
        told.append((handed + 240 * HOUR, Status.ON_HOLD, "parcel_being_researched", SHOP_ONLY_CITY))
    if of.delivered_at is None:
        return told
    if of.delivered_at - handed > 40 * HOUR:
        told.append((of.delivered_at - 12 * HOUR * chance.uniform(0.9, 1.3), Status.IN_TRANSIT, "", of.city.name))
        if chance.random() < 0.07:
            missed = of.delivered_at - 24 * HOUR
            told.append((missed - 3 * HOUR, Status.OUT_FOR_DELIVERY, "", of.city.name))
            told.append((missed, Status.DELIVERY_FAILED, "consignee_not_home", of.city.name))
    told.append((of.delivered_at - 3 * HOUR * chance.uniform(0.5, 1.3), Status.OUT_FOR_DELIVERY, "", of.city.name))
    return [each for each in told if each[0] > handed]


def _row(of: SimulatedOrder, at: datetime, status: Status, reason: str, place: str) -> TrackingRow:
    return TrackingRow(
        source=SOURCE,
        at=at.replace(microsecond=0),
        status=status,
        tracking_number=of.tracking,
        order_number=of.number,
        carrier=of.carrier,
        reason=reason,
        place=place,
    )
