"""Products as they stand on a shelf."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Min, Prefetch, QuerySet, Sum

from vafa.catalog.models import Picture, Product, Variant
from vafa.catalog.models.products import Texts


@dataclass(frozen=True, slots=True)
class Offer:
    """One variant as it can be bought now. `price` is the number of the price's version; 0 pieces: sold out.

    `back_on` (the shop's calendar) is when more are expected, None when nobody knows.
    """

    sku: str
    choices: dict[str, str]
    price: int
    price_minor: int
    currency: str
    pieces: int
    back_on: date | None


@dataclass(frozen=True, slots=True)
class Card:
    """A product in a list, with what of it is for sale."""

    code: str
    title: Texts
    brand: Texts
    picture: Picture | None
    offers: tuple[Offer, ...]

    @property
    def cheapest(self) -> Offer | None:
        """The lowest price of what is there; of all where nothing is."""
        there = [offer for offer in self.offers if offer.pieces]
        return min(there or self.offers, key=lambda offer: offer.price_minor, default=None)

    @property
    def has_several_prices(self) -> bool:
        return len({offer.price_minor for offer in self.offers}) > 1

    @property
    def is_there(self) -> bool:
        return any(offer.pieces for offer in self.offers)

    @property
    def back_on(self) -> date | None:
        """The first day on which some of it is expected."""
        return min((offer.back_on for offer in self.offers if offer.back_on), default=None)


def cards(codes: Sequence[str]) -> list[Card]:
    """The products with these codes in this order; those that are gone or not public are left out. Three queries."""
    found = {product.code: card_of(product) for product in shown_products().filter(code__in=codes)}
    return [found[code] for code in codes if code in found]


def shown_products() -> QuerySet[Product]:
    """What customers may see, with what cards need."""
    return (
        Product.objects.filter(public=True)
        .select_related("brand")
        .prefetch_related(Prefetch("variants", for_sale()), Prefetch("pictures", Picture.objects.order_by("position")))
    )


def for_sale() -> QuerySet[Variant]:
    """Variants with a price, with `pieces` there and `back_on`."""
    there = Sum(F("stock__on_hand") - F("stock__reserved"), default=0)
    return (
        Variant.objects.filter(price__isnull=False)
        .select_related("price")
        .annotate(pieces=there, back_on=Min("stock__back_on"))
        .order_by("position", "pk")
    )


def card_of(product: Product) -> Card:
    """The card of a product read by `shown_products`."""
    pictures = list(product.pictures.all())
    return Card(
        code=product.code,
        title=product.title,
        brand=product.brand.name if product.brand else {},
        picture=pictures[0] if pictures else None,
        offers=tuple(_offer(variant) for variant in product.variants.all()),
    )


def _offer(variant: Variant) -> Offer:
    price = variant.price
    if price is None:
        raise ValueError(f"{variant.sku} has no price")
    return Offer(
        sku=variant.sku,
        choices=variant.choices,
        price=price.pk,
        price_minor=price.amount_minor,
        currency=price.currency,
        pieces=getattr(variant, "pieces", 0),
        back_on=getattr(variant, "back_on", None),
    )
