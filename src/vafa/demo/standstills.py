"""A simulated carrier stands still because somebody pressed the button: what that does to its parcels. Pure.

Every parcel of the carrier loses the same time, from the moment both it and the standstill are there until the end.
So what was told before stays, and what would have come comes later, always the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from vafa.delivery.actions.tracking import TrackingRow
from vafa.demo.carriers import SHOP_ONLY_CITY
from vafa.demo.events import Year
from vafa.demo.journeys import SOURCE, journey
from vafa.demo.simulation import ZONE, SimulatedOrder
from vafa.engine.parcel_state import Status

DAY = timedelta(days=1)
REASON = "carrier_capacity_exceeded"
NEVER = datetime(9000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Standstill:
    """Nothing of `carrier` moves from `begins_at` until `ends_at` (aware)."""

    carrier: str
    begins_at: datetime
    ends_at: datetime


@dataclass(frozen=True)
class Story:
    """One order with all that becomes of it, and all that its carrier will tell."""

    order: SimulatedOrder
    told: tuple[TrackingRow, ...]

    @property
    def ends_at(self) -> datetime:
        """The last moment anything happens to it; never for a parcel that got lost."""
        of = self.order
        moments = [at for at in (of.placed_at, of.cancelled_at, of.delivered_at, of.reviewed_at) if at]
        return max(moments) if of.cancelled_at or of.delivered_at else NEVER

    def told_until(self, until: datetime) -> list[TrackingRow]:
        return [row for row in self.told if row.at < until]


def story(of: SimulatedOrder, standstills: Iterable[Standstill], year: Year) -> Story:
    """What becomes of the order when its carrier stands still at these times (in the order of their beginning)."""
    so_far = Story(of, tuple(journey(of, NEVER)))
    for standstill in standstills:
        so_far = _held_up(so_far, standstill, year)
    return so_far


def _held_up(before: Story, standstill: Standstill, year: Year) -> Story:
    of = before.order
    lost = standstill.ends_at - max(standstill.begins_at, of.placed_at)
    is_over = of.delivered_at is not None and of.delivered_at < standstill.begins_at
    if of.carrier != standstill.carrier or of.handed_over_at is None or is_over or lost <= timedelta(0):
        return before
    wait = _to_a_working_day(of.delivered_at, timedelta(days=-(-lost // DAY)), year)

    def moved(at: datetime) -> datetime:
        return at if at < standstill.begins_at else at + wait

    order = replace(
        of,
        handed_over_at=moved(of.handed_over_at),
        delivered_at=of.delivered_at and moved(of.delivered_at),
        reviewed_at=of.reviewed_at and moved(of.reviewed_at),
        stars=of.stars and max(1, of.stars - wait.days // 2),
    )
    told = [replace(row, at=moved(row.at)) for row in before.told]
    return Story(order, (*told, *_excuse(of, standstill)))


def _to_a_working_day(delivered_at: datetime | None, wait: timedelta, year: Year) -> timedelta:
    """Nobody delivers on a Friday, after a standstill neither."""
    while delivered_at is not None and not year.carriers_work(_day(delivered_at + wait)):
        wait += DAY
    return wait


def _excuse(of: SimulatedOrder, standstill: Standstill) -> list[TrackingRow]:
    """What the carrier says of each parcel that it has, or was to fetch, when it stops."""
    begins = standstill.begins_at.replace(microsecond=0)
    if of.handed_over_at is None or of.placed_at >= begins:
        return []
    return [
        TrackingRow(
            source=SOURCE,
            at=begins,
            status=Status.DELIVERY_DELAYED,
            tracking_number=of.tracking,
            order_number=of.number,
            carrier=of.carrier,
            reason=REASON,
            place=SHOP_ONLY_CITY if of.handed_over_at < begins else "",
        )
    ]


def _day(moment: datetime) -> date:
    return moment.astimezone(ZONE).date()
