"""What is in a basket, at which price, and what is there of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, OuterRef, Subquery, Sum

from vafa.catalog.models import Picture
from vafa.catalog.models.products import Texts
from vafa.checkout.models import Basket, BasketLine
from vafa.checkout.queries.taxes import Tax, tax_of
from vafa.checkout.sums import with_tax
from vafa.shop.queries import the_shop


@dataclass(frozen=True, slots=True)
class Content:
    """One line as it costs now. `unit_minor` is what a piece costs, tax included: the promised price or the shelf's,
    whichever is lower; after `promised_until` the shelf's. `before_minor` is the promised one where the customer pays
    another. `pieces` are there of it; `picture` is a file's name.
    """

    sku: str
    product: str
    title: Texts
    choices: dict[str, str | Texts]
    shelf: str
    quantity: int
    unit_minor: int
    before_minor: int | None
    price_id: int
    promised_until: datetime
    is_promised: bool
    tax: Tax
    pieces: int
    weight_g: float | None
    volume_cm3: float | None
    lead_days: int
    currency: str
    picture: str = ""

    @property
    def amount_minor(self) -> int:
        return self.unit_minor * self.quantity

    @property
    def is_short(self) -> bool:
        """Whether fewer are there than are wanted."""
        return self.pieces < self.quantity

    @property
    def is_dearer(self) -> bool:
        """Whether the time of the promised price is over and the shelf asks for more now."""
        return self.before_minor is not None and self.before_minor < self.unit_minor

    @property
    def is_cheaper(self) -> bool:
        """Whether the shelf asks for less than was promised."""
        return self.before_minor is not None and self.before_minor > self.unit_minor


@dataclass(frozen=True, slots=True)
class Contents:
    """A basket's lines in the order in which they came in."""

    lines: tuple[Content, ...]
    currency: str

    @property
    def goods_minor(self) -> int:
        return sum(line.amount_minor for line in self.lines)

    @property
    def items(self) -> int:
        return sum(line.quantity for line in self.lines)

    @property
    def short(self) -> list[Content]:
        return [line for line in self.lines if line.is_short]

    @property
    def weight_g(self) -> float | None:
        """None where one of them is not known."""
        weights = [line.weight_g for line in self.lines]
        if any(weight is None for weight in weights):
            return None
        return sum((line.weight_g or 0) * line.quantity for line in self.lines)

    @property
    def lead_days(self) -> int:
        return max((line.lead_days for line in self.lines), default=0)

    @property
    def category(self) -> str:
        """The shelf where all are of one, else ""."""
        shelves = {line.shelf for line in self.lines}
        return shelves.pop() if len(shelves) == 1 else ""

    @property
    def promised_until(self) -> datetime | None:
        """The moment until which all promised prices hold."""
        return min((line.promised_until for line in self.lines if line.is_promised), default=None)


def contents(basket: Basket | None, *, country: str = "", at: datetime) -> Contents:
    """What is in the basket for a delivery to `country` (default: the shop's). One query."""
    currency = the_shop().currency
    if basket is None:
        return Contents((), currency)
    there = Sum(F("variant__stock__on_hand") - F("variant__stock__reserved"), default=0)
    first = Picture.objects.filter(product=OuterRef("variant__product")).order_by("position", "pk").values("file")[:1]
    rows = BasketLine.objects.filter(basket=basket).annotate(pieces=there, picture=Subquery(first))
    rows = rows.select_related("price", "variant__price", "variant__product__category").order_by("position", "pk")
    where = country or the_shop().holiday_country
    return Contents(tuple(_content(row, where, at) for row in rows), currency)


def _content(row: BasketLine, country: str, at: datetime) -> Content:
    variant, promised = row.variant, row.price
    product = variant.product
    is_for_sale = product.public and variant.price is not None
    on_shelf = variant.price or promised
    tax = tax_of(country, product.category.code)
    is_promised = at < row.promised_until and promised.currency == on_shelf.currency
    holds = min(promised, on_shelf, key=lambda price: (price.amount_minor, -price.version)) if is_promised else on_shelf
    unit, before = (
        price.amount_minor if tax.contained else with_tax(price.amount_minor, tax.bp) for price in (holds, promised)
    )
    return Content(
        sku=variant.sku,
        product=product.code,
        title=product.title,
        choices=variant.choices,
        shelf=product.category.code,
        quantity=row.quantity,
        unit_minor=unit,
        before_minor=before if before != unit else None,
        price_id=holds.pk,
        promised_until=row.promised_until,
        is_promised=is_promised,
        tax=tax,
        pieces=getattr(row, "pieces", 0) if is_for_sale else 0,
        weight_g=variant.weight_g,
        volume_cm3=variant.volume_cm3,
        lead_days=product.lead_days,
        currency=on_shelf.currency,
        picture=getattr(row, "picture", None) or "",
    )
