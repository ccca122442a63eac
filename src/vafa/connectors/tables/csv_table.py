"""Tables in CSV: separator guessed, line numbers kept, cut-off files noticed."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from django.utils.translation import gettext as _

from vafa.connectors.tables.encodings import encoding_of, first_broken_line
from vafa.connectors.tables.packing import unpacked
from vafa.connectors.tables.table import MOST_COLUMNS, Layout, Line, Table
from vafa.kit.problems import Problem

SEPARATORS = ",;\t|"
SAMPLE_LINES = 50


def csv_table(path: Path, name: str, encoding: str = "", separator: str = "") -> Table:
    """The CSV file as a table; encoding and separator are found out where not given."""
    if not encoding:
        with unpacked(path) as stream:
            encoding = encoding_of(stream, name)
    separator = separator or _separator(path, encoding, name)
    layout = Layout("csv", encoding=encoding, separator=separator)
    headings = next((line.cells for line in _lines(path, layout, name)), [])
    if not headings:
        raise Problem("file-empty", _("The file “%s” is empty.") % name)
    if len(headings) > MOST_COLUMNS:
        raise Problem("too-many-columns", _("The file “%s” has too many columns to be a list of orders.") % name)

    def rows() -> Iterator[Line]:
        return _checked(islice(_lines(path, layout, name), 1, None), len(headings), name)

    return Table(name, layout, [heading.strip() for heading in headings], rows)


class _Feed:
    """Physical lines for the csv reader; remembers whether the file is used up and how its last line ends."""

    def __init__(self, stream: io.TextIOWrapper) -> None:
        self.stream, self.used_up, self.last = stream, False, "\n"

    def __iter__(self) -> Iterator[str]:
        for line in self.stream:
            self.last = line
            yield line
        self.used_up = True

    @property
    def unfinished(self) -> bool:
        return not self.last.endswith(("\n", "\r"))


def _lines(path: Path, layout: Layout, name: str) -> Iterator[Line]:
    """Every row that is not blank, the headings first."""
    with unpacked(path) as raw:
        feed = _Feed(io.TextIOWrapper(raw, encoding=layout.encoding, newline=""))
        reader = csv.reader(feed, delimiter=layout.separator)
        start = 1
        try:
            for cells in reader:
                if feed.used_up:
                    raise _cut_off(name, start)
                if any(cells):
                    yield Line(start, cells, feed.unfinished)
                start = reader.line_num + 1
        except csv.Error:
            raise Problem(
                "file-quote",
                _("A quotation mark in “%(name)s” is never closed, near line %(line)s.")
                % {"name": name, "line": start},
            ) from None
        except UnicodeError:
            with unpacked(path) as again:  # the text is decoded ahead of the rows, so the row does not tell the line
                line = first_broken_line(again) or start
            raise Problem(
                "file-encoding", _("Line %(line)s of “%(name)s” is not valid text.") % {"name": name, "line": line}
            ) from None


def _checked(lines: Iterator[Line], width: int, name: str) -> Iterator[Line]:
    """Short rows are filled up; a short last row without a line end means that the file was cut off."""
    for line in lines:
        missing = width - len(line.cells)
        if missing > 0 and line.unfinished:
            raise _cut_off(name, line.number)
        if missing > 0:
            line.cells.extend([""] * missing)
        yield line


def _cut_off(name: str, line: int) -> Problem:
    sentence = _("The file “%(name)s” is cut off: it ends in the middle of line %(line)s.")
    return Problem("file-cut-off", sentence % {"name": name, "line": line})


def _separator(path: Path, encoding: str, name: str) -> str:
    """The separator that gives the most columns, the same number in most of the first rows."""
    with unpacked(path) as raw:
        try:
            sample = list(islice(io.TextIOWrapper(raw, encoding=encoding, newline=""), SAMPLE_LINES))
        except UnicodeError:
            raise Problem("file-encoding", _("The text of “%s” is damaged.") % name) from None
    return max(SEPARATORS, key=lambda separator: _fit(sample, separator))


def _fit(sample: list[str], separator: str) -> tuple[float, int]:
    try:
        widths = [len(cells) for cells in csv.reader(sample, delimiter=separator) if cells]
    except csv.Error:
        return 0.0, 0
    if not widths or widths[0] < 2:
        return 0.0, 0
    return sum(width == widths[0] for width in widths) / len(widths), widths[0]
