"""The record that everybody may read: what became of the promises of the last 30, 90 and 365 days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Case, Sum, Value, When

from vafa.promises.models import DayTotal, Direction, PromiseEvent, Seal
from vafa.promises.models.total import COUNTS
from vafa.promises.queries.totals import Record, record_of

PERIODS = (30, 90, 365)


@dataclass(frozen=True)
class PublishedRecord:
    """What is published, and what it rests on.

    `all_kinds` holds one record for each of PERIODS, over every kind; `kinds` the same for each kind with promises in
    the longest period, those of most first. `begun_at` is when the first entry was written into the ledger, None while
    it is empty. `seals` counts the seals; `sealed_on` is the day of the newest.
    """

    last_day: date
    counted_at: datetime
    all_kinds: tuple[Record, ...]
    kinds: tuple[tuple[Record, ...], ...]
    begun_at: datetime | None
    seals: int
    sealed_on: date | None

    def of_days(self, days: int) -> Record:
        """The record of all kinds over one of PERIODS."""
        return self.all_kinds[PERIODS.index(days)]


def published_record(last_day: date, *, at: datetime) -> PublishedRecord:
    """The record of the promises to customers that fell due until `last_day`, as counted at `at`.

    Three queries, whose time does not grow with the number of promises.
    """
    rows = _rows(last_day)
    kinds = [_by_period(kind, rows) for kind in {row["kind"] for row in rows}]
    kinds.sort(key=lambda records: (-records[-1].made, records[-1].kind))
    first = PromiseEvent.objects.order_by("pk").values_list("recorded_at", flat=True).first()
    newest = Seal.objects.order_by("-number").values_list("number", "day").first()
    return PublishedRecord(
        last_day=last_day,
        counted_at=at,
        all_kinds=_by_period("", rows),
        kinds=tuple(records for records in kinds if records[-1].made),
        begun_at=first,
        seals=newest[0] if newest else 0,
        sealed_on=newest[1] if newest else None,
    )


def _rows(last_day: date) -> list[dict[str, Any]]:
    """Sums by kind, date and unit, each day in the shortest of the periods that it lies in (`within`)."""
    since = {days: last_day - timedelta(days=days - 1) for days in PERIODS}
    within = Case(*[When(day__gte=first, then=Value(days)) for days, first in since.items()])
    totals = DayTotal.objects.filter(direction=Direction.TO_CUSTOMER, day__gte=since[PERIODS[-1]], day__lte=last_day)
    sums = {name: Sum(name) for name in COUNTS}
    return [dict(row) for row in totals.order_by().values("kind", "against", "unit", within=within).annotate(**sums)]


def _by_period(kind: str, rows: Sequence[dict[str, Any]]) -> tuple[Record, ...]:
    """One record a period of one kind, or of all where `kind` is empty."""
    of_kind = [row for row in rows if kind in {"", row["kind"]}]
    return tuple(record_of(kind, [row for row in of_kind if row["within"] <= days]) for days in PERIODS)
