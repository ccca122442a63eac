"""A shop's order history as columns of numbers, and what of it is known at a moment."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime

import numpy as np
from numpy.typing import NDArray

from vafa.engine.folding import fold
from vafa.engine.local_days import day_number, seconds

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
TextArray = NDArray[np.object_]


@dataclass(frozen=True)
class Place:
    """Where a parcel goes or comes from: postal code, city, region, country, degrees north and east."""

    code: str
    city: str = ""
    region: str = ""
    country: str = ""
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True)
class Shipment:
    """One order's facts. All times are aware; None = not known or has not happened.

    `price` and `freight` are in the shop's currency, `closed_at` is when a cancelled order left the
    risk set, `promised_on` is the shop's own promise: it is compared with, never learned from. `payment` is
    how it was to be paid, in the shop's own words; spellings of the same words are one.
    """

    number: str
    placed_at: datetime
    destination: Place
    seller: str = ""
    origin: Place | None = None
    option: str = ""
    carrier: str = ""
    price: float | None = None
    freight: float | None = None
    weight_g: float | None = None
    volume_cm3: float | None = None
    items: int = 1
    category: str = ""
    payment: str = ""
    handed_over_at: datetime | None = None
    delivered_at: datetime | None = None
    closed_at: datetime | None = None
    cancelled: bool = False
    promised_on: date | None = None


@dataclass(frozen=True)
class Question:
    """When will it arrive? Everything known about a parcel at the moment `asked_at`.

    At checkout `placed_at` is None. For a parcel on its way `placed_at` is set, and `handed_over_at`
    once the carrier has it.
    """

    asked_at: datetime
    destination: Place
    origin: Place | None = None
    seller: str = ""
    option: str = ""
    carrier: str = ""
    price: float | None = None
    freight: float | None = None
    weight_g: float | None = None
    volume_cm3: float | None = None
    items: int = 1
    category: str = ""
    payment: str = ""
    placed_at: datetime | None = None
    handed_over_at: datetime | None = None


@dataclass(frozen=True, eq=False)
class Facts:
    """What is known about n parcels when they are asked about: one array of shape (n,) per fact.

    Numbers are nan where unknown, texts are empty. `asked` is in seconds since 1970 UTC.
    """

    asked: FloatArray
    destination_code: TextArray
    destination_city: TextArray
    destination_region: TextArray
    latitude: FloatArray
    longitude: FloatArray
    origin_code: TextArray
    origin_city: TextArray
    origin_region: TextArray
    origin_latitude: FloatArray
    origin_longitude: FloatArray
    seller: TextArray
    option: TextArray
    carrier: TextArray
    category: TextArray
    payment: TextArray
    price: FloatArray
    freight: FloatArray
    weight_g: FloatArray
    volume_cm3: FloatArray
    items: FloatArray

    def __len__(self) -> int:
        return len(self.asked)

    def take(self, rows: NDArray[np.int64] | NDArray[np.bool_]) -> Facts:
        """The same facts for some of the parcels."""
        return Facts(**{each.name: getattr(self, each.name)[rows] for each in fields(self)})

    def destination(self, row: int) -> Place:
        """Where the parcel of this row goes."""
        return _place(
            self.destination_code[row],
            self.destination_city[row],
            self.destination_region[row],
            self.latitude[row],
            self.longitude[row],
        )

    def origin(self, row: int) -> Place:
        """Where the parcel of this row comes from; a place without a name where that is not known."""
        return _place(
            self.origin_code[row],
            self.origin_city[row],
            self.origin_region[row],
            self.origin_latitude[row],
            self.origin_longitude[row],
        )

    @classmethod
    def of(cls, sources: Sequence[Question] | Sequence[Shipment]) -> Facts:
        """Columns from questions (asked at `asked_at`) or from shipments (asked when placed)."""
        places = [source.destination for source in sources]
        origins = [source.origin or NOWHERE for source in sources]
        moments = [s.asked_at if isinstance(s, Question) else s.placed_at for s in sources]
        return cls(
            asked=np.array([seconds(moment) for moment in moments], dtype=np.float64),
            destination_code=_texts([p.code for p in places]),
            destination_city=_texts([p.city for p in places]),
            destination_region=_texts([p.region or p.country for p in places]),
            latitude=_numbers([p.latitude for p in places]),
            longitude=_numbers([p.longitude for p in places]),
            origin_code=_texts([p.code for p in origins]),
            origin_city=_texts([p.city for p in origins]),
            origin_region=_texts([p.region or p.country for p in origins]),
            origin_latitude=_numbers([p.latitude for p in origins]),
            origin_longitude=_numbers([p.longitude for p in origins]),
            seller=_texts([s.seller for s in sources]),
            option=_texts([s.option for s in sources]),
            carrier=_texts([s.carrier for s in sources]),
            category=_texts([s.category for s in sources]),
            payment=_texts([fold(s.payment) for s in sources]),
            price=_numbers([s.price for s in sources]),
            freight=_numbers([s.freight for s in sources]),
            weight_g=_numbers([s.weight_g for s in sources]),
            volume_cm3=_numbers([s.volume_cm3 for s in sources]),
            items=_numbers([s.items for s in sources]),
        )


NOWHERE = Place(code="")


def _place(code: object, city: object, region: object, latitude: float, longitude: float) -> Place:
    north, east = (float(degrees) if np.isfinite(degrees) else None for degrees in (latitude, longitude))
    return Place(str(code), str(city), str(region), latitude=north, longitude=east)


def _texts(values: Sequence[str]) -> TextArray:
    column = np.empty(len(values), dtype=object)
    column[:] = values
    return column


def _numbers(values: Sequence[float | None]) -> FloatArray:
    return np.array([np.nan if value is None else value for value in values], dtype=np.float64)


def _moments(values: Sequence[datetime | None]) -> FloatArray:
    return np.array([np.nan if value is None else seconds(value) for value in values], dtype=np.float64)


@dataclass(frozen=True, eq=False)
class History:
    """Past orders in the order of placement, as columns; times in seconds since 1970 UTC, nan = not yet.

    `zone` is the shop's time zone: days are its calendar days. `promised` holds days since 1970-01-01,
    nan where the shop promised nothing.
    """

    zone: str
    numbers: TextArray
    facts: Facts
    handed: FloatArray
    delivered: FloatArray
    closed: FloatArray
    cancelled: NDArray[np.bool_]
    promised: FloatArray

    def __len__(self) -> int:
        return len(self.numbers)

    @property
    def placed(self) -> FloatArray:
        """When each order was placed, seconds since 1970 UTC, non-decreasing."""
        return self.facts.asked

    @property
    def last_fact(self) -> float:
        """The latest time anything is known of, seconds since 1970 UTC; -inf without orders."""
        times = np.concatenate([self.placed, self.handed, self.delivered, self.closed])
        known = times[np.isfinite(times)]
        return float(known.max()) if known.size else -np.inf

    @classmethod
    def of(cls, shipments: Iterable[Shipment], zone: str) -> History:
        """The history of `shipments`, sorted by placement (then number); ValueError on a naive time."""
        rows = sorted(shipments, key=lambda each: (seconds(each.placed_at), each.number))
        promised = [None if row.promised_on is None else day_number(row.promised_on) for row in rows]
        return cls(
            zone=zone,
            numbers=_texts([row.number for row in rows]),
            facts=Facts.of(rows),
            handed=_moments([row.handed_over_at for row in rows]),
            delivered=_moments([row.delivered_at for row in rows]),
            closed=_moments([row.closed_at for row in rows]),
            cancelled=np.array([row.cancelled for row in rows], dtype=np.bool_),
            promised=_numbers(promised),
        )

    def until(self, moment: datetime) -> History:
        """What was known at `moment`: later orders are gone, later facts of earlier ones are hidden.

        A cancellation whose time is not recorded counts as not known.
        """
        return self.until_seconds(seconds(moment))

    def until_seconds(self, at: float) -> History:
        """As `until`, with the moment in seconds since 1970 UTC."""
        rows = np.flatnonzero(self.placed < at)
        kept = self.take(rows)
        closed = _hide(kept.closed, at)
        return replace(
            kept,
            handed=_hide(kept.handed, at),
            delivered=_hide(kept.delivered, at),
            closed=closed,
            cancelled=kept.cancelled & np.isfinite(closed),
        )

    def take(self, rows: NDArray[np.int64] | NDArray[np.bool_]) -> History:
        """Some of the orders; `rows` must keep their order."""
        return History(
            zone=self.zone,
            numbers=self.numbers[rows],
            facts=self.facts.take(rows),
            handed=self.handed[rows],
            delivered=self.delivered[rows],
            closed=self.closed[rows],
            cancelled=self.cancelled[rows],
            promised=self.promised[rows],
        )


def _hide(times: FloatArray, at: float) -> FloatArray:
    return np.where(times < at, times, np.nan)
