"""Products as the index knows them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from vafa.catalog.models import Product
from vafa.catalog.models.products import Texts
from vafa.catalog.queries.cards import card_of, shown_products
from vafa.catalog.queries.shelves import Shelf, shelves
from vafa.catalog.search.documents import Entry

AT_ONCE = 500


def entries(codes: Sequence[str]) -> list[Entry]:
    """What is to be found of these products; nothing of those that are gone or not public. Four queries."""
    tree = shelves()
    products = shown_products().select_related("category", "brand").filter(code__in=codes)
    return [_entry(product, tree) for product in products]


def all_entries() -> Iterator[Entry]:
    """Every product that customers may see, some hundred read at a time."""
    codes = Product.objects.filter(public=True).order_by("pk").values_list("code", flat=True).iterator()
    while chunk := list(islice(codes, AT_ONCE)):
        yield from entries(chunk)


def _entry(product: Product, tree: Mapping[str, Shelf]) -> Entry:
    card, path = card_of(product), tree[product.category.code].path
    cheapest = card.cheapest
    return Entry(
        code=card.code,
        names=tuple(card.title.values()),
        brand=product.brand.code if product.brand else "",
        brand_names=tuple(card.brand.values()),
        shelves=path,
        shelf_names=tuple(name for code in path for name in tree[code].name.values()),
        sheet=tuple(_words(value) for value in product.specifications.values()),
        text=tuple(product.description.values()),
        price_minor=cheapest.price_minor if cheapest else None,
        there=card.is_there,
        added=int(product.added_at.timestamp()),
    )


def _words(value: str | Texts) -> str:
    return value if isinstance(value, str) else " ".join(value.values())
