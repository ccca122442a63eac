"""The list of orders: any number of them, turned page by page in both directions, steady while new ones come in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from vafa.delivery.queries.watching import promises_at_risk
from vafa.fulfilment.queries.money import unpaid_numbers
from vafa.fulfilment.queries.stops import held_numbers
from vafa.orders.models import Order, Stage

PAGE = 40
MOST_COUNTED = 1000
WORKING = [Stage.TO_PACK, Stage.PART]
TABS = ("to_pack", "packed", "sent", "late", "held", "unpaid", "arrived", "cancelled", "all")
COUNTED = ("to_pack", "packed", "late", "held", "unpaid")  # those that are short in a shop that works
BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)


def orders_in(tab: str) -> QuerySet[Order]:
    """The orders of one tab; every tab is read from an index."""
    found = Order.objects.all()
    if tab == "all":
        return found
    if tab == "cancelled":
        return found.filter(cancelled=True)
    found = found.filter(cancelled=False)
    waits = Q(number__in=unpaid_numbers().values("order_ref"))
    held = Q(number__in=held_numbers().values("order_number"))
    if tab == "to_pack":
        return found.filter(stage__in=WORKING).exclude(waits).exclude(held)
    if tab == "held":
        return found.filter(held)
    if tab == "late":
        return found.filter(number__in=promises_at_risk().order_by().values("promise__subject_ref"))
    return found.filter(waits) if tab == "unpaid" else found.filter(stage=tab)


def counts() -> dict[str, int]:
    """How many orders the short tabs hold, counted up to a thousand."""
    return {tab: orders_in(tab).order_by()[:MOST_COUNTED].count() for tab in COUNTED}


def narrowed(found: QuerySet[Order], wanted: Mapping[str, Any]) -> QuerySet[Order]:
    """By `option` (code), `places` (primary keys), `since` and `until` (aware, until is not included)."""
    names = {"option": "option", "places": "place__in", "since": "placed_at__gte", "until": "placed_at__lt"}
    return found.filter(**{name: wanted[key] for key, name in names.items() if wanted.get(key) not in (None, "")})


@dataclass(frozen=True)
class Cursor:
    """Where a page begins: after the order of that moment and primary key, towards older or newer ones."""

    at: datetime
    pk: int
    newer: bool = False

    def __str__(self) -> str:
        micros = (self.at - BEGINNING) // timedelta(microseconds=1)
        return f"{'n' if self.newer else 'o'}{micros}-{self.pk}"

    @classmethod
    def read(cls, text: str) -> Cursor | None:
        """What `str` wrote; None for anything else."""
        said = re.fullmatch(r"([no])(\d{1,17})-(\d{1,18})", text, re.ASCII)
        if said is None:
            return None
        return cls(BEGINNING + timedelta(microseconds=int(said[2])), int(said[3]), said[1] == "n")


@dataclass(frozen=True)
class Page:
    """Orders, the newest first, and where the pages beside it begin."""

    orders: list[Order]
    newer: Cursor | None
    older: Cursor | None


def page_of(found: QuerySet[Order], cursor: Cursor | None, size: int = PAGE) -> Page:
    """The page at the cursor, the first one without; one query."""
    newer = cursor is not None and cursor.newer
    if cursor is not None:
        at, pk = cursor.at, cursor.pk
        beyond = (
            Q(placed_at__gte=at) & (Q(placed_at__gt=at) | Q(pk__gt=pk))
            if newer
            else Q(placed_at__lte=at) & (Q(placed_at__lt=at) | Q(pk__lt=pk))
        )
        found = found.filter(beyond)
    ordered = found.order_by("placed_at", "pk") if newer else found.order_by("-placed_at", "-pk")
    rows = list(ordered.select_related("place")[: size + 1])
    more, rows = len(rows) > size, rows[:size]
    rows = rows[::-1] if newer else rows
    has_newer, has_older = (more, True) if newer else (cursor is not None, more)
    return Page(
        rows,
        Cursor(rows[0].placed_at, rows[0].pk, newer=True) if rows and has_newer else None,
        Cursor(rows[-1].placed_at, rows[-1].pk) if rows and has_older else None,
    )
