"""The daily totals follow the ledger: each change adds its own rows, which are folded and checked now and then."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from django.db import transaction
from django.db.models import Count, Q

from vafa.promises.counting import Cell, Counts, cell_of, difference
from vafa.promises.models import DayTotal, Promise
from vafa.promises.models.total import COUNTS
from vafa.promises.queries.totals import differences
from vafa.promises.rows import Table

TOTALS = Table(DayTotal)
DAYS, MOST = 50, 5000  # days and rows of one fold: under 200 ms on SQLite


def count_moved(before: Iterable[Promise], after: Iterable[Promise]) -> None:
    """Count that promises came into the world or moved. Must run in the transaction of the change."""
    add_to_totals(difference(before, after))


def count_revised(promise: Promise, *, by_shop: bool) -> None:
    """Count that an open promise was replaced. Must run in the transaction of the change."""
    add_to_totals({cell_of(promise): {"revised": 1, "revised_by_shop": int(by_shop)}})


def add_to_totals(cells: Mapping[Cell, Counts]) -> None:
    """Write one row for each cell."""
    rows = [(*cell, *(counts.get(name, 0) for name in COUNTS)) for cell, counts in cells.items()]
    if rows:
        TOTALS.insert(TOTALS.converted(rows))


def fold_totals() -> int:
    """Put the rows that add up to one into one, part by part; returns how many rows are gone. Sums never change.

    Any number of workers may: each takes rows no other holds.
    """
    return sum(iter(_fold_some, 0))


def mend_totals() -> int:
    """Add what is missing where the totals are not what the ledger says; returns the number of cells mended."""
    return sum(_mend(day) for day in sorted({found.cell.day for found in differences()}))


def _fold_some() -> int:
    several = DayTotal.objects.values(*Cell._fields).annotate(rows=Count("pk")).filter(rows__gt=1).order_by()
    days = sorted(set(several.values_list("day", flat=True)))[:DAYS]
    if not days:
        return 0
    with transaction.atomic():
        rows = list(DayTotal.objects.select_for_update(skip_locked=True).filter(day__in=days).order_by("pk")[:MOST])
        folded = _summed(rows)
        DayTotal.objects.filter(pk__in=[row.pk for row in rows]).delete()
        add_to_totals(folded)
    return len(rows) - len(folded)


def _summed(rows: Iterable[DayTotal]) -> dict[Cell, Counts]:
    cells: dict[Cell, Counts] = {}
    for row in rows:
        sums = cells.setdefault(Cell(*(getattr(row, name) for name in Cell._fields)), dict.fromkeys(COUNTS, 0))
        for name in COUNTS:
            sums[name] += getattr(row, name)
    return {cell: sums for cell, sums in cells.items() if any(sums.values())}


@transaction.atomic
def _mend(day: date) -> int:
    """The day's first promise is held, so that two who mend at once mend one after the other."""
    on_it = Promise.objects.filter(Q(due_on=day) | Q(original_due_on=day)).order_by("pk")
    list(on_it.select_for_update().values_list("pk", flat=True)[:1])
    list(DayTotal.objects.select_for_update().filter(day=day).order_by("pk").values_list("pk", flat=True))
    found = differences(day)
    add_to_totals({each.cell: each.missing for each in found})
    return len(found)
