"""From a file to what it says of products' options, in the shop's money; and the table of all of them."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

from django.utils.translation import gettext as _

from vafa.catalog.queries.options import with_options
from vafa.connectors.option_table import Money, ProductRows, money_of, read, written
from vafa.connectors.tables import open_table
from vafa.connectors.tables.table import Table
from vafa.kit.formats.money import money_unit
from vafa.kit.problems import Problem
from vafa.shop.queries import the_shop


def shop_money() -> Money:
    """How this shop's tables write surcharges."""
    shop = the_shop()
    return money_of(shop.currency, money_unit(shop.currency, toman=False)[1], toman=shop.shows_toman)


def options_told(path: Path, *, name: str = "", most: int | None = None) -> list[ProductRows]:
    """What the file says, product by product. Problem where it cannot be used."""
    return read(open_table(path, name=name), shop_money(), most=most)


def options_in(portions: Iterable[bytes], *, name: str, most: int, largest: int) -> tuple[list[ProductRows], str]:
    """What a file that came says, and the same table as plain CSV text. Problem where it cannot be used, or where it is
    larger than `largest` bytes once it is unpacked: the text comes back with the owner's word, as a form.
    """
    with tempfile.NamedTemporaryFile() as file:
        for portion in portions:
            file.write(portion)
        file.flush()
        path = Path(file.name)
        text = _as_text(open_table(path, name=name), largest=largest)
        return options_told(path, name=name, most=most), text


def _as_text(table: Table, *, largest: int) -> str:
    text, size = io.StringIO(), 0
    writer = csv.writer(text, lineterminator="\n")
    for cells in chain([table.headings], (line.cells for line in table.lines())):
        size += sum(len(cell.encode("utf-8", "replace")) + 1 for cell in cells)
        if size > largest:
            raise Problem("too-large", _("This file is too large."), status=422, field="file")
        writer.writerow(cells)
    return text.getvalue()


def options_table() -> Iterator[str]:
    """All that can be chosen of every product, as a CSV table that can be brought in again."""
    return written(with_options(), shop_money())
