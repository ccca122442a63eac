"""Products as the staff edits them, public or not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet

from vafa.catalog.models import Brand, Category, Price, Product, Stock, Storehouse, Variant
from vafa.catalog.models.products import SpecificationTerms
from vafa.kit.formats import text_in


def terms_of_product(product: Product) -> dict[str, object]:
    """What can be edited of it, as it is."""
    names = ("title", "category_id", "brand_id", "description", "specifications", "lead_days", "public")
    return {name: getattr(product, name) for name in names}


def terms_of_variant(variant: Variant) -> dict[str, object]:
    """What can be edited of an article, as it is; read it with its `price`."""
    names = ("sku", "choices", "weight_g", "cost_minor")
    price = variant.price and (variant.price.amount_minor, variant.price.currency)
    return {**{name: getattr(variant, name) for name in names}, "price": price}


def count_of_stock(variant: Variant) -> dict[str, object]:
    """{storehouse: pieces and day} as the staff counts them."""
    rows = Stock.objects.filter(variant=variant).order_by("storehouse__code")
    return {code: [pieces, day] for code, pieces, day in rows.values_list("storehouse__code", "on_hand", "back_on")}


def product_to_edit(code: str) -> Product | None:
    """The one of this code, with its shelf and brand."""
    if "\x00" in code:  # PostgreSQL takes no such text
        return None
    return Product.objects.select_related("category", "brand").filter(code=code).first()


def variant_to_edit(number: int) -> Variant | None:
    """The article of this number, with its price and product."""
    return Variant.objects.select_related("price", "product__category").filter(pk=number).first()


@dataclass(frozen=True, slots=True)
class Article:
    """An article in the list of its product."""

    variant: Variant
    choices: str
    free: int
    back_on: date | None


def articles_of(product: Product) -> list[Article]:
    """What of it can be bought, in its order. Two queries."""
    rows = product.variants.select_related("price").prefetch_related("stock")
    return [
        Article(
            each,
            ", ".join(text_in(value) for value in each.choices.values()),
            sum(pile.on_hand - pile.reserved for pile in each.stock.all()),
            min((pile.back_on for pile in each.stock.all() if pile.back_on), default=None),
        )
        for each in rows
    ]


def choice_lines(product: Product) -> list[SpecificationTerms]:
    """The lines of the data sheet by which its articles differ, or may: offered as a condition, or used already."""
    used = {code for choices in product.variants.values_list("choices", flat=True) for code in choices}
    return [line for line in product.category.specifications if line["facet"] or line["code"] in used]


def prices_of(variant: Variant, most: int = 12) -> list[Price]:
    """What it cost, the newest version first."""
    return list(variant.prices.order_by("-version")[:most])


def brands() -> QuerySet[Brand]:
    """All of them in the order of their codes."""
    return Brand.objects.annotate(many=Count("products")).order_by("code")


def storehouses() -> QuerySet[Storehouse]:
    """All of them in the order of their codes."""
    return Storehouse.objects.select_related("place").order_by("code")


def categories() -> QuerySet[Category]:
    """All of them in the shop's order."""
    return Category.objects.select_related("parent").annotate(many=Count("products")).order_by("position", "code")
