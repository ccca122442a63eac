"""Past orders of one place, option or product group, as columns for the engine."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
from django.db.models import QuerySet

from vafa.delivery.kinds import DELIVERY
from vafa.delivery.queries.history import further_parcels, last_fact, moments_of_order, with_first_parcel
from vafa.delivery.queries.options import default_code
from vafa.engine.ability import Deliveries
from vafa.engine.folding import fold
from vafa.engine.local_days import FloatArray
from vafa.engine.parcel_state import ParcelState
from vafa.orders.models import Order
from vafa.promises.models import Direction, Promise
from vafa.shop.queries import regions_called, spellings_of, the_shop

FIELDS = (
    "number", "customer_ref", "placed_at", "first__handed_over_at", "first__delivered_at", "first__carrier",
    "price_minor", "freight_minor", "currency",
)  # fmt: skip
MOST_ORDERS = 200_000  # the newest; more would say the same more slowly


@dataclass(frozen=True)
class Where:
    """Which orders. Empty words mean all; places and regions are the same in whatever script."""

    place: str = ""
    region: str = ""
    option: str = ""
    product_group: str = ""


@dataclass(frozen=True, eq=False)
class PastOrders:
    """Columns in the order of placement. Amounts are in minor units of the shop's currency, nan where not known (or in
    another). Cancelled orders are left out.
    """

    numbers: Sequence[str]
    customers: Sequence[str]
    carriers: Sequence[str]
    deliveries: Deliveries
    price: FloatArray
    freight: FloatArray

    def __len__(self) -> int:
        return len(self.numbers)


def past_orders(where: Where, since: datetime, until: datetime) -> PastOrders:
    """The orders placed from `since` on and before `until` (aware), with what was known of them at `until`."""
    shop = the_shop()
    found = _orders(where, since, until).order_by("-placed_at", "-pk")
    rows = _whole(list(found.values_list(*FIELDS)[:MOST_ORDERS])[::-1])
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(FIELDS)
    numbers, customers, placed, handed, delivered, carriers, price, freight, paid_in = columns
    ours = np.array([currency in {"", shop.currency} for currency in paid_in], dtype=np.bool_)
    deliveries = Deliveries(
        placed=_moments(placed, until),
        handed=_moments(handed, until),
        delivered=_moments(delivered, until),
        now=until.timestamp(),
        zone=shop.zone,
    )
    amounts = [np.where(ours, _numbers(column), np.nan) for column in (price, freight)]
    named = [carrier or "" for carrier in carriers]
    return PastOrders(list(numbers), list(customers), named, deliveries, *amounts)


def _whole(rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Orders of several parcels with the moments of all of them."""
    further = further_parcels()
    if not further:
        return rows
    return [_joined(row, further[row[0]]) if row[0] in further else row for row in rows]


def _joined(row: tuple[Any, ...], others: list[ParcelState]) -> tuple[Any, ...]:
    first = ParcelState(handed_over_at=row[3], delivered_at=row[4])
    return (*row[:3], *moments_of_order([first, *others]), *row[5:])


def newest_fact() -> datetime | None:
    """The moment of the newest fact known of any order; checks look back from it, not from now."""
    return last_fact()


def promised_days(orders: PastOrders) -> FloatArray:
    """For each order the calendar days from its placement to the day first promised, nan where nothing was."""
    wanted = set(orders.numbers)
    first = Promise.objects.filter(
        kind=DELIVERY.name, subject_type="order", direction=Direction.TO_CUSTOMER, root__isnull=True
    )
    epoch = np.datetime64("1970-01-01")
    due = {
        number: float((np.datetime64(day) - epoch).astype(int))
        for number, day in first.order_by("-pk").values_list("subject_ref", "due_on").iterator(chunk_size=5000)
        if number in wanted
    }
    return np.array([due.get(number, np.nan) for number in orders.numbers]) - orders.deliveries.day


def _orders(where: Where, since: datetime, until: datetime) -> QuerySet[Order]:
    found = with_first_parcel().filter(cancelled=False, placed_at__gte=since, placed_at__lt=until)
    if where.place:
        found = found.filter(place__city_folded__in=spellings_of(where.place))
    if where.region:
        found = found.filter(place__region__in=regions_called(where.region))
    if where.option:
        codes = [where.option, ""] if where.option == default_code() else [where.option]
        found = found.filter(option__in=codes)
    if where.product_group:
        groups = Order.objects.order_by().values_list("category", flat=True).distinct()
        found = found.filter(category__in=[each for each in groups if fold(each) == fold(where.product_group)])
    return found


def _moments(values: Sequence[datetime | None], until: datetime) -> FloatArray:
    return np.array([np.nan if value is None or value > until else value.timestamp() for value in values], dtype=float)


def _numbers(values: Sequence[int | None]) -> FloatArray:
    return np.array([np.nan if value is None else value for value in values], dtype=float)
