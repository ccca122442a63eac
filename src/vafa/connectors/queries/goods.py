"""From a file to a source of products, with what the shop's settings say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from django.utils.functional import Promise as LazyText

from vafa.connectors.facts import Rejected
from vafa.connectors.goods import ProductFacts, ProductSource, columns_of
from vafa.connectors.goods.columns import Columns
from vafa.connectors.reasons import SENTENCES
from vafa.connectors.tables import open_table
from vafa.shop.queries import the_shop

LOOKED_AT = 2000
SHOWN = 10


def product_source(path: Path, *, said: Sequence[str] = (), language: str = "", name: str = "") -> ProductSource:
    """Problem when the file is no table or lacks the columns that nothing can be done without."""
    shop, table = the_shop(), open_table(path, name=name)
    columns = columns_of(table, said=said, language=language, otherwise=shop.default_language)
    return ProductSource(table, columns, currency=shop.currency)


@dataclass(frozen=True)
class GoodsPreview:
    """The first products of a table as understood; counts are of the rows looked at."""

    columns: Columns
    products: list[ProductFacts]
    more: int
    articles: int
    priced: int
    counted: int
    rejected: int
    reasons: list[tuple[LazyText, int]]


def goods_preview(path: Path, *, name: str) -> GoodsPreview:
    """Read the first rows without writing anything. Problem when the file cannot be used."""
    source = product_source(path, name=name)
    lines = source.table.lines
    source.table = replace(source.table, lines=lambda: islice(lines(), LOOKED_AT))
    lost: list[Rejected] = []
    products = list(source.products(lost.append))
    articles = [each for facts in products for each in facts.articles]
    return GoodsPreview(
        columns=source.columns,
        products=products[:SHOWN],
        more=max(len(products) - SHOWN, 0),
        articles=len(articles),
        priced=sum(each.price_minor is not None for each in articles),
        counted=sum(each.pieces is not None for each in articles),
        rejected=sum(each.whole_row for each in lost),
        reasons=[(SENTENCES[code], count) for code, count in Counter(each.code for each in lost).most_common()],
    )
