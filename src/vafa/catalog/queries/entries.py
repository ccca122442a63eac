"""Products as the index knows them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from vafa.catalog.models import Product
from vafa.catalog.models.products import Texts
from vafa.catalog.queries.cards import OF_A_CARD, Card, Row, cards_of, shown_products
from vafa.catalog.queries.shelves import Shelf, shelves
from vafa.catalog.search.documents import Entry, Feature

AT_ONCE = 500


def entries(codes: Sequence[str]) -> list[Entry]:
    """What is to be found of these products; nothing of those that are gone or not public. Four queries."""
    tree = shelves()
    of_an_entry = (
        "brand__code",
        "category__code",
        "category__specifications",
        "specifications",
        "description",
        "added_at",
    )
    rows = list(shown_products().filter(code__in=codes).values(*OF_A_CARD, *of_an_entry))
    cards = cards_of(rows)
    return [_entry(row, cards[row["id"]], tree) for row in rows]


def all_entries() -> Iterator[Entry]:
    """Every product that customers may see, some hundred read at a time."""
    codes = Product.objects.filter(public=True).order_by("pk").values_list("code", flat=True).iterator()
    while chunk := list(islice(codes, AT_ONCE)):
        yield from entries(chunk)


def _entry(row: Row, card: Card, tree: Mapping[str, Shelf]) -> Entry:
    path, cheapest = tree[row["category__code"]].path, card.cheapest
    return Entry(
        code=card.code,
        names=tuple(card.title.values()),
        brand=row["brand__code"] or "",
        brand_names=tuple(card.brand.values()),
        shelves=path,
        shelf_names=tuple(name for code in path for name in tree[code].name.values()),
        sheet=tuple(_words(value) for value in row["specifications"].values()),
        features=tuple(_features(row)),
        text=tuple(row["description"].values()),
        price_minor=cheapest.price_minor if cheapest else None,
        there=card.is_there,
        added=int(row["added_at"].timestamp()),
    )


def _features(row: Row) -> Iterator[Feature]:
    values = row["specifications"]
    for line in row["category__specifications"]:
        if line["facet"] and (value := values.get(line["code"])):
            yield Feature(line["code"], line["name"], value if isinstance(value, dict) else {"": value})


def _words(value: str | Texts) -> str:
    return value if isinstance(value, str) else " ".join(value.values())
