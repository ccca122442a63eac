"""The first product, where there is no table of them."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.text import slugify

from vafa.catalog.actions import ProductRow, StockRow, VariantRow, record_products, set_stock
from vafa.catalog.models import Product
from vafa.connectors.actions.shelving import Shelves
from vafa.shop.queries import the_shop

MADE_BY = "first steps"
LONGEST = 60


@transaction.atomic
def sell_one(*, title: str, price_minor: int, pieces: int, at: datetime) -> str:
    """A product with one article, on the shelf for everything else; its code. Problem `bad-price`."""
    shop, shelves = the_shop(), Shelves()
    shelf = shelves.code_of([])
    shelves.remember()
    code = _free_code(title)
    article = VariantRow(code[:64], price_minor, shop.currency)
    row = ProductRow(code=code, category=shelf, title={shop.default_language: title}, variants=[article])
    record_products([row], made_by=MADE_BY, at=at)
    set_stock([StockRow(article.sku, pieces)], at=at, made_by=MADE_BY, is_trusted=True)
    return code


def _free_code(title: str) -> str:
    """Reads as the title; with a number where that is taken."""
    plain = slugify(title, allow_unicode=True)[:LONGEST].strip("-") or "product"
    taken = set(Product.objects.filter(code__startswith=plain).values_list("code", flat=True))
    return next(each for each in (plain, *(f"{plain}-{n}" for n in range(2, 100_000))) if each not in taken)
