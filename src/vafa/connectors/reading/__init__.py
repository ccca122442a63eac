"""A table and a mapping become orders."""

from __future__ import annotations

from vafa.connectors.reading.settings import Reading, reading_of
from vafa.connectors.reading.source import TableSource

__all__ = ["Reading", "TableSource", "reading_of"]
