"""What is counted of a promise, said twice: in SQL over the whole ledger, and in Python for one change.

The daily totals are written from the second and checked against the first.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Case, Count, F, Q, Sum, Value, When
from django.db.models.functions import Coalesce

from vafa.promises.kinds import all_kinds
from vafa.promises.models import AskedBy, Promise, State, Unit
from vafa.promises.models.promise import MARGINS, SETTLED
from vafa.promises.models.total import COUNTS, Against

Counts = dict[str, int]
COUNTED = (
    "kind", "direction", "unit", "due_on", "original_due_on", "original_due_at", "state", "settled_at", "fulfilled_at",
    *MARGINS,
)  # fmt: skip


class Cell(NamedTuple):
    """Where counts add up."""

    against: str
    day: date
    kind: str
    direction: str
    unit: str


def due_field(against: str) -> str:
    """The column of the day that counts."""
    return "due_on" if against == Against.CURRENT else "original_due_on"


def changed(promise: Promise, changes: Mapping[str, Any]) -> Promise:
    """The promise as it is after `changes` of its columns; `promise` itself stays as it was read."""
    after = copy.copy(promise)
    for name, value in changes.items():
        setattr(after, name, value)
    return after


# --- in Python, of single promises


def difference(before: Iterable[Promise], after: Iterable[Promise]) -> dict[Cell, Counts]:
    """What must be added to the totals when `before` became `after`; cells to which nothing is added are absent.

    Not for revisions, of which a promise alone does not know who asked.
    """
    cells: dict[Cell, Counts] = {}
    for promises, sign in ((before, -1), (after, 1)):
        for promise in promises:
            for cell, counts in _cells(promise):
                sums = cells.setdefault(cell, {})
                for name, count in counts.items():
                    sums[name] = sums.get(name, 0) + sign * count
    return {cell: sums for cell, sums in cells.items() if any(sums.values())}


def cell_of(promise: Promise, against: Against = Against.CURRENT) -> Cell:
    """Where this promise counts."""
    day = promise.due_on if against == Against.CURRENT else promise.original_due_on
    return Cell(against.value, day, promise.kind, promise.direction, promise.unit)


def _cells(promise: Promise) -> Iterable[tuple[Cell, Counts]]:
    counts = {"made": 1, "cancelled": int(promise.state == State.CANCELLED)}
    if promise.state not in SETTLED:
        return [(cell_of(promise), counts)]
    current = _settled(promise, promise.margin_days, promise.margin_seconds)
    original = _settled(promise, promise.original_margin_days, promise.original_margin_seconds)
    if _is_undecided(promise):
        original = {"undecided": 1}
    return [(cell_of(promise), counts | current), (cell_of(promise, Against.ORIGINAL), original)]


def _settled(promise: Promise, days: int | None, seconds: int | None) -> Counts:
    margin = days if promise.unit == Unit.DAY else seconds
    if margin is None or margin < 0:
        return {"settled": 1}
    return {"settled": 1, "kept": 1, "exceeded": int(margin >= _least(promise.kind, promise.unit)), "padding": margin}


def _is_undecided(promise: Promise) -> bool:
    """Broken against the current date, unfulfilled, while the original was still ahead."""
    if promise.state != State.BROKEN or promise.fulfilled_at is not None or promise.settled_at is None:
        return False
    return promise.original_due_at > promise.settled_at


def _least(kind: str, unit: str) -> float:
    """From which margin on (days or seconds) a kept promise is exceeded."""
    for each in all_kinds():
        if (each.name, each.unit) == (kind, unit):
            return each.exceeds.days if unit == Unit.DAY else int(each.exceeds.total_seconds())
    return float("inf")


# --- in SQL, over the ledger


def figures(against: str) -> dict[str, Any]:
    """Annotations `settled`, `kept`, `exceeded`, `undecided` and `padding` for a query grouped by unit."""
    prefix = "" if against == Against.CURRENT else "original_"
    is_kept = Q(unit=Unit.DAY, **{f"{prefix}margin_days__gte": 0}) | Q(
        unit=Unit.MOMENT, **{f"{prefix}margin_seconds__gte": 0}
    )
    is_undecided = Q(pk__in=[])
    if against == Against.ORIGINAL:
        is_undecided = Q(state=State.BROKEN, fulfilled_at__isnull=True, original_due_at__gt=F("settled_at"))
    margin = Case(When(unit=Unit.MOMENT, then=F(f"{prefix}margin_seconds")), default=F(f"{prefix}margin_days"))
    return {
        "settled": Count("pk", filter=Q(state__in=SETTLED) & ~is_undecided),
        "kept": Count("pk", filter=is_kept),
        "exceeded": Count("pk", filter=_exceeded(prefix)),
        "undecided": Count("pk", filter=is_undecided),
        "padding": Coalesce(Sum(margin, filter=is_kept), 0),
    }


def all_counts(against: str) -> dict[str, Any]:
    """The same and what is counted of promises that are not settled: every one of COUNTS, in their order."""
    if against == Against.ORIGINAL:
        return {name: figures(against).get(name, Sum(Value(0))) for name in COUNTS}
    moved = Q(state=State.REVISED)
    others = {
        "made": Count("pk"),
        "revised": Count("pk", filter=moved),
        "revised_by_shop": Count("pk", filter=moved & Q(replaced_by__asked_by=AskedBy.SHOP)),
        "cancelled": Count("pk", filter=Q(state=State.CANCELLED)),
    }
    return {name: (others | figures(against))[name] for name in COUNTS}


def _exceeded(prefix: str) -> Q:
    clearly = Q(pk__in=[])
    for each in all_kinds():
        name = "margin_days" if each.unit == Unit.DAY else "margin_seconds"
        clearly |= Q(kind=each.name, unit=each.unit, **{f"{prefix}{name}__gte": _least(each.name, each.unit)})
    return clearly
