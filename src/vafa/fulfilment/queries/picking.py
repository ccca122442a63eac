"""What must be taken off the shelves, for which orders, the most urgent first."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.db.models import F, OuterRef, Subquery

from vafa.catalog.models import Variant
from vafa.catalog.models.products import Texts
from vafa.catalog.queries import reserved_places
from vafa.catalog.queries.configurations import in_words
from vafa.delivery.kinds import DELIVERY
from vafa.fulfilment.queries.listing import orders_in
from vafa.orders.models import Order, OrderLine
from vafa.promises.models import Promise, State

MOST_ORDERS = 60


@dataclass
class ToPick:
    """Pieces of one article, made in one way, from one storehouse, for these orders; `parts` go into each piece."""

    sku: str
    title: Any
    choices: Any
    parts: dict[str, int] = field(default_factory=dict)
    inscriptions: dict[str, str] = field(default_factory=dict)
    pieces: int = 0
    due_at: datetime | None = None
    orders: list[str] = field(default_factory=list)

    @property
    def in_words(self) -> list[tuple[str | Texts, str]]:
        """What was chosen, each with what the customer wrote for it."""
        return list(in_words(self.choices, self.inscriptions))


@dataclass
class Walk:
    """One storehouse: what to take there, the most urgent first. No storehouse: where it lies is not known."""

    storehouse: Any
    articles: list[ToPick]

    @property
    def pieces(self) -> int:
        return sum(each.pieces for each in self.articles)


def orders_to_pick(option: str = "", limit: int = MOST_ORDERS) -> list[Order]:
    """Orders of which something is to pack (`due_at`: the promised moment), what must arrive first is first."""
    due = Promise.objects.filter(
        kind=DELIVERY.name, state=State.OPEN, subject_type="order", subject_ref=OuterRef("number")
    )
    found = orders_in("to_pack").annotate(
        due_at=Subquery(due.values("due_at")[:1]), due_on=Subquery(due.values("due_on")[:1])
    )
    found = found.filter(option=option) if option else found
    ordered = found.order_by(F("due_at").asc(nulls_last=True), "placed_at", "pk").select_related("place")
    return list(ordered.prefetch_related("lines")[:limit])


def walks_for(orders: Sequence[Order]) -> list[Walk]:
    """The articles of these orders by storehouse, those that go into what is made included."""
    wanted = [(order, each) for order in orders for line in order.lines.all() if line.to_pack for each in _asked(line)]
    names = _names({each.row.sku for _order, each in wanted if not each.row.title})
    left = {sku: [[house, held] for house, held in held_by] for sku, held_by in
            reserved_places(each.row.sku for _order, each in wanted).items()}  # fmt: skip
    found: dict[Any, dict[str, ToPick]] = defaultdict(dict)
    for order, each in wanted:
        for house, pieces in _take(left.get(each.row.sku, []), each.pieces):
            row = found[house].setdefault(each.way, replace(each.row, orders=[]))
            row.title = row.title or names.get(row.sku, {})
            row.pieces += pieces
            row.orders.append(order.number)
            row.due_at = row.due_at or getattr(order, "due_at", None)
    return [Walk(house, list(articles.values())) for house, articles in sorted(found.items(), key=_last_unknown)]


@dataclass(frozen=True)
class _Asked:
    """Pieces that a line asks for: its own, or those of an article that goes into them."""

    row: ToPick
    pieces: int

    @property
    def way(self) -> str:
        return self.row.sku + json.dumps([self.row.choices, self.row.inscriptions], sort_keys=True)


def _asked(line: OrderLine) -> Iterator[_Asked]:
    yield _Asked(ToPick(line.sku, line.title, line.choices, line.parts, line.inscriptions), line.to_pack)
    for sku, each in line.counted.items():
        yield _Asked(ToPick(sku, {}, {}), each * line.to_pack)


def _names(skus: set[str]) -> dict[str, Texts]:
    rows = Variant.objects.filter(sku__in=skus) if skus else Variant.objects.none()
    return dict(rows.values_list("sku", "product__title"))


def _take(shelves: list[list[Any]], wanted: int) -> list[tuple[Any, int]]:
    taken = []
    for shelf in shelves:
        part = min(wanted, shelf[1])
        if part:
            shelf[1] -= part
            wanted -= part
            taken.append((shelf[0], part))
    return [*taken, (None, wanted)] if wanted else taken


def _last_unknown(pair: tuple[Any, Any]) -> tuple[bool, int]:
    return (pair[0] is None, pair[0].pk if pair[0] else 0)
