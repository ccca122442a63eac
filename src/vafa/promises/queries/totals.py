"""The record by kind from the daily totals, and whether these are what the ledger says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.db.models import F, Sum, Value

from vafa.promises.counting import Cell, Counts, all_counts, due_field
from vafa.promises.models import DayTotal, Direction, Promise
from vafa.promises.models.total import COUNTS, Against
from vafa.promises.queries.figures import Headline, headline_of


@dataclass(frozen=True)
class Record:
    """What became of the promises of one kind whose date fell due in a period.

    `made` counts every date that was given, the replaced ones too; `revised` those that were replaced before they were
    over, `revised_by_shop` those of them that the shop asked to move; `cancelled` those withdrawn with their order.
    `remedied`, where it was counted: those broken by their original date for which a remedy is due or given.
    `current` and `original` are the headline three against either date.
    """

    kind: str
    made: int
    revised: int
    revised_by_shop: int
    cancelled: int
    current: Headline
    original: Headline
    remedied: int = 0

    @property
    def still_open(self) -> int:
        return self.made - self.revised - self.cancelled - self.current.settled


def record(
    first_day: date | None = None, last_day: date | None = None, *, direction: str = Direction.TO_CUSTOMER.value
) -> list[Record]:
    """One record for each kind with promises due from `first_day` to `last_day`, both included, those of most first.

    One query over the daily totals, a few rows for each day: its time does not grow with the number of promises.
    """
    totals = DayTotal.objects.filter(direction=direction)
    if first_day is not None:
        totals = totals.filter(day__gte=first_day)
    if last_day is not None:
        totals = totals.filter(day__lte=last_day)
    rows = totals.values("kind", "against", "unit").annotate(**{name: Sum(name) for name in COUNTS}).order_by("kind")
    found = [record_of(kind, [dict(row) for row in of]) for kind, of in groupby(rows, lambda row: str(row["kind"]))]
    return sorted((each for each in found if each.made), key=lambda each: (-each.made, each.kind))


def record_of(kind: str, rows: list[dict[str, Any]]) -> Record:
    """The record of sums by `against` and `unit`; several rows of one of them add up."""
    current = [row for row in rows if row["against"] == Against.CURRENT]
    original = [row for row in rows if row["against"] == Against.ORIGINAL]
    others = {name: sum(row[name] for row in current) for name in ("made", "revised", "revised_by_shop", "cancelled")}
    return Record(kind, **others, current=headline_of(current), original=headline_of(original))


@dataclass(frozen=True)
class Difference:
    """A cell of the totals that is not what the ledger says, and what must be added to it."""

    cell: Cell
    missing: Counts


def differences(day: date | None = None) -> list[Difference]:
    """Where the totals (of `day`, else of all days) are not what counting every promise gives; empty when all is right.

    One statement, so that both sides are of the same moment, whoever writes meanwhile. It reads the whole ledger.
    """
    totals = DayTotal.objects.all() if day is None else DayTotal.objects.filter(day=day)
    sums = {name: -Sum(name) for name in COUNTS}
    told = totals.order_by().values_list(*Cell._fields).annotate(**_under_other_names(sums))
    counted = [_counted(against.value, day) for against in Against]
    cells: dict[Cell, Counts] = {}
    for row in told.union(*counted, all=True):
        cell, counts = Cell(*row[:5]), row[5:]
        sums_there = cells.setdefault(cell, dict.fromkeys(COUNTS, 0))
        for name, count in zip(COUNTS, counts, strict=True):
            sums_there[name] += count
    return [Difference(cell, counts) for cell, counts in sorted(cells.items()) if any(counts.values())]


def _counted(against: str, day: date | None) -> Any:
    due = due_field(against)
    promises = Promise.objects.order_by() if day is None else Promise.objects.filter(**{due: day}).order_by()
    named = promises.annotate(cell_against=Value(against), cell_day=F(due))
    return named.values_list("cell_against", "cell_day", "kind", "direction", "unit").annotate(
        **_under_other_names(all_counts(against))
    )


def _under_other_names(counts: dict[str, Any]) -> dict[str, Any]:
    """An annotation may not be called like a column."""
    return {f"all_{name}": counts[name] for name in COUNTS}
