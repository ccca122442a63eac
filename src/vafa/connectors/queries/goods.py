"""From a file to a source of products, with what the shop's settings say."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from vafa.connectors.goods import ProductSource, columns_of
from vafa.connectors.tables import open_table
from vafa.shop.queries import the_shop


def product_source(path: Path, *, said: Sequence[str] = (), language: str = "") -> ProductSource:
    """Problem when the file is no table or lacks the columns that nothing can be done without."""
    shop, table = the_shop(), open_table(path)
    columns = columns_of(table, said=said, language=language, otherwise=shop.default_language)
    return ProductSource(table, columns, currency=shop.currency)
