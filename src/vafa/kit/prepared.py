"""Questions that pages ask the database again and again: Django writes their SQL once in a process, then only the
values change. Nothing of what the database answers is kept.

Writing the SQL of one question takes Django a millisecond, and a page of the window asks four; answering it takes the
database a tenth of that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeGuard

from django.db import connection
from django.db.models import QuerySet

Value = str | int | Sequence[str] | Sequence[int]
Row = tuple[Any, ...]
LONGEST = 512  # longer lists are rare: their question is written each time
FIRST_STAND_IN = 31_001  # fits the smallest column of numbers, lists and all, and is nothing a question names by itself


class Prepared:
    """A question as `write(*values)` writes it: a query that ends in `values_list(…)` of fields.

    Values are texts and numbers, or lists of one of them, and stand in its conditions only: `write` must not look at
    them, because it is called once for every length of a list (in powers of two) with values of no meaning.
    """

    def __init__(self, write: Callable[..., QuerySet[Any, Any]]) -> None:
        self._write = write
        self._written: dict[tuple[object, ...], _Written] = {}

    def rows(self, *values: Value) -> list[Row]:
        """The answer for these values, as `values_list` gives it. One query; none where a list is empty."""
        lists = [value for value in values if _is_list(value)]
        if not all(lists):
            return []
        if any(len(each) > LONGEST for each in lists):
            return list(self._write(*values))
        filled: list[Any] = [_lengthened(value) if _is_list(value) else value for value in values]
        return self._written_for(filled).ask(filled)

    def _written_for(self, values: Sequence[Any]) -> _Written:
        shape = tuple((type(each[0]), len(each)) if _is_list(each) else type(each) for each in values)
        key = (connection.vendor, *shape)
        if key not in self._written:
            self._written[key] = _written(self._write, values)
        return self._written[key]


@dataclass(frozen=True)
class _Written:
    """SQL for values of one shape. `places` says of each of its parameters which value stands there (None: its own).

    `readers` make of what the database keeps in a column what its field holds.
    """

    sql: str
    parameters: tuple[Any, ...]
    places: tuple[int | None, ...]
    readers: tuple[tuple[int, Sequence[Callable[..., Any]], Any], ...]

    def ask(self, values: Iterable[Any]) -> list[Row]:
        said = _flat(values)
        # numbers go as the type that Django gave the stand-in: PostgreSQL is told which of its own is meant
        parameters = [
            own if place is None else type(own)(said[place])
            for own, place in zip(self.parameters, self.places, strict=True)
        ]
        with connection.cursor() as cursor:
            cursor.execute(self.sql, parameters)
            rows = cursor.fetchall()
        return [self._read(row) for row in rows]

    def _read(self, row: Sequence[Any]) -> Row:
        found = list(row)
        for column, readers, expression in self.readers:
            for read in readers:
                found[column] = read(found[column], expression, connection)
        return tuple(found)


def _written(write: Callable[..., QuerySet[Any, Any]], values: Sequence[Any]) -> _Written:
    count = len(_flat(values))
    stand_ins = iter(range(FIRST_STAND_IN, FIRST_STAND_IN + count))
    meant = [
        [_stand_in(one, next(stand_ins)) for one in value] if _is_list(value) else _stand_in(value, next(stand_ins))
        for value in values
    ]
    query = write(*meant).query
    compiler = query.get_compiler(connection=connection)
    sql, parameters = compiler.as_sql()
    place_of = {stand_in: place for place, stand_in in enumerate(_flat(meant))}
    places = tuple(place_of.get(each) if isinstance(each, str | int) else None for each in parameters)
    if set(places) - {None} != set(range(count)):
        raise ValueError("a value of a prepared question must stand in a condition as it is")
    converters = compiler.get_converters([column[0] for column in compiler.select])
    readers = tuple((column, readers, expression) for column, (readers, expression) in converters.items())
    return _Written(sql, tuple(parameters), places, readers)


def _stand_in(value: str | int, number: int) -> str | int:
    return number if isinstance(value, int) else f"value {number}"


def _is_list(value: Any) -> TypeGuard[Sequence[Any]]:
    return not isinstance(value, str | int)


def _lengthened(values: Sequence[Any]) -> list[Any]:
    """As long as the next power of two, by naming the last again, so that few lengths are ever written."""
    missing = (1 << (len(values) - 1).bit_length()) - len(values)
    return [*values, *[values[-1]] * missing]


def _flat(values: Iterable[Any]) -> list[Any]:
    return [one for value in values for one in (value if _is_list(value) else [value])]
