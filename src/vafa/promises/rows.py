"""Rows straight into the tables. Django's own inserts spend several times more than the database on each row.

The database still checks every constraint. Values are given to the driver as Django would give them.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime
from operator import attrgetter
from typing import Any, cast
from uuid import UUID

from django.db import connection
from django.db.models import BooleanField, DateField, DateTimeField, JSONField, Model, UUIDField

Convert = Callable[[Any], Any]


class Table:
    """Where rows of one model go. `names` are the attributes (`promise_id`), in the order of a row's values."""

    def __init__(self, model: type[Model], names: Sequence[str] = ()) -> None:
        columns = [field for field in model._meta.concrete_fields if not field.primary_key]
        self.fields = [field for field in columns if not names or field.attname in names]
        self.names = [field.attname for field in self.fields]
        self._values = attrgetter(*self.names)
        self._by_vendor: dict[str, list[tuple[int, Convert]]] = {}
        places = ", ".join(["%s"] * len(self.fields))
        into = ", ".join(f'"{field.column}"' for field in self.fields)
        # names come from the model, never from outside
        self._insert = f'INSERT INTO "{model._meta.db_table}" ({into}) VALUES ({places})'  # noqa: S608

    def values(self, row: Model) -> tuple[Any, ...]:
        """The row's values, in the order of `names`."""
        return self._values(row)

    def converted(self, rows: Iterable[Sequence[Any]]) -> list[list[Any]]:
        """Rows as the driver takes them; can be done before the transaction begins."""
        convert = self._converters()
        return [_converted(row, convert) for row in rows]

    def insert(self, converted: Sequence[Sequence[Any]], *, ignore: bool = False) -> None:
        """Insert many; `ignore` passes over rows that a unique constraint refuses."""
        with connection.cursor() as cursor:
            cursor.executemany(self._insert + (" ON CONFLICT DO NOTHING" if ignore else ""), converted)

    def insert_one(self, row: Sequence[Any], *, ignore: bool = False) -> int | None:
        """Insert one and return its primary key; None when `ignore` passed over it."""
        statement = self._insert + (" ON CONFLICT DO NOTHING" if ignore else "") + " RETURNING id"
        with connection.cursor() as cursor:
            cursor.execute(statement, _converted(row, self._converters()))
            made = cursor.fetchone()
        return int(made[0]) if made else None

    def _converters(self) -> list[tuple[int, Convert]]:
        """Which places of a row the driver does not take as they are, and what makes them so."""
        vendor = connection.vendor
        if vendor not in self._by_vendor:
            known = _POSTGRESQL if vendor == "postgresql" else _SQLITE
            kinds = [next((kind for kind in type(field).__mro__ if kind in known), None) for field in self.fields]
            self._by_vendor[vendor] = [(place, known[kind]) for place, kind in enumerate(kinds) if kind is not None]
        return self._by_vendor[vendor]


def _converted(row: Sequence[Any], converters: Iterable[tuple[int, Convert]]) -> list[Any]:
    values = list(row)
    for place, convert in converters:
        if (value := values[place]) is not None:
            values[place] = convert(value)
    return values


def _moment(value: datetime) -> str:
    return value.astimezone(UTC).isoformat(" ")[:-6]  # without its "+00:00"


_JSON: Convert = json.JSONEncoder().encode
_SQLITE: dict[type, Convert] = {
    DateTimeField: _moment,
    DateField: date.isoformat,
    UUIDField: lambda value: cast("UUID", value).hex,
    JSONField: _JSON,
    BooleanField: int,
}
_POSTGRESQL: dict[type, Convert] = {JSONField: _JSON}
