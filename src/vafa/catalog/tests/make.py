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
