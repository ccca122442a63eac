"""The record that everybody may read: what became of the promises of the last 30, 90 and 365 days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Case, Count, Q, Sum, Value, When

from vafa.promises.models import DayTotal, Direction, PromiseEvent, Remedy, Seal, State, Unit
from vafa.promises.models.total import COUNTS
from vafa.promises.queries.remedies import ALLOWED
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

    Four queries, whose time does not grow with the number of promises; one of them reads the remedies.
    """
    rows, remedies = _rows(last_day), _remedies(last_day)
    kinds = [_by_period(kind, rows, remedies) for kind in {row["kind"] for row in rows}]
    kinds.sort(key=lambda records: (-records[-1].made, records[-1].kind))
    first = PromiseEvent.objects.order_by("pk").values_list("recorded_at", flat=True).first()
    newest = Seal.objects.order_by("-number").values_list("number", "day").first()
    return PublishedRecord(
        last_day=last_day,
        counted_at=at,
        all_kinds=_by_period("", rows, remedies),
        kinds=tuple(records for records in kinds if records[-1].made),
        begun_at=first,
        seals=newest[0] if newest else 0,
        sealed_on=newest[1] if newest else None,
    )


def _rows(last_day: date) -> list[dict[str, Any]]:
    """Sums by kind, date and unit, each day in the shortest of the periods that it lies in (`within`)."""
    totals = DayTotal.objects.filter(
        direction=Direction.TO_CUSTOMER, day__gte=_first_day(last_day, PERIODS[-1]), day__lte=last_day
    )
    sums = {name: Sum(name) for name in COUNTS}
    within = _within(last_day, "day")
    return [dict(row) for row in totals.order_by().values("kind", "against", "unit", within=within).annotate(**sums)]


def _remedies(last_day: date) -> list[dict[str, Any]]:
    """How many promises broken by their original date led to a remedy, by kind and in the same periods."""
    due, days, seconds = (f"cover__promise__original_{name}" for name in ("due_on", "margin_days", "margin_seconds"))
    came_late = Q(cover__promise__unit=Unit.DAY, **{f"{days}__lt": 0}) | Q(
        cover__promise__unit=Unit.MOMENT, **{f"{seconds}__lt": 0}
    )
    never_came = Q(cover__promise__state=State.BROKEN, cover__promise__fulfilled_at__isnull=True)
    remedies = Remedy.objects.filter(
        came_late | never_came,
        state__in=ALLOWED,
        cover__promise__direction=Direction.TO_CUSTOMER,
        **{f"{due}__gte": _first_day(last_day, PERIODS[-1]), f"{due}__lte": last_day},
    )
    counted = remedies.order_by().values("cover__promise__kind", within=_within(last_day, due))
    return [
        {"kind": row["cover__promise__kind"], "within": row["within"], "remedied": row["remedied"]}
        for row in counted.annotate(remedied=Count("pk"))
    ]


def _first_day(last_day: date, days: int) -> date:
    return last_day - timedelta(days=days - 1)


def _within(last_day: date, field: str) -> Case:
    """The shortest of the periods in which a day lies."""
    return Case(*[When(**{f"{field}__gte": _first_day(last_day, days)}, then=Value(days)) for days in PERIODS])


def _by_period(kind: str, rows: Sequence[dict[str, Any]], remedies: Sequence[dict[str, Any]]) -> tuple[Record, ...]:
    """One record a period of one kind, or of all where `kind` is empty."""

    def within(found: Sequence[dict[str, Any]], days: int) -> list[dict[str, Any]]:
        return [row for row in found if kind in {"", row["kind"]} and row["within"] <= days]

    return tuple(
        replace(record_of(kind, within(rows, days)), remedied=sum(row["remedied"] for row in within(remedies, days)))
        for days in PERIODS
    )
