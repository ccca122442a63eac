"""Things by name: a small bookshop."""

from __future__ import annotations

from datetime import UTC, datetime

from vafa.catalog.actions import (
    CategoryRow,
    ProductRow,
    StockRow,
    VariantRow,
    keep_picture,
    record_products,
    remember_brands,
    remember_categories,
    set_stock,
)
from vafa.catalog.actions.options import OptionTerms, ValueTerms, keep_option, keep_rule
from vafa.catalog.models import Option, Product
from vafa.engine.configuring import Tie

AT = datetime(2026, 5, 2, 8, tzinfo=UTC)
BINDING = {"code": "binding", "name": {"fa": "جلد", "en": "Binding"}, "unit": "", "facet": True}


def shelves() -> None:
    """Books with poetry and novels below them, phones; and two who made what lies there."""
    remember_categories(
        [
            CategoryRow("books", {"fa": "کتاب", "ar": "كتب", "en": "Books"}, specifications=[BINDING]),
            CategoryRow("poetry", {"fa": "شعر", "en": "Poetry"}, parent="books", specifications=[BINDING]),
            CategoryRow("novels", {"fa": "رمان", "en": "Novels"}, parent="books"),
            CategoryRow("phones", {"fa": "گوشی", "en": "Phones"}),
        ]
    )
    remember_brands({"hafez": {"fa": "حافظ", "en": "Hafez"}, "saadi": {"fa": "سعدی", "en": "Saadi"}})


def book(code: str = "divan", price: int | None = 5_600_000, pieces: int = 3, **terms) -> str:
    """A book with one variant, as many pieces of it as are said; its code."""
    row = {
        "title": {"fa": "دیوان حافظ", "en": "Divan of Hafez"},
        "category": "poetry",
        "brand": "hafez",
        "variants": [VariantRow(f"{code}-1", price, "IRR", weight_g=620)],
        **terms,
    }
    record_products([ProductRow(code=code, **row)], made_by="test", at=AT)
    if pieces:
        set_stock([StockRow(variant.sku, pieces) for variant in row["variants"]], at=AT)
    return code


def drawing(
    inside: str = '<rect width="30" height="42" fill="#0e7c7b"/>', sized: str = 'width="30" height="42"'
) -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg" {sized}>{inside}</svg>'.encode()


def a_picture() -> str:
    """A drawing that is kept; the name of its file."""
    return keep_picture(drawing(), words={"en": "Green"}).file


def a_bookcase(at: datetime = AT) -> str:
    """A bookcase to be made: a size, a wood, doors of glass that need a hard wood, a lamp that the small one cannot
    have; its code.
    """
    book("bookcase", 90_000_000, title={"en": "Bookcase"}, category="books", brand="")
    product = Product.objects.get(code="bookcase")
    size = option(product, "Size", ValueTerms({"en": "Small"}), ValueTerms({"en": "Large"}, 20_000_000, 2), needed=True)
    wood = option(
        product, "Wood", ValueTerms({"en": "Pine"}), ValueTerms({"en": "Oak"}, 30_000_000, 3, {"oak board": 6}),
        needed=True,
    )  # fmt: skip
    doors = option(product, "Doors", ValueTerms({"en": "Glass"}, 9_000_000, 1, {"pane": 2, "hinge": 4}))
    light = option(product, "Light", ValueTerms({"en": "Lamp"}, 4_000_000))
    (glass,), (lamp,) = doors.values.all(), light.values.all()
    small, oak = size.values.get(code="v1"), wood.values.get(code="v2")
    keep_rule(product, glass, oak, Tie.REQUIRES, {"en": "Pine would bend under it."}, at=at)
    keep_rule(product, small, lamp, Tie.EXCLUDES, {}, at=at)
    return "bookcase"


def option(product: Product, name: str, *values: ValueTerms, needed: bool = False) -> Option:
    return keep_option(product, OptionTerms({"en": name}, values, needed), by="test", at=AT)[0]
