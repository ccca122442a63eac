"""What every kind of export is turned into before anything is written."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from vafa.engine.history import Place


@dataclass(slots=True)
class OrderFacts:
    """One order. Times are aware UTC, `promised_on` is a day in the source's zone, None and "" mean "not said".

    `promise_text` is what the customer had read ("3-5 days"), where the file has it. `email` and `phone` are as they
    were written.
    """

    number: str
    placed_at: datetime
    line: int
    place: Place | None = None
    seller: str = ""
    origin: Place | None = None
    customer_ref: str = ""
    option: str = ""
    category: str = ""
    payment: str = ""
    carrier: str = ""
    tracking_number: str = ""
    items: int | None = None
    price_minor: int | None = None
    freight_minor: int | None = None
    currency: str = ""
    weight_g: float | None = None
    volume_cm3: float | None = None
    handed_over_at: datetime | None = None
    delivered_at: datetime | None = None
    promised_on: date | None = None
    promise_text: str = ""
    cancelled: bool | None = None
    cancelled_at: datetime | None = None
    stars: int | None = None
    reviewed_at: datetime | None = None
    buyer_name: str = ""
    email: str = ""
    phone: str = ""
    wants_offers: bool | None = None

    @property
    def last_fact(self) -> datetime:
        """The newest thing known of this order."""
        known = (self.placed_at, self.handed_over_at, self.delivered_at, self.cancelled_at)
        return max(moment for moment in known if moment is not None)


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row, or one value of a row, that could not be used. `code` is a key of `reasons.SENTENCES`."""

    file: str
    line: int
    code: str
    number: str = ""
    field: str = ""
    value: str = ""
    whole_row: bool = True


Reject = Callable[[Rejected], None]


class Source(Protocol):
    """An export that can be read again and again, each time with the same result.

    `tells_delivery`: the file has a place for dates of delivery, so that their absence means something.
    """

    name: str
    zone: str
    currency: str
    country: str
    tells_delivery: bool

    def orders(self, reject: Reject) -> Iterator[OrderFacts]:
        """Every usable order; the rest goes to `reject`. Problem when the file as a whole cannot be used."""
        ...
