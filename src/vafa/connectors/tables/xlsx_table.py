"""Tables in XLSX, read without trusting the archive."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from vafa.connectors.tables.packing import most_unpacked
from vafa.connectors.tables.table import MOST_CELL, MOST_COLUMNS, Layout, Line, Table
from vafa.kit.problems import Problem

MOST_PARTS = 10_000
DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    InvalidFileException,
    ParseError,
    EOFError,
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    IndexError,
    NotImplementedError,
    OSError,
)


def xlsx_table(path: Path, name: str, sheet: str = "") -> Table:
    """The first sheet that has rows, or the one named `sheet`."""
    _check_archive(path, name)
    with _workbook(path, name) as book:
        chosen = sheet or next((each.title for each in book.worksheets if _first_row(each)), "")
        if chosen not in {each.title for each in book.worksheets}:
            raise Problem("no-such-sheet", _("“%s” has no sheet with rows.") % name)
        headings = _first_row(book[chosen])
    if not headings:
        raise Problem("file-empty", _("The file “%s” is empty.") % name)

    def rows() -> Iterator[Line]:
        with _workbook(path, name) as again:
            lines = _lines(again[chosen])
            next(lines, None)
            for line in lines:
                line.cells.extend([""] * (len(headings) - len(line.cells)))
                yield line

    return Table(name, Layout("xlsx", sheet=chosen), [heading.strip() for heading in headings], rows)


def _check_archive(path: Path, name: str) -> None:
    """Refuse bombs by what the archive says of itself; zipfile never unpacks more than that."""
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            size = sum(part.file_size for part in parts)
    except (zipfile.BadZipFile, OSError, ValueError):
        raise Problem("file-cut-off", _("The file “%s” is cut off or damaged.") % name) from None
    if size > most_unpacked() or len(parts) > MOST_PARTS:
        raise Problem("file-too-large", _("Unpacked, the file is larger than allowed."), status=413)


@contextmanager
def _workbook(path: Path, name: str) -> Iterator[Any]:
    """The file is handed over open: by its name openpyxl would refuse what does not end in .xlsx, as uploads do."""
    try:
        with path.open("rb") as file:
            book = load_workbook(file, read_only=True, data_only=True, keep_links=False)
            try:
                yield book
            finally:
                book.close()
    except DAMAGED:
        raise Problem("file-cut-off", _("The file “%s” is damaged or not an XLSX workbook.") % name) from None


def _first_row(sheet: Any) -> list[str]:
    return next((line.cells for line in _lines(sheet)), [])


def _lines(sheet: Any) -> Iterator[Line]:
    if not hasattr(sheet, "reset_dimensions"):  # a chart sheet
        return
    sheet.reset_dimensions()  # the file may claim any size
    for number, row in enumerate(sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS), start=1):
        cells = [_text(value) for value in row]
        while cells and not cells[-1]:
            cells.pop()
        if cells:
            yield Line(number, cells)


def _text(value: object) -> str:
    """The cell as it would stand in a CSV: ISO dates, a midnight is a date, whole numbers without a point."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time(0) else value.isoformat(" ", "seconds")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(value)
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)[:MOST_CELL]
