"""A question to the delivery room, checked: from where, to where, what, when."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from vafa.kit.problems import Problem

PAST_SKEW = timedelta(minutes=10)  # clocks of two machines may differ by so much
FUTURE = timedelta(days=180)
MOST_WEIGHT_G = 1_000_000_000.0
MOST_MINOR = 2**53  # beyond it JSON readers lose digits
MOST_ITEMS = 100_000
MOST_LEAD = 365
LONGEST = 120


@dataclass(frozen=True)
class Asked:
    """What somebody wants to know.

    `to` and `origin` are codes (postal code, or its prefix as the shop keeps it) or city names; an empty `origin` is
    the seller's place. `options` are codes, empty: all active ones. `price_minor` is in minor units of the shop's
    currency. `payment` is how it would be paid and `segment` the group of the customer, both in the shop's own
    words. `at` is when the order would be placed, aware; None is now. `caution` overrides the shop's own. `lead_days`
    are working days to make or to get the goods before they are packed, and nothing is packed before `ready_at` (a
    check that holds the order); None: at once.
    """

    to: str
    origin: str = ""
    options: tuple[str, ...] = ()
    weight_g: float | None = None
    volume_cm3: float | None = None
    price_minor: int | None = None
    items: int = 1
    seller: str = ""
    category: str = ""
    payment: str = ""
    segment: str = ""
    at: datetime | None = None
    caution: float | None = None
    lead_days: int = 0
    ready_at: datetime | None = None


def require_sane(asked: Asked, now: datetime, *, past_allowed: bool = False) -> datetime:
    """The moment of the question, aware. A Problem that names the field where something cannot be.

    `past_allowed` is for a look back from the command line, where the facts after that moment are hidden.
    """
    for field, text in (
        ("to", asked.to),
        ("from", asked.origin),
        ("seller", asked.seller),
        ("category", asked.category),
        ("payment", asked.payment),
        ("segment", asked.segment),
    ):
        _require_text(field, text)
    if not asked.to.strip():
        raise Problem("missing", _("Say where it goes: a postal code or a city."), status=422, field="to")
    _require_number("weight_g", asked.weight_g, MOST_WEIGHT_G)
    _require_number("volume_cm3", asked.volume_cm3, MOST_WEIGHT_G)
    _require_number("price_minor", asked.price_minor, MOST_MINOR)
    if not 1 <= asked.items <= MOST_ITEMS:
        raise Problem("out-of-range", _("The number of items is at least 1."), status=422, field="items")
    if not 0 <= asked.lead_days <= MOST_LEAD:
        raise Problem("out-of-range", _("The lead time is at most a year."), status=422, field="lead_days")
    if asked.caution is not None and not 0.5 <= asked.caution <= 0.999:
        raise Problem("out-of-range", _("Caution lies between 0.5 and 0.999."), status=422, field="caution")
    return _moment(asked.at, now, past_allowed=past_allowed)


def _require_text(field: str, text: str) -> None:
    if len(text) > LONGEST:
        raise Problem("too-long", _("This text is too long."), status=422, field=field)
    if "\x00" in text:
        raise Problem("bad-text", _("This text holds a character that no name has."), status=422, field=field)


def _require_number(field: str, value: float | None, most: float) -> None:
    if value is None:
        return
    if not math.isfinite(value) or value > most:
        raise Problem("out-of-range", _("This number is too large."), status=422, field=field)
    if value < 0:
        raise Problem("below-zero", _("This number cannot be below zero."), status=422, field=field)


def _moment(at: datetime | None, now: datetime, *, past_allowed: bool) -> datetime:
    if at is None:
        return now
    if at.tzinfo is None:
        raise Problem(
            "no-zone", _("Give the time with its zone, for example 2026-05-01T10:00:00Z."), status=422, field="at"
        )
    if at < now - PAST_SKEW and not past_allowed:
        raise Problem("date-in-past", _("This time is in the past."), status=422, field="at")
    if at > now + FUTURE:
        raise Problem(
            "date-too-far", _("This time is too far in the future; at most 180 days ahead."), status=422, field="at"
        )
    return at
