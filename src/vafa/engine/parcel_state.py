"""Where a parcel is, from everything carriers ever told of it.

The vocabulary is the open one of the karrio project: twelve statuses, and reasons whose first word says on whose side
the cause lies. What a parcel's scans amount to depends on the set of them alone: in which order they came, and how
often, changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Status(StrEnum):
    """What a carrier says of a parcel at one moment."""

    PENDING = "pending"
    UNKNOWN = "unknown"
    PICKED_UP = "picked_up"
    IN_TRANSIT = "in_transit"
    ON_HOLD = "on_hold"
    DELIVERY_DELAYED = "delivery_delayed"
    OUT_FOR_DELIVERY = "out_for_delivery"
    READY_FOR_PICKUP = "ready_for_pickup"
    DELIVERY_FAILED = "delivery_failed"
    RETURN_TO_SENDER = "return_to_sender"
    CANCELLED = "cancelled"
    DELIVERED = "delivered"


# of two scans of one moment the one that stands further down tells more
RANK = {status: rank for rank, status in enumerate(Status)}
# who says one of these has the parcel in his hands
HAS_IT = frozenset(
    {
        Status.PICKED_UP,
        Status.IN_TRANSIT,
        Status.OUT_FOR_DELIVERY,
        Status.READY_FOR_PICKUP,
        Status.DELIVERY_FAILED,
    }
)

FAMILIES = ("carrier", "retailer", "consignee", "customs", "weather", "other")
REASONS: dict[str, str] = {
    "carrier_damaged_parcel": "carrier",
    "carrier_sorting_error": "carrier",
    "carrier_address_not_found": "carrier",
    "carrier_parcel_lost": "carrier",
    "carrier_not_enough_time": "carrier",
    "carrier_vehicle_issue": "carrier",
    "carrier_capacity_exceeded": "carrier",
    "carrier_mechanical_delay": "carrier",
    "retailer_cancelled": "retailer",
    "retailer_incorrect_data": "retailer",
    "retailer_not_ready": "retailer",
    "retailer_incorrect_parcel": "retailer",
    "retailer_incorrect_dimensions": "retailer",
    "retailer_packaging_issue": "retailer",
    "consignee_refused": "consignee",
    "consignee_business_closed": "consignee",
    "consignee_not_available": "consignee",
    "consignee_not_home": "consignee",
    "consignee_cancelled": "consignee",
    "consignee_verification_failed": "consignee",
    "consignee_incorrect_address": "consignee",
    "consignee_access_restricted": "consignee",
    "consignee_safe_place_unavailable": "consignee",
    "customs_delay": "customs",
    "customs_documentation": "customs",
    "customs_duties_unpaid": "customs",
    "customs_prohibited": "customs",
    "customs_inspection": "customs",
    "weather_delay": "weather",
    "natural_disaster": "weather",
    "force_majeure": "other",
    "parcel_being_researched": "other",
    "security_issue": "other",
    "regulatory_hold": "other",
}


@dataclass(frozen=True, slots=True)
class Scan:
    """One thing told of a parcel: what, when (aware), and why ("" or a key of `REASONS`)."""

    at: datetime
    status: Status
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ParcelState:
    """What the scans of one parcel amount to. Times are those of scans; None where no scan tells.

    `handed_over_at`: since when the carrier has it. `delivered_at`: when it reached the customer. `last_seen_at`: the
    last time anybody saw it.
    """

    status: Status = Status.PENDING
    reason: str = ""
    handed_over_at: datetime | None = None
    delivered_at: datetime | None = None
    last_seen_at: datetime | None = None

    @property
    def is_under_way(self) -> bool:
        """Whether it ever left the shop: a label alone is no parcel."""
        known = self.handed_over_at or self.delivered_at
        return known is not None or self.status is Status.RETURN_TO_SENDER


def state_of(scans: Iterable[Scan]) -> ParcelState:
    """What the set of scans amounts to.

    The earliest delivery counts, but none after the way back began: that is the sender's own door. The status is that
    of the last scan that tells anything; after the delivery only the way back changes it.
    """
    told = sorted(set(scans), key=lambda scan: (scan.at, RANK[scan.status], scan.reason))
    delivered_at = _delivered_at(told)
    last = _last(told, delivered_at)
    handed = (scan.at for scan in told if scan.status in HAS_IT and (delivered_at is None or scan.at <= delivered_at))
    seen = [scan.at for scan in told if scan.status is not Status.PENDING]
    return ParcelState(
        status=last.status if last else Status.UNKNOWN if seen else Status.PENDING,
        reason=last.reason if last else "",
        handed_over_at=next(handed, None),
        delivered_at=delivered_at,
        last_seen_at=max(seen, default=None),
    )


def _delivered_at(told: list[Scan]) -> datetime | None:
    for scan in told:
        if scan.status is Status.RETURN_TO_SENDER:
            return None
        if scan.status is Status.DELIVERED:
            return scan.at
    return None


def _last(told: list[Scan], delivered_at: datetime | None) -> Scan | None:
    """The scan that gives the parcel its status."""
    returning = [scan for scan in told if scan.status is Status.RETURN_TO_SENDER]
    if returning:
        return returning[-1]
    if delivered_at is not None:
        return next(scan for scan in told if scan.status is Status.DELIVERED)
    moving = [scan for scan in told if scan.status not in {Status.PENDING, Status.UNKNOWN}]
    waiting = [scan for scan in told if scan.status is Status.PENDING]
    return moving[-1] if moving else waiting[-1] if waiting else None


def order_delivered_at(parcels: Iterable[ParcelState]) -> datetime | None:
    """When an order had arrived: with the last of its parcels that left the shop; None while one is under way."""
    arrived = [parcel.delivered_at for parcel in parcels if parcel.is_under_way]
    known = [moment for moment in arrived if moment is not None]
    return max(known, default=None) if len(known) == len(arrived) else None
