"""Reads of the uptime figures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet, Sum

from vafa.agreements.models import DownSpell, Maintenance, Probe, ProbeHour

TOLD_AFTER = 2  # checks in a row that failed: one alone may be a lost packet
MOST_SPELLS = 20


@dataclass(frozen=True)
class Uptime:
    """Minutes asked and how many of them it answered; those of maintenance; milliseconds of all good answers."""

    checks: int
    up: int
    excluded: int
    milliseconds: int

    @property
    def share(self) -> float | None:
        """Share of the counted minutes in which it was up; None where none was counted."""
        return self.up / self.checks if self.checks else None

    @property
    def mean_seconds(self) -> float | None:
        """Mean time of the good answers."""
        return self.milliseconds / self.up / 1000 if self.up else None


def probes() -> QuerySet[Probe]:
    """All of them by name."""
    return Probe.objects.all()


def probe_by(pk: int) -> Probe | None:
    """One of them."""
    return Probe.objects.filter(pk=pk).first()


def uptime(probe: Probe, since: datetime, until: datetime) -> Uptime:
    """What the probe saw in the hours that begin from `since` to before `until`."""
    found = probe.hours.filter(hour__gte=since, hour__lt=until).aggregate(
        checks=Sum("checks"), up=Sum("up"), excluded=Sum("excluded"), milliseconds=Sum("milliseconds")
    )
    return Uptime(**{name: value or 0 for name, value in found.items()})


def hours_of(probe: Probe, since: datetime) -> list[ProbeHour]:
    """Its hours since then, the oldest first."""
    return list(probe.hours.filter(hour__gte=since).order_by("hour"))


def down_now() -> list[DownSpell]:
    """Spells that go on and have been seen more than once, the oldest first."""
    found = DownSpell.objects.filter(ended_at__isnull=True, checks__gte=TOLD_AFTER, probe__active=True)
    return list(found.select_related("probe").order_by("began_at"))


def spells_of(probe: Probe) -> list[DownSpell]:
    """The newest spells of a probe that were seen more than once."""
    return list(probe.spells.filter(checks__gte=TOLD_AFTER)[:MOST_SPELLS])


def maintenance_at(probe: Probe, at: datetime) -> bool:
    """Whether the moment lies in a window announced for this probe or for all."""
    windows = Maintenance.objects.filter(begins_at__lte=at, ends_at__gt=at)
    return windows.filter(Q(probe=probe) | Q(probe__isnull=True)).exists()


def windows(at: datetime) -> list[Maintenance]:
    """Windows of the last ninety days and those to come."""
    return list(Maintenance.objects.select_related("probe").filter(ends_at__gte=at - timedelta(days=90))[:50])
