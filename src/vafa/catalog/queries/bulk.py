"""Bulk edits, and what one of them would do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from vafa.catalog.bulk_terms import BulkTerms
from vafa.catalog.models import BulkEdit, Product, Variant
from vafa.catalog.queries.lines import narrowed

SHOWN = 50


@dataclass(frozen=True, slots=True)
class NewPrice:
    """An article that would cost something else."""

    variant: Variant
    minor: int

    @property
    def share(self) -> float:
        """By how much dearer, as a share of one."""
        return self.minor / self.variant.price.amount_minor - 1 if self.variant.price else 0.0


def edits() -> QuerySet[BulkEdit]:
    """The newest first, without what they say."""
    return BulkEdit.objects.defer("terms").order_by("-pk")


def edit_by(public_id: UUID) -> BulkEdit | None:
    """The one of this number."""
    return BulkEdit.objects.filter(public_id=public_id).first()


def chosen_variants(terms: BulkTerms) -> QuerySet[Variant]:
    """The articles with a price in the edit's currency that it is about, with product and price."""
    priced = Variant.objects.filter(price__currency=terms.currency).select_related("price", "product")
    if terms.way == "table":
        return priced.filter(sku__in=list(terms.rows))
    products = narrowed(Product.objects.all(), words=terms.words, shelf=terms.shelf, most=None)
    if terms.brand:
        products = products.filter(brand__code=terms.brand)
    return priced.filter(product__in=products)


def new_prices(terms: BulkTerms) -> list[NewPrice]:
    """What would change, the largest steps first."""
    found = [
        NewPrice(each, terms.price_after(each.sku, each.price.amount_minor))
        for each in chosen_variants(terms)
        if each.price is not None
    ]
    changed = [each for each in found if each.variant.price and each.minor != each.variant.price.amount_minor]
    return sorted(changed, key=lambda each: -abs(each.share))


def unknown_articles(terms: BulkTerms) -> Sequence[str]:
    """Of a table: the articles that the shop does not have, or not with a price in this currency."""
    if terms.way != "table":
        return ()
    known = set(chosen_variants(terms).values_list("sku", flat=True))
    return [sku for sku in terms.rows if sku not in known]
