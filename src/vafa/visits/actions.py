"""Keeping what a browser told, adding days up, forgetting the single visits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Max

from vafa.shop.queries import the_shop
from vafa.visits.counting import added_up
from vafa.visits.models import Visit, VisitDay

LATE = timedelta(hours=1)  # after its end a day is added up: nothing that began in it is still being written then
KEPT = timedelta(days=14)
AT_ONCE = 5_000


@dataclass(frozen=True)
class Told:
    """One visit, checked."""

    key: str
    page: str
    device: str
    lcp_ms: int | None
    inp_ms: int | None
    cls_mils: int | None
    errors: int


def keep_visit(told: Told, *, at: datetime) -> None:
    """Keep it once, however often it is told."""
    visit = Visit(
        key=told.key,
        at=at,
        day=at.astimezone(ZoneInfo(the_shop().zone)).date(),
        page=told.page,
        device=told.device,
        lcp_ms=told.lcp_ms,
        inp_ms=told.inp_ms,
        cls_mils=told.cls_mils,
        errors=told.errors,
    )
    Visit.objects.bulk_create([visit], ignore_conflicts=True)


@transaction.atomic
def add_up_days(*, at: datetime) -> int:
    """Write the sums of the days that are over and have none yet; how many rows. A second run changes nothing."""
    ended = (at - LATE).astimezone(ZoneInfo(the_shop().zone)).date()
    over = VisitDay.objects.aggregate(last=Max("day"))["last"]
    waiting = Visit.objects.filter(day__lt=ended)
    if over is not None:
        waiting = waiting.filter(day__gt=over)
    rows = [VisitDay(**sums) for sums in added_up(waiting)]
    VisitDay.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def forget_visits(*, at: datetime) -> int:
    """Delete single visits after two weeks, where their day is added up; some at a time. How many went."""
    over = VisitDay.objects.aggregate(last=Max("day"))["last"]
    if over is None:
        return 0
    old = Visit.objects.filter(at__lt=at - KEPT, day__lte=over).order_by("pk").values_list("pk", flat=True)
    return Visit.objects.filter(pk__in=list(old[:AT_ONCE])).delete()[0]
