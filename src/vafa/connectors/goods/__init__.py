"""Tables of products: which column means what, and what their rows say."""

from __future__ import annotations

from vafa.connectors.goods.columns import Columns, columns_of
from vafa.connectors.goods.facts import ArticleFacts, ProductFacts
from vafa.connectors.goods.source import ProductSource

__all__ = ["ArticleFacts", "Columns", "ProductFacts", "ProductSource", "columns_of"]
