"""What a table is, whatever file it comes from."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

MOST_COLUMNS = 512
MOST_CELL = 131_072  # characters; also what the csv module allows


@dataclass(frozen=True)
class Layout:
    """How to read the file: `kind` csv or xlsx; encoding and separator of a CSV, name of the sheet of an XLSX."""

    kind: str
    encoding: str = ""
    separator: str = ""
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One row: the number of its first line in the file (1 = the first line), its cells, and whether the file ends
    inside it or right behind it without a line end."""

    number: int
    cells: list[str]
    unfinished: bool = False


@dataclass(frozen=True)
class Table:
    """Headings and rows. `lines` reads the file anew at each call; rows have as many cells as there are headings, or
    more where the file has more."""

    name: str
    layout: Layout
    headings: list[str]
    lines: Callable[[], Iterator[Line]]
