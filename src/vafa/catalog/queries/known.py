"""What is known already of products, shelves and brands that somebody tells of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from vafa.catalog.models import Brand, Product, Variant
from vafa.catalog.models.products import Texts


@dataclass(frozen=True, slots=True)
class KnownProduct:
    """A product, public or not: its texts and the code of its shelf."""

    category: str
    title: Texts
    description: Texts


def known_products(codes: Sequence[str]) -> dict[str, KnownProduct]:
    """Those of these products that there are, by their codes."""
    rows = Product.objects.filter(code__in=codes).values_list("code", "category__code", "title", "description")
    return {code: KnownProduct(category, title, description) for code, category, title, description in rows}


def products_of_articles(skus: Sequence[str]) -> dict[str, str]:
    """{article: code of its product} of those of these articles that there are."""
    return dict(Variant.objects.filter(sku__in=skus).values_list("sku", "product__code"))


def brand_names() -> dict[str, Texts]:
    """{code: names} of every brand."""
    return dict(Brand.objects.values_list("code", "name"))
