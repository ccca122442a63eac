"""A table of products becomes products, articles, prices and stock; shelves and brands that are not known are made.

As with orders: once through the file writes nothing but the rejects file, so that a file that turns out to be cut off
leaves no trace; the second time records it in short transactions. What a row does not say stays as it was; everything
is found again by its code, so a run that was killed is simply run again, and a second one changes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from itertools import islice
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from vafa.catalog.actions import ProductRow, StockRow, VariantRow, record_products, set_stock
from vafa.catalog.queries import KnownProduct, known_products, products_of_articles
from vafa.connectors.actions.importing import Progress
from vafa.connectors.actions.shelving import Brands, Shelves
from vafa.connectors.facts import Reject, Rejected
from vafa.connectors.goods import ProductFacts, ProductSource
from vafa.connectors.rejects import RejectsFile
from vafa.kit import clock
from vafa.kit.bulk import Recorded
from vafa.kit.formats import format_number
from vafa.kit.problems import Problem

CHUNK = 150  # products in one transaction
MADE_BY = "import"


@dataclass(frozen=True)
class GoodsOutcome:
    """What an import of products found and changed; `stock` counts articles with other stock than before."""

    articles: int
    products: Recorded = field(default_factory=Recorded)
    stock: int = 0
    shelves: int = 0
    brands: int = 0
    rows_rejected: dict[str, int] = field(default_factory=dict)
    values_rejected: dict[str, int] = field(default_factory=dict)

    @property
    def changed_nothing(self) -> bool:
        return not (self.products.created or self.products.updated or self.stock or self.shelves or self.brands)

    def as_json(self) -> dict[str, object]:
        return asdict(self)


def import_products(
    source: ProductSource, *, rejects: Path, progress: Progress | None = None, at: datetime | None = None
) -> GoodsOutcome:
    """Look through the table, then record it; the figures. Problem, and nothing written, for an unusable file."""
    tell = progress or (lambda share, note: None)
    tell(0.0, gettext_noop("Reading the file"))
    with RejectsFile(rejects, of="product") as lost:
        all_products, articles = _counted(source, lost)
        recorder = _Recorder(source.name, lost, at or clock.now())
        outcome, done = GoodsOutcome(articles), 0
        products = source.products(lambda rejected: None)  # the first reading has put it into the rejects file
        while chunk := list(islice(products, CHUNK)):
            outcome = recorder.record(chunk, outcome)
            done += len(chunk)
            tell(done / all_products, _so_far(done, all_products))
    return replace(outcome, rows_rejected=dict(lost.rows), values_rejected=dict(lost.values))


def _counted(source: ProductSource, reject: Reject) -> tuple[int, int]:
    products = articles = 0
    for facts in source.products(reject):
        products += 1
        articles += len(facts.articles)
    if not products:
        raise Problem("no-products", _("“%s” holds no product that can be used.") % source.name)
    return products, articles


def _so_far(done: int, of: int) -> str:
    return _("%(done)s of %(all)s products") % {"done": format_number(done), "all": format_number(of)}


class _Recorder:
    """Records some products at a time, each time in one transaction."""

    def __init__(self, name: str, reject: Reject, at: datetime) -> None:
        self.name, self.reject, self.at = name, reject, at

    def record(self, told: Sequence[ProductFacts], before: GoodsOutcome) -> GoodsOutcome:
        with transaction.atomic():
            known = known_products([facts.code for facts in told])
            usable = self._usable(_together(told), known)
            shelves, brands = Shelves(), Brands()
            rows = [_row(facts, known.get(facts.code), shelves, brands) for facts in usable]
            made = shelves.remember(), brands.remember()
            products = record_products(rows, made_by=MADE_BY, at=self.at)
            stock = self._count_stock(usable)
        return replace(
            before,
            products=before.products + products,
            stock=before.stock + stock,
            shelves=before.shelves + made[0],
            brands=before.brands + made[1],
        )

    def _usable(self, told: Sequence[ProductFacts], known: dict[str, KnownProduct]) -> list[ProductFacts]:
        owners = products_of_articles([article.sku for facts in told for article in facts.articles])
        named = {facts.code for facts in told if facts.title} | known.keys()
        usable = []
        for facts in told:
            for article in facts.articles:
                if facts.code not in named:
                    self._lost(article.line, "no-title", facts.code)
                elif owners.get(article.sku, facts.code) != facts.code:
                    self._lost(article.line, "article-elsewhere", article.sku)
            ours = [each for each in facts.articles if owners.get(each.sku, facts.code) == facts.code]
            if ours and facts.code in named:
                usable.append(replace(facts, articles=ours))
        return usable

    def _count_stock(self, products: Sequence[ProductFacts]) -> int:
        """Where fewer are counted than orders hold, that article alone stays as it was."""
        counted = {article.sku: article for facts in products for article in facts.articles
                   if article.pieces is not None}  # fmt: skip
        rows = [StockRow(sku, article.pieces or 0) for sku, article in counted.items()]
        try:
            return set_stock(rows, at=self.at) if rows else 0
        except Problem:
            return sum(self._count_one(row, counted[row.sku].line) for row in rows)

    def _count_one(self, row: StockRow, line: int) -> int:
        try:
            return set_stock([row], at=self.at)
        except Problem as refused:
            self._lost(line, refused.code, row.sku, "stock", str(row.on_hand))
            return 0

    def _lost(self, line: int, why: str, code: str, field: str = "", value: str = "") -> None:
        self.reject(Rejected(self.name, line, why, code, field, value, whole_row=not field))


def _row(facts: ProductFacts, known: KnownProduct | None, shelves: Shelves, brands: Brands) -> ProductRow:
    """What is told, beside the texts in other languages that are known."""
    category = shelves.code_of(facts.shelves) if facts.shelves or known is None else known.category
    return ProductRow(
        code=facts.code,
        category=category,
        title={**(known.title if known else {}), **facts.title},
        description={**(known.description if known else {}), **facts.description},
        brand=brands.code_of(facts.brand) if facts.brand else "",
        variants=[
            VariantRow(each.sku, each.price_minor, each.currency, each.choices, each.weight_g)
            for each in facts.articles
        ],
    )


def _together(told: Sequence[ProductFacts]) -> list[ProductFacts]:
    """A code that came twice, not one after the other, is one product: what was said first, and all articles."""
    merged: dict[str, ProductFacts] = {}
    for facts in told:
        first = merged.get(facts.code)
        merged[facts.code] = replace(first, articles=[*first.articles, *facts.articles]) if first else facts
    return list(merged.values())
