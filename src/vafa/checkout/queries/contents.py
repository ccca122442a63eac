"""What is in a basket, at which price, and what is there of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import F, OuterRef, Subquery, Sum

from vafa.catalog.models import Picture, Price
from vafa.catalog.models.products import Texts
from vafa.catalog.queries.configurations import Made, in_words, made_of
from vafa.catalog.queries.there import makeable, taken_by, there_of
from vafa.checkout.models import Basket, BasketLine
from vafa.checkout.queries.taxes import Tax, tax_of
from vafa.shop.queries import the_shop


@dataclass(frozen=True, slots=True)
class Content:
    """One line as it costs now. `unit_minor` is what a piece costs, tax and what was chosen included: the promised
    price or the shelf's, whichever is lower; after `promised_until` the shelf's. `before_minor` is the promised one
    where the customer pays another. `pieces` are there for it, other lines of the same article apart; `picture` is a
    file's name. `choices` are those of the article and what was chosen of its product in words, `chosen` the latter in
    codes and `made_key` their name; `parts` go into a piece of it, `counted` are those of them
    that are articles, taken from their stock; `inscriptions` are what the customer wrote for it.
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
    made_key: str = ""
    parts: dict[str, int] = field(default_factory=dict)
    counted: dict[str, int] = field(default_factory=dict)
    chosen: dict[str, str] = field(default_factory=dict)
    inscriptions: dict[str, str] = field(default_factory=dict)
    is_offered: bool = True  # False: what was chosen cannot be chosen any more, and its promise is over

    @property
    def in_words(self) -> list[tuple[str | Texts, str]]:
        """The choices as people read them, each with what the customer wrote for it."""
        return list(in_words(self.choices, self.inscriptions))

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
    """What is in the basket for a delivery to `country` (default: the shop's). One query, another one where articles go
    into what is made.
    """
    currency = the_shop().currency
    if basket is None:
        return Contents((), currency)
    there = Sum(F("variant__stock__on_hand") - F("variant__stock__reserved"), default=0)
    first = Picture.objects.filter(product=OuterRef("variant__product")).order_by("position", "pk").values("file")[:1]
    rows = BasketLine.objects.filter(basket=basket).annotate(pieces=there, picture=Subquery(first))
    rows = rows.select_related("price", "variant__price", "variant__product__category").order_by("position", "pk")
    where = country or the_shop().holiday_country
    left = there_before(list(rows))
    return Contents(tuple(_content(row, where, left, at) for row in rows), currency)


def there_before(rows: Sequence[BasketLine]) -> dict[str, int]:
    """What is there of every article that the lines take, before they take it. `rows` know their own `pieces`."""
    articles = {row.variant.sku: getattr(row, "pieces", 0) for row in rows}
    parts = {sku for row in rows for sku in row.made.get("counted", {})} - articles.keys()
    return {**articles, **(there_of(parts) if parts else {})}


def made_again(row: BasketLine) -> Made | None:
    """What the line would be if it were chosen now; None where it is not made, or not in this way any more."""
    if not row.made:
        return None
    return made_of(row.variant.product.configurable, row.made["chosen"], row.made.get("inscriptions"))


def _content(row: BasketLine, country: str, left: dict[str, int], at: datetime) -> Content:
    variant = row.variant
    product = variant.product
    tax = tax_of(country, product.category.code)
    cost = _cost(row, at)
    unit, before = (tax.on(amount) for amount in (cost.holds_minor, cost.promised_minor))
    takes = taken_by(variant.sku, row.made.get("counted", {}))
    pieces = makeable(takes, left)
    for sku, each in takes.items():
        left[sku] = max(left.get(sku, 0) - each * row.quantity, 0)
    return Content(
        sku=variant.sku,
        product=product.code,
        title=product.title,
        choices={**variant.choices, **row.made.get("words", {})},
        shelf=product.category.code,
        quantity=row.quantity,
        unit_minor=unit,
        before_minor=before if before != unit else None,
        price_id=cost.price.pk,
        promised_until=row.promised_until,
        is_promised=cost.is_promised,
        tax=tax,
        pieces=pieces if product.public and variant.price is not None and cost.is_offered else 0,
        weight_g=variant.weight_g,
        volume_cm3=variant.volume_cm3,
        lead_days=product.lead_days + cost.lead_days,
        currency=cost.price.currency,
        picture=getattr(row, "picture", None) or "",
        made_key=row.made_key,
        parts=row.made.get("parts", {}),
        counted=row.made.get("counted", {}),
        chosen=row.made.get("chosen", {}),
        inscriptions=row.made.get("inscriptions", {}),
        is_offered=cost.is_offered,
    )


@dataclass(frozen=True, slots=True)
class _Cost:
    """What a piece of a line costs before any tax that is added, by which version of the price."""

    price: Price
    holds_minor: int
    promised_minor: int
    is_promised: bool
    is_offered: bool
    lead_days: int


def _cost(row: BasketLine, at: datetime) -> _Cost:
    """The promised price with what was chosen, or today's, whichever is lower; after the promise today's."""
    promised, on_shelf = row.price, row.variant.price or row.price
    today = made_again(row)
    is_promised = at < row.promised_until and promised.currency == on_shelf.currency
    said = promised.amount_minor + row.made.get("surcharge_minor", 0)
    shelf = on_shelf.amount_minor + (today or row.made).get("surcharge_minor", 0)
    keeps = is_promised and (said, -promised.version) <= (shelf, -on_shelf.version)
    return _Cost(
        price=promised if keeps else on_shelf,
        holds_minor=said if keeps else shelf,
        promised_minor=said,
        is_promised=is_promised,
        is_offered=is_promised or not row.made or today is not None,
        lead_days=(today or row.made).get("lead_days", 0),
    )
