"""Which orders were taken under a price, and what each answer costs."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, QuerySet

from vafa.catalog.models import Price
from vafa.fulfilment.amounts import share
from vafa.fulfilment.models import Answer, WrongPrice, WrongPriceOrder
from vafa.orders.models import Order, OrderLine

MOST_VERSIONS = 20


@dataclass(frozen=True, slots=True)
class Version:
    """A version of an article's price, and how many orders were taken under it."""

    price: Price
    orders: int


@dataclass(frozen=True, slots=True)
class Taken:
    """An order under a price: pieces that can still be cancelled, and those that have left. Amounts in minor units."""

    order: Order
    waiting: dict[int, int]  # by line
    left: int
    paid_minor: int  # for a piece

    @property
    def still(self) -> int:
        return sum(self.waiting.values())

    @property
    def pieces(self) -> int:
        return self.still + self.left

    def honouring(self, right_minor: int) -> int:
        """What is lost where all of it goes out for what was said."""
        return max(0, right_minor - self.paid_minor) * self.pieces

    def cancelling(self, right_minor: int, percent: int) -> int:
        """What the voucher costs, and what is lost on the pieces that have left already."""
        return self.voucher(right_minor, percent) + max(0, right_minor - self.paid_minor) * self.left

    def voucher(self, right_minor: int, percent: int) -> int:
        """Its worth: so many percent of the right price of the pieces that do not come."""
        return share(right_minor * self.still, percent, 100)


def taken_under(price: Price, order: Order | None = None) -> list[Taken]:
    """The orders that stand, the oldest first (or only this one). Two queries."""
    lines = OrderLine.objects.filter(price=price, order__cancelled=False).order_by("order__placed_at", "order", "pk")
    if order is not None:
        lines = lines.filter(order=order)
    found: dict[int, list[OrderLine]] = defaultdict(list)
    for line in lines.select_related("order"):
        if line.wanted:
            found[line.order_id].append(line)
    return [_taken(of_order) for of_order in found.values()]


def _taken(lines: list[OrderLine]) -> Taken:
    waiting = {line.pk: line.to_pack for line in lines if line.to_pack}
    pieces = sum(line.wanted for line in lines)
    return Taken(lines[0].order, waiting, pieces - sum(waiting.values()), lines[0].unit_minor)


def versions_of(sku: str) -> list[Version]:
    """The last versions of an article's price, the newest first."""
    prices = list(Price.objects.filter(variant__sku=sku).select_related("variant").order_by("-version")[:MOST_VERSIONS])
    rows = OrderLine.objects.filter(price__in=prices, order__cancelled=False).values("price").order_by()
    many = dict(rows.annotate(many=Count("order", distinct=True)).values_list("price", "many"))
    return [Version(price, many.get(price.pk, 0)) for price in prices]


def price_by(number: int) -> Price | None:
    """The version of this number."""
    return Price.objects.select_related("variant__product", "variant__price").filter(pk=number).first()


def cases() -> QuerySet[WrongPrice]:
    """The newest first."""
    return WrongPrice.objects.select_related("price__variant__product").order_by("-pk")


def case_by(public_id: UUID) -> WrongPrice | None:
    """The one of this number."""
    return cases().filter(public_id=public_id).first()


def settled_orders(case: WrongPrice) -> QuerySet[WrongPriceOrder]:
    """What became of each order, in the order in which they came."""
    return case.orders.select_related("order").order_by("order__placed_at", "pk")


def waiting_orders() -> QuerySet[WrongPriceOrder]:
    """Those decided but not settled yet."""
    return WrongPriceOrder.objects.filter(settled_at__isnull=True).exclude(case__answer=Answer.OPEN).order_by("pk")
