"""Tracking numbers as people and programs write them."""

from __future__ import annotations

import unicodedata
from datetime import datetime, timedelta

MOST = 64
# Carriers use their numbers again. A parcel owns what is told of its number from a day before its order until then.
OWNS_BEFORE, OWNS_AFTER = timedelta(days=1), timedelta(days=180)


def number_key(text: str) -> str:
    """The number by which events find their parcel: without blanks and dashes, capitals, Latin digits; "" for none."""
    plain = unicodedata.normalize("NFKC", text)
    kept = (str(unicodedata.digit(sign)) if sign.isdigit() else sign for sign in plain if sign.isalnum())
    return "".join(kept).upper()[:MOST]


def owns(placed_at: datetime, told_at: datetime) -> bool:
    """Whether what was told of a number at `told_at` is about the parcel of an order of `placed_at`."""
    return placed_at - OWNS_BEFORE <= told_at <= placed_at + OWNS_AFTER
