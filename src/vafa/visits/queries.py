"""Reads of what visitors' browsers measured."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from django.db.models import Max

from vafa.visits.counting import added_up
from vafa.visits.models import Visit, VisitDay

LEAST = 100  # visits before a share of all is shown
LEAST_OF_A_PART = 30  # and before one of a kind of page or device is


@dataclass(frozen=True)
class Sums:
    """Counts of visits; the names as in `VisitDay`."""

    visits: int = 0
    good: int = 0
    lcp_known: int = 0
    lcp_good: int = 0
    inp_known: int = 0
    inp_good: int = 0
    cls_known: int = 0
    cls_good: int = 0
    faultless: int = 0

    def __add__(self, other: Sums) -> Sums:
        return Sums(**{each.name: getattr(self, each.name) + getattr(other, each.name) for each in fields(Sums)})

    def share(self, least: int = LEAST) -> float | None:
        """The share of good visits; None below so many visits."""
        return self.good / self.visits if self.visits >= max(1, least) else None


@dataclass(frozen=True)
class Counted:
    """The sums of one day, kind of page and device."""

    day: date
    page: str
    device: str
    sums: Sums


def counted_between(first: date, last: date) -> list[Counted]:
    """Day by day, both ends included: days that are over from their sums, later ones from the visits themselves."""
    over = VisitDay.objects.aggregate(last=Max("day"))["last"] or date.min
    days = VisitDay.objects.filter(day__gte=first, day__lte=last)
    fresh = Visit.objects.filter(day__gt=over, day__gte=first, day__lte=last)
    told: Iterable[Any] = days.values()
    rows: list[dict[str, Any]] = [*told, *added_up(fresh)]
    return sorted((_counted(row) for row in rows), key=lambda each: each.day)


def fast_site(first: date, last: date) -> Sums:
    """For the expectation area `fast_site`: visits that were good in everything, of visits."""
    return total(counted_between(first, last))


def total(counted: Iterable[Counted]) -> Sums:
    """All of these together."""
    return sum((each.sums for each in counted), Sums())


def _counted(row: dict[str, Any]) -> Counted:
    sums = Sums(**{each.name: row[each.name] for each in fields(Sums)})
    return Counted(row["day"], row["page"], row["device"], sums)
