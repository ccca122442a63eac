"""The one rule of all bulk recording: what a row does not say stays as it was, and only what differs is written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import DateField, Field, JSONField, Model, UUIDField

Values = dict[str, Any]
NOTHING = object()  # said of a text: it is empty now
CONVERTED = (DateField, JSONField, UUIDField)  # both databases take all other values as they are


@dataclass(frozen=True)
class Recorded:
    """How many rows were new, differed from what was known, or said nothing new."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0

    def __add__(self, other: Recorded) -> Recorded:
        return Recorded(self.created + other.created, self.updated + other.updated, self.unchanged + other.unchanged)


def write_changes(
    model: type[Model], key: str, known: dict[Any, Values], said: Iterable[Values], *, unique_with: Sequence[str] = ()
) -> Recorded:
    """Insert what is new and update what differs, in one upsert.

    `known` holds the rows there are (`queryset.values()`) by the value of the unique `key`; the caller holds their
    locks. Names are those of `values()` ("place_id"). Values None and "" mean "not said" and change nothing;
    NOTHING empties a text.
    `unique_with`: further columns of the unique constraint, in which the rows said are all alike.
    """
    defaults = {field.attname: field.get_default for field in _fields(model)}
    created = updated = unchanged = 0
    writes: dict[Any, Values] = {}
    for values in said:
        given = {
            name: "" if value is NOTHING else value
            for name, value in values.items()
            if value is not None and value != ""
        }
        row = known.get(given[key])
        if row is None:
            row = known[given[key]] = {name: make() for name, make in defaults.items()} | given
            created += 1
        elif any(row[name] != value for name, value in given.items()):
            row.update(given)
            updated += 1
        else:
            unchanged += 1
            continue
        writes[given[key]] = row
    if writes:
        upsert(model, [key, *unique_with], list(writes.values()))
    return Recorded(created, updated, unchanged)


def upsert(model: type[Model], unique: Sequence[str], rows: Sequence[Values]) -> None:
    """Insert-or-update by the columns of a unique constraint; the row's own number and public id stay as they were."""
    quote = connections[DEFAULT_DB_ALIAS].ops.quote_name
    kept = {*unique, "public_id"}
    facts = [quote(str(field.column)) for field in _fields(model) if field.attname not in kept]
    _insert(model, unique, rows, "UPDATE SET " + ", ".join(f"{name} = excluded.{name}" for name in facts))


def insert_new(model: type[Model], unique: Sequence[str], rows: Sequence[Model]) -> None:
    """Insert-or-ignore by the columns of a unique constraint."""
    names = [field.attname for field in _fields(model)]
    _insert(model, unique, [{name: getattr(row, name) for name in names} for row in rows], "NOTHING")


def _insert(model: type[Model], unique: Sequence[str], rows: Sequence[Values], otherwise: str) -> None:
    """One statement run over all rows: `bulk_create` writes the same but spends several times as long on its SQL."""
    database = connections[DEFAULT_DB_ALIAS]
    quote = database.ops.quote_name
    fields = _fields(model)
    names = {field.attname: quote(str(field.column)) for field in fields}
    places = ", ".join(["%s"] * len(fields))
    table, columns = quote(model._meta.db_table), ", ".join(names.values())
    conflict = ", ".join(names[attname] for attname in unique)
    # Names come from the model's own definition, values only as parameters.
    statement = f"INSERT INTO {table} ({columns}) VALUES ({places}) ON CONFLICT ({conflict}) DO {otherwise}"  # noqa: S608
    convert = {field.attname: _converter(field, database) for field in fields if isinstance(field, CONVERTED)}
    with database.cursor() as cursor:
        cursor.executemany(
            statement,
            [[convert[name](row[name]) if name in convert else row[name] for name in names] for row in rows],
        )


def _fields(model: type[Model]) -> list[Field[Any, Any]]:
    return [field for field in model._meta.concrete_fields if not field.primary_key]


def _converter(field: Field[Any, Any], database: Any) -> Callable[[Any], Any]:
    if not isinstance(field, DateField):
        return lambda value: field.get_db_prep_save(value, database)
    known: dict[Any, Any] = {
        None: None
    }  # the dates of many rows are few, and converting one takes longer than all else

    def converted(value: Any) -> Any:
        if value not in known:
            known[value] = field.get_db_prep_save(value, database)
        return known[value]

    return converted
