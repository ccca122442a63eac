"""From a file to what it says of products' options, in the shop's money; and the table of all of them."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from vafa.catalog.queries.options import with_options
from vafa.connectors.option_table import Money, ProductRows, money_of, read, written
from vafa.connectors.tables import open_table
from vafa.kit.formats.money import money_unit
from vafa.shop.queries import the_shop


def shop_money() -> Money:
    """How this shop's tables write surcharges."""
    shop = the_shop()
    return money_of(shop.currency, money_unit(shop.currency, toman=False)[1], toman=shop.shows_toman)


def options_told(path: Path, *, name: str = "", most: int | None = None) -> list[ProductRows]:
    """What the file says, product by product. Problem where it cannot be used."""
    return read(open_table(path, name=name), shop_money(), most=most)


def options_in(portions: Iterable[bytes], *, name: str, most: int) -> tuple[list[ProductRows], str]:
    """What a file that came says, and the same table as plain CSV text. Problem where it cannot be used."""
    with tempfile.NamedTemporaryFile() as file:
        for portion in portions:
            file.write(portion)
        file.flush()
        path = Path(file.name)
        told = options_told(path, name=name, most=most)
        table = open_table(path, name=name)
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerows([table.headings, *(line.cells for line in table.lines())])
    return told, text.getvalue()


def options_table() -> Iterator[str]:
    """All that can be chosen of every product, as a CSV table that can be brought in again."""
    return written(with_options(), shop_money())
