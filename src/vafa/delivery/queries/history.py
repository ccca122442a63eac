"""The shop's past as the engine wants it: orders, what became of their parcels, and what had been promised."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from babel.numbers import get_currency_precision
from django.db.models import FilteredRelation, Q, QuerySet

from vafa.delivery.kinds import DELIVERY
from vafa.delivery.models import Parcel
from vafa.delivery.queries.options import default_code
from vafa.delivery.queries.tracking import known_state
from vafa.engine.folding import fold
from vafa.engine.history import History, Place, Shipment
from vafa.engine.parcel_state import ParcelState, order_delivered_at
from vafa.orders.models import Order, Review
from vafa.promises.models import Direction, Promise, State
from vafa.shop.models import Shop
from vafa.shop.queries import first_names, the_shop, whole_places

ORDER_FIELDS = (
    "number",
    "placed_at",
    "place_id",
    "seller__code",
    "seller__place_id",
    "option",
    "category",
    "payment",
    "items",
    "price_minor",
    "freight_minor",
    "currency",
    "weight_g",
    "volume_cm3",
    "cancelled",
    "cancelled_at",
    "first__carrier",
    "first__handed_over_at",
    "first__delivered_at",
)
MOST_PROMISES = 20_000
NEWEST, MOST_PAYMENTS = 500, 20
UNPLACED = Place(code="")


def history(*, newest: int | None = None) -> History:
    """Every order with what became of it and the date first promised; only the `newest` orders, without promises, where
    given.

    Orders without an option went by the shop's first one. Prices are in whole units of the shop's currency.
    """
    shop = the_shop()
    return History.of(shipments(shop, newest=newest), shop.zone)


def shipments(shop: Shop, *, newest: int | None = None) -> Iterator[Shipment]:
    """The facts of each order, newest first."""
    places, promised, further = whole_places(), {} if newest else _first_promises(), further_parcels()
    standard, currency = default_code(), shop.currency
    rows = with_first_parcel().order_by("-placed_at", "-id").values_list(*ORDER_FIELDS)
    for row in rows[:newest].iterator(chunk_size=5000) if newest else rows.iterator(chunk_size=5000):
        shipment = shipment_of(row, places, promised, standard, currency)
        yield _with_further(shipment, further[row[0]]) if row[0] in further else shipment


def with_first_parcel() -> QuerySet[Order]:
    """Every order once, its first parcel beside it as `first`."""
    return Order.objects.annotate(first=FilteredRelation("parcels", condition=Q(parcels__position=0)))


def further_parcels() -> dict[str, list[ParcelState]]:
    """Order number to what is known of its parcels beyond the first; few orders have any."""
    found: dict[str, list[ParcelState]] = {}
    for parcel in Parcel.objects.filter(position__gt=0).select_related("order").iterator(chunk_size=5000):
        found.setdefault(parcel.order.number, []).append(known_state(parcel))
    return found


def _with_further(shipment: Shipment, others: list[ParcelState]) -> Shipment:
    first = ParcelState(handed_over_at=shipment.handed_over_at, delivered_at=shipment.delivered_at)
    handed_over_at, delivered_at = moments_of_order([first, *others])
    return replace(shipment, handed_over_at=handed_over_at, delivered_at=delivered_at)


def moments_of_order(parcels: Sequence[ParcelState]) -> tuple[datetime | None, datetime | None]:
    """An order is handed over with the first of its parcels, and has arrived with the last one that left the shop."""
    handed = [state.handed_over_at for state in parcels if state.handed_over_at]
    return min(handed, default=None), order_delivered_at(parcels)


def shipment_of(
    row: tuple[Any, ...], places: dict[int, Place], promised: dict[str, date], standard: str, currency: str
) -> Shipment:
    """The facts in one row of ORDER_FIELDS; `standard` is the option of orders that name none."""
    (number, placed_at, place, seller, seller_place, option, category, payment, items, price, freight) = row[:11]
    (paid_in, weight_g, volume_cm3, cancelled, cancelled_at, carrier, handed_over_at, delivered_at) = row[11:]
    unit = units(paid_in or currency)
    return Shipment(
        number=number,
        placed_at=placed_at,
        destination=places.get(place, UNPLACED),
        seller=seller or "",
        origin=places.get(seller_place),
        option=option or standard,
        carrier=carrier or "",
        price=None if price is None else price / unit,
        freight=None if freight is None else freight / unit,
        weight_g=weight_g,
        volume_cm3=volume_cm3,
        items=items,
        category=category,
        payment=payment,
        handed_over_at=handed_over_at,
        delivered_at=delivered_at,
        closed_at=cancelled_at,
        cancelled=cancelled,
        promised_on=promised.get(number),
    )


_UNITS: dict[str, float] = {}


def units(currency: str) -> float:
    """How many minor units make one unit of the currency; 100 where the currency is not known."""
    if currency not in _UNITS:
        _UNITS[currency] = float(10 ** get_currency_precision(currency or "USD"))
    return _UNITS[currency]


def _first_promises() -> dict[str, date]:
    """Order number to the day first promised to its customer."""
    first = Promise.objects.filter(
        kind=DELIVERY.name, subject_type="order", direction=Direction.TO_CUSTOMER, root__isnull=True
    )
    return dict(first.values_list("subject_ref", "due_on").iterator(chunk_size=5000))


def kept_promises() -> list[tuple[str, str, bool]]:
    """(city, region, kept) of the newest settled promises that were made from quotes, the newest last."""
    settled = Promise.objects.filter(
        kind=DELIVERY.name, origin="quote", root__isnull=True, state__in=[State.KEPT, State.BROKEN]
    )
    rows = settled.order_by("-due_on", "-pk").values_list("place", "region", "state")[:MOST_PROMISES]
    cities, regions = first_names("city"), first_names("region")
    return [
        (cities.first(place), regions.first(region), state == State.KEPT) for place, region, state in reversed(rows)
    ]


def payments() -> list[str]:
    """How the newest orders were paid, in the shop's own words, the most usual first; spellings of one are one."""
    newest = Order.objects.order_by("-placed_at").values_list("payment", flat=True)[:NEWEST]
    spelled: dict[str, Counter[str]] = {}
    for name in filter(None, newest):
        spelled.setdefault(fold(name), Counter())[name] += 1
    usual = sorted(spelled.values(), key=lambda names: (-names.total(), min(names)))
    return [names.most_common(1)[0][0] for names in usual[:MOST_PAYMENTS]]


def last_fact() -> datetime | None:
    """The newest thing known of any order or parcel, aware UTC; None without orders."""
    placed = Order.objects.order_by("-placed_at").values_list("placed_at", flat=True).first()
    arrived = (
        Parcel.objects.filter(delivered_at__isnull=False)
        .order_by("-delivered_at")
        .values_list("delivered_at", flat=True)
        .first()
    )
    known = [moment for moment in (placed, arrived) if moment is not None]
    return max(known, default=None)


def stars() -> dict[str, int]:
    """Order number to the stars its buyer gave, 1 to 5."""
    return dict(Review.objects.values_list("order__number", "stars").iterator(chunk_size=5000))
