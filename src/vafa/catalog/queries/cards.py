"""Products as they stand on a shelf."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.db.models import Q, QuerySet

from vafa.catalog.models import Picture, Product, Variant
from vafa.catalog.models.products import Configurable, Opinions, Texts
from vafa.kit.prepared import Prepared

OF_A_CARD = ("id", "code", "title", "brand__name", "opinions", "configurable")
Row = Mapping[str, Any]


HIGHEST = 480  # pixels


@dataclass(frozen=True, slots=True)
class Offer:
    """One variant as it can be bought now. `price` is the number of the price's version; 0 pieces: sold out.

    `back_on` (the shop's calendar) is when more are expected, None when nobody knows. `storehouse` is the code of the
    place that an order of it would leave from, "" where it is not known.
    """

    sku: str
    choices: dict[str, str | Texts]
    price: int
    price_minor: int
    currency: str
    weight_g: float | None
    pieces: int
    back_on: date | None
    storehouse: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture: the name of its file, what is said to who cannot see it, its size in pixels."""

    file: str
    words: Texts
    width: int
    height: int

    @property
    def large(self) -> tuple[int, int]:
        """Width and height on the product's page: no higher than most screens. A page that says them keeps the room."""
        share = min(1, HIGHEST / self.height) if self.height else 1
        return round(self.width * share), round(self.height * share)


@dataclass(frozen=True, slots=True)
class Card:
    """A product in a list, with what of it is for sale."""

    code: str
    title: Texts
    brand: Texts
    pictures: tuple[Shown, ...]
    offers: tuple[Offer, ...]
    opinions: Opinions | None = None  # None: nobody said anything yet
    is_configurable: bool = False  # something of it is chosen on its page
    has_surcharges: bool = False  # some of which costs more

    @property
    def picture(self) -> Shown | None:
        return self.pictures[0] if self.pictures else None

    @property
    def cheapest(self) -> Offer | None:
        """The lowest price of what is there; of all where nothing is."""
        there = [offer for offer in self.offers if offer.pieces]
        return min(there or self.offers, key=lambda offer: offer.price_minor, default=None)

    @property
    def stars(self) -> float | None:
        """The mean of the stars that buyers gave; None where nobody gave any."""
        said = self.opinions
        return said["stars"] / said["count"] if said and said["count"] else None

    @property
    def has_several_prices(self) -> bool:
        """The lowest is the cheapest offer's: what is chosen from the start costs nothing more."""
        return self.has_surcharges or len({offer.price_minor for offer in self.offers}) > 1

    @property
    def is_there(self) -> bool:
        return any(offer.pieces for offer in self.offers)

    @property
    def back_on(self) -> date | None:
        """The first day on which some of it is expected."""
        return min((offer.back_on for offer in self.offers if offer.back_on), default=None)


def cards(codes: Sequence[str]) -> list[Card]:
    """The products with these codes in this order; those that are gone or not public are left out. Three queries."""
    rows = [dict(zip(OF_A_CARD, row, strict=True)) for row in _BY_CODES.rows(codes)]
    found = {card.code: card for card in cards_of(rows).values()}
    return [found[code] for code in codes if code in found]


def first_pictures(codes: Collection[str]) -> dict[str, Shown]:
    """The picture on the card of each product that has one and is public, by its code. One query."""
    rows = Picture.objects.filter(product__in=shown_products().filter(code__in=codes)).order_by("-position", "-pk")
    fields = ("product__code", "file", "words", "width", "height")
    return {code: Shown(*shown) for code, *shown in rows.values_list(*fields)}


def shown_products() -> QuerySet[Product]:
    """What customers may see."""
    return Product.objects.filter(public=True)


def cards_of(rows: Iterable[Row]) -> dict[int, Card]:
    """The cards of products by their numbers, from rows with at least the values OF_A_CARD. Two queries."""
    return cards_and_parts(rows, ())[0]


def cards_and_parts(rows: Iterable[Row], parts: Collection[str]) -> tuple[dict[int, Card], dict[str, int]]:
    """As `cards_of`, and how many free pieces of these other articles are there. The same two queries.

    Rows instead of models: a page holds two dozen products with all their variants, and Django spends several times as
    long on making models as on reading them.
    """
    products = {row["id"]: row for row in rows}
    (offers, there), pictures = _offers(products, parts), _pictures(products)
    found = {
        number: Card(
            code=row["code"],
            title=row["title"],
            brand=row["brand__name"] or {},
            pictures=tuple(pictures.get(number, ())),
            offers=tuple(offers.get(number, ())),
            opinions=row["opinions"],
            is_configurable=bool(row["configurable"]),
            has_surcharges=_has_surcharges(row["configurable"]),
        )
        for number, row in products.items()
    }
    return found, there


def _pictures(products: Iterable[int]) -> dict[int, list[Shown]]:
    found: dict[int, list[Shown]] = defaultdict(list)
    for product, *shown in _PICTURES.rows(list(products)):
        found[product].append(Shown(*shown))
    return dict(found)


def _offers(products: Collection[int], parts: Collection[str]) -> tuple[dict[int, list[Offer]], dict[str, int]]:
    """What is for sale of the products, and the free pieces of the parts. One plain join, added up here: grouping it in
    the database cost several times as much.
    """
    found: dict[int, list[Offer]] = defaultdict(list)
    free: dict[str, int] = {}
    numbers = list(products)
    rows = _OFFERS_AND_PARTS.rows(numbers, sorted(parts)) if parts else _OFFERS.rows(numbers)
    for (product, sku, choices, price, *said), lots in groupby(rows, _its_own):
        there = [lot[-len(_OF_A_LOT) :] for lot in lots]
        left = [(on_hand - reserved, code) for on_hand, reserved, _day, code in there if on_hand is not None]
        back_on = min((day for _on_hand, _reserved, day, _code in there if day), default=None)
        leaves = next((code for pieces, code in left if pieces > 0), None)  # in the order in which `reserve` takes
        pieces = sum(pieces for pieces, _code in left)
        if sku in parts:
            free[sku] = pieces
        if product in products and price is not None:
            offer = [sku, choices, price, *said, pieces, back_on, leaves or ""]
            found[product].append(Offer(*offer))
    return dict(found), free


_OF_AN_OFFER = (
    "product_id", "sku", "choices", "price_id", "price__amount_minor", "price__currency", "weight_g",
)  # fmt: skip
_OF_A_LOT = ("stock__on_hand", "stock__reserved", "stock__back_on", "stock__storehouse__place__code")
_BY_CODES = Prepared(lambda codes: shown_products().filter(code__in=codes).values_list(*OF_A_CARD))
_PICTURES = Prepared(
    lambda products: (
        Picture.objects.filter(product__in=products)
        .order_by("position", "pk")
        .values_list("product_id", "file", "words", "width", "height")
    )
)
_OFFERS = Prepared(
    lambda products: (
        Variant.objects.filter(product__in=products, price__isnull=False)
        .order_by("position", "pk", "stock__pk")
        .values_list(*_OF_AN_OFFER, *_OF_A_LOT)
    )
)
_OFFERS_AND_PARTS = Prepared(
    lambda products, parts: (
        Variant.objects.filter(Q(product__in=products, price__isnull=False) | Q(sku__in=parts))
        .order_by("position", "pk", "stock__pk")
        .values_list(*_OF_AN_OFFER, *_OF_A_LOT)
    )
)


def _its_own(row: tuple[Any, ...]) -> tuple[Any, ...]:
    return row[: len(_OF_AN_OFFER)]


def _has_surcharges(of: Configurable | None) -> bool:
    return of is not None and any(value["surcharge_minor"] for option in of["options"] for value in option["values"])
