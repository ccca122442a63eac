"""What the mapping left open, settled for one file: which columns, which order of day and month, which decimal mark."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

from django.utils.translation import gettext as _

from vafa.connectors.mapping import FIELDS, REQUIRED, Mapping
from vafa.connectors.tables import Table
from vafa.connectors.values.amounts import decimal_mark
from vafa.connectors.values.dates import DateReader
from vafa.connectors.values.order import Evidence, evidence_of
from vafa.engine.folding import fold
from vafa.kit.problems import Problem

SAMPLE = 2000


@dataclass(frozen=True)
class Reading:
    """`columns`: for each mapped field the places of its columns in a row, in the mapping's order; `absent`: mapped
    fields whose columns the file has not."""

    mapping: Mapping
    zone: str
    currency: str
    columns: dict[str, list[int]]
    absent: list[str]
    dates: DateReader
    date_evidence: Evidence
    decimal: str

    def text(self, field: str, cells: list[str]) -> str:
        """The field's value in a row: its first column that says something, else the constant, else ""."""
        for column in self.columns.get(field, ()):
            value = cells[column].strip()
            if not self.mapping.is_missing(value):
                return value.replace("\0", "")
        return self.mapping.constants.get(field, "")


def reading_of(table: Table, mapping: Mapping, *, zone: str, currency: str) -> Reading:
    """Problem `wrong-columns` when the file lacks a column that no order can do without."""
    columns = _columns(table, mapping)
    for name in REQUIRED:
        if name not in columns and name not in mapping.constants:
            raise _lacks(table, mapping, name)
    sample = [line.cells for line in islice(table.lines(), SAMPLE)]
    evidence = evidence_of(_texts(sample, columns, mapping, {"time", "day"}))
    return Reading(
        mapping=mapping,
        zone=mapping.zone or zone,
        currency=mapping.currency or currency,
        columns=columns,
        absent=[name for name in mapping.columns if name not in columns],
        dates=DateReader(
            mapping.zone or zone,
            mapping.date_order or evidence.order,
            mapping.calendar,
            tuple(mapping.date_formats),
        ),
        date_evidence=evidence,
        decimal=mapping.decimal or decimal_mark(_texts(sample, columns, mapping, {"money", "weight", "number"})),
    )


def _columns(table: Table, mapping: Mapping) -> dict[str, list[int]]:
    places: dict[str, int] = {}
    for place, heading in enumerate(table.headings):
        places.setdefault(fold(heading), place)
    found = {
        name: [places[fold(heading)] for heading in headings if fold(heading) in places]
        for name, headings in mapping.columns.items()
    }
    return {name: list(dict.fromkeys(columns)) for name, columns in found.items() if columns}


def _lacks(table: Table, mapping: Mapping, name: str) -> Problem:
    headings = mapping.columns.get(name)
    if not headings:
        return Problem(
            "wrong-columns", _("The mapping does not say which column is “%s”.") % FIELDS[name].label, field=name
        )
    sentence = _("“%(file)s” has no column “%(column)s”, which is needed as “%(field)s”.")
    words = {"file": table.name, "column": headings[0], "field": FIELDS[name].label}
    return Problem("wrong-columns", sentence % words, field=name)


def _texts(rows: list[list[str]], columns: dict[str, list[int]], mapping: Mapping, kinds: set[str]) -> list[str]:
    places = {place for name, found in columns.items() if FIELDS[name].kind in kinds for place in found}
    texts = (row[place].strip() for row in rows for place in places)
    return [text for text in texts if not mapping.is_missing(text)]
