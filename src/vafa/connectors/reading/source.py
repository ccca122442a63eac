"""The orders of a table: rows of the same order merged, each order read and checked, everything else rejected."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from vafa.connectors.checks import Checker
from vafa.connectors.facts import OrderFacts, Reject, Rejected
from vafa.connectors.reading.row import RowReader
from vafa.connectors.reading.settings import Reading
from vafa.connectors.tables import Line, Table
from vafa.engine.calendars import WorkingCalendar
from vafa.kit.formats import plain_digits
from vafa.kit.problems import Problem

LONGEST_NUMBER = 64


class TableSource:
    """One file with its mapping. `country` is not known of a table."""

    country = ""

    def __init__(self, table: Table, reading: Reading, calendar: WorkingCalendar) -> None:
        self.table, self.reading, self.calendar = table, reading, calendar
        self.name = table.name
        self.zone, self.currency = reading.zone, reading.currency
        self.tells_delivery = "delivered_at" in reading.columns

    def orders(self, reject: Reject) -> Iterator[OrderFacts]:
        watch = _Watch(self, reject)
        reader = RowReader(self.reading, self.calendar, self.name, watch)
        checker = Checker(self.name, ZoneInfo(self.zone), watch)
        seen: set[str] = set()
        for number, group in groupby(self.table.lines(), key=self._number):
            lines = list(group)
            watch.begin(lines[-1])
            usable = self._usable(lines, number, seen, watch)
            facts = reader.facts(number, usable) if usable else None
            if facts is not None and not checker.usable(facts):
                facts = None
            watch.end(used=facts is not None)
            if facts is not None:
                seen.add(number)
                yield facts

    def _number(self, line: Line) -> str:
        """An order is the same whichever digits its number is written in."""
        return plain_digits(self.reading.text("number", line.cells))

    def _usable(self, lines: list[Line], number: str, seen: set[str], reject: Reject) -> list[Line]:
        """The rows that make the order, the first of them with its date; the others are rejected."""
        code = "no-number" if not number else "number-too-long" if len(number) > LONGEST_NUMBER else ""
        code = code or ("duplicate-number" if number in seen else "")
        if code:
            for line in lines:
                reject(Rejected(self.name, line.number, code, number[:LONGEST_NUMBER]))
            return []
        usable = [line for line in lines if self._fits(line, number, reject)]
        return self._same_order(usable, number, reject)

    def _fits(self, line: Line, number: str, reject: Reject) -> bool:
        fits = not any(line.cells[len(self.table.headings) :])
        if not fits:
            reject(Rejected(self.name, line.number, "too-many-cells", number))
        return fits

    def _same_order(self, lines: list[Line], number: str, reject: Reject) -> list[Line]:
        """Rows in a row with one number are lines of one order, unless they were placed at different times."""
        same, placed = [], ""
        for line in lines:
            when = self.reading.text("placed_at", line.cells)
            placed = placed or when
            if when and when != placed:
                reject(Rejected(self.name, line.number, "duplicate-number", number))
            else:
                same.append(line)
        return same


class _Watch:
    """Passes on what was rejected of one order at a time: where the order itself cannot be used, nothing is said of its
    single values. The file's last row, when it has no line end and its last cell makes no sense, means that the file
    has been cut off there."""

    def __init__(self, source: TableSource, reject: Reject) -> None:
        self.source, self.reject = source, reject
        self.last: Line | None = None
        self.held: list[Rejected] = []

    def begin(self, last: Line) -> None:
        """The rows of another order, `last` the last of them."""
        self.last, self.held = last, []

    def end(self, *, used: bool) -> None:
        for rejected in self.held:
            if used or rejected.whole_row:
                self.reject(rejected)

    def __call__(self, rejected: Rejected) -> None:
        if self.last is not None and self.last.unfinished and rejected.line == self.last.number and rejected.field:
            final = len(self.source.table.headings) - 1
            if final in self.source.reading.columns.get(rejected.field, ()):
                sentence = _("The file “%(name)s” is cut off: it ends in the middle of line %(line)s.")
                raise Problem("file-cut-off", sentence % {"name": self.source.name, "line": rejected.line})
        self.held.append(rejected)
