"""From a file and a mapping to a source of orders, with what the shop's settings say."""

from __future__ import annotations

from pathlib import Path

from vafa.connectors.mapping import Mapping
from vafa.connectors.reading import TableSource, reading_of
from vafa.connectors.tables import Layout, open_table
from vafa.shop.queries import the_shop, working_calendar


def table_source(path: Path, mapping: Mapping, *, name: str = "") -> TableSource:
    """Problem when the file is no table or lacks the columns that the mapping needs."""
    shop = the_shop()
    layout = Layout("", mapping.encoding, mapping.separator, mapping.sheet)
    table = open_table(path, name=name, layout=layout)
    return TableSource(table, reading_of(table, mapping, zone=shop.zone, currency=shop.currency), working_calendar())
