"""The probe of the shop's own pages: what it asks, what it saw, and windows of maintenance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F, Max, Q
from django.utils.translation import gettext_lazy as _

from vafa.agreements.looking import NO_ANSWER, UP, Look, allowed_origins, is_allowed
from vafa.agreements.models import DownSpell, Maintenance, Probe, ProbeHour
from vafa.agreements.queries import maintenance_at
from vafa.kit.problems import Problem

LONGEST_WINDOW = timedelta(days=2)


def add_probe(name: str, url: str, *, timeout_seconds: int = 10, at: datetime) -> Probe:
    """Ask this address every minute from now on.

    Problems: `not-ours` for an address that is not the shop's own, `bad-timeout`, `asked-already` (409).
    """
    if not is_allowed(url):
        allowed = ", ".join(allowed_origins())
        sentence = _("Only pages of your own shop are asked. Addresses may begin with: %(allowed)s")
        raise Problem("not-ours", sentence % {"allowed": allowed}, field="url", status=422)
    if not 1 <= timeout_seconds <= 30:
        raise Problem("bad-timeout", _("Choose 1 to 30 seconds."), field="timeout_seconds", status=422)
    try:
        with transaction.atomic():
            return Probe.objects.create(name=name, url=url, timeout_seconds=timeout_seconds, added_at=at)
    except IntegrityError:
        raise Problem("asked-already", _("This page is asked already."), field="url", status=409) from None


@dataclass(frozen=True)
class Hour:
    """What one hour of a simulated page looked like."""

    begins_at: datetime
    checks: int
    up: int
    milliseconds: int


def record_simulated(name: str, url: str, hours: Sequence[Hour], *, at: datetime) -> Probe:
    """A page of a simulated shop with its figures. It is marked so wherever it is shown, and never asked."""
    with transaction.atomic():
        probe = Probe.objects.create(name=name, url=url, added_at=at, simulated=True, last_result=UP)
        _write_hours(probe, hours, at)
    return probe


def continue_simulated(hours: Sequence[Hour], *, at: datetime) -> None:
    """Later hours of the simulated page. Hours that are there already, and all before them, change nothing."""
    with transaction.atomic():
        probe = Probe.objects.select_for_update().filter(simulated=True).order_by("pk").first()
        if probe is None:
            return
        newest = ProbeHour.objects.filter(probe=probe).aggregate(newest=Max("hour"))["newest"]
        later = [each for each in hours if newest is None or each.begins_at > newest]
        if later:
            _write_hours(probe, later, at)


def _write_hours(probe: Probe, hours: Sequence[Hour], at: datetime) -> None:
    rows = [
        ProbeHour(probe=probe, hour=each.begins_at, checks=each.checks, up=each.up, milliseconds=each.milliseconds)
        for each in hours
    ]
    ProbeHour.objects.bulk_create(rows, batch_size=1000)
    DownSpell.objects.bulk_create(_spells(probe, hours))
    Probe.objects.filter(pk=probe.pk).update(last_minute=at)


def _spells(probe: Probe, hours: Sequence[Hour]) -> list[DownSpell]:
    """The failed minutes stand at the beginning of their hour; those that touch are one spell."""
    spells: list[DownSpell] = []
    for each in hours:
        failed = each.checks - each.up
        ends_at = each.begins_at + timedelta(minutes=failed)
        if failed and spells and spells[-1].ended_at == each.begins_at:
            spells[-1].ended_at = ends_at
            spells[-1].checks += failed
        elif failed:
            spells.append(
                DownSpell(probe=probe, began_at=each.begins_at, ended_at=ends_at, checks=failed, reason=NO_ANSWER)
            )
    return spells


def switch_probe(probe: Probe, *, active: bool, at: datetime) -> None:
    """Ask it no longer, or again. A spell that goes on ends with the asking."""
    with transaction.atomic():
        Probe.objects.filter(pk=probe.pk).update(active=active)
        if not active:
            DownSpell.objects.filter(probe=probe, ended_at__isnull=True).update(ended_at=at)


def record_look(probe: Probe, look: Look, *, at: datetime) -> bool:
    """Count one check; whether it was the first of its minute (a second one counts nothing).

    In announced maintenance the minute is counted as excluded and begins no spell.
    """
    minute = at.replace(second=0, microsecond=0)
    with transaction.atomic():
        free = Probe.objects.filter(Q(last_minute__lt=minute) | Q(last_minute__isnull=True), pk=probe.pk, active=True)
        if not free.update(last_minute=minute, last_result=look.result):
            return False
        excluded = maintenance_at(probe, at)
        _count(probe, minute.replace(minute=0), look, excluded=excluded)
        _mark(probe, look, minute, excluded=excluded)
    return True


def _count(probe: Probe, hour: datetime, look: Look, *, excluded: bool) -> None:
    ProbeHour.objects.bulk_create([ProbeHour(probe=probe, hour=hour)], ignore_conflicts=True)
    row = ProbeHour.objects.filter(probe=probe, hour=hour)
    if excluded:
        row.update(excluded=F("excluded") + 1)
    elif look.result == UP:
        row.update(checks=F("checks") + 1, up=F("up") + 1, milliseconds=F("milliseconds") + look.milliseconds)
    else:
        row.update(checks=F("checks") + 1)


def _mark(probe: Probe, look: Look, minute: datetime, *, excluded: bool) -> None:
    going_on = DownSpell.objects.filter(probe=probe, ended_at__isnull=True)
    if look.result == UP or excluded:
        going_on.update(ended_at=minute)
    elif not going_on.update(checks=F("checks") + 1, reason=look.result):
        DownSpell.objects.create(probe=probe, began_at=minute, reason=look.result)


def announce_maintenance(
    *, begins_at: datetime, ends_at: datetime, probe: Probe | None, note: str, at: datetime
) -> Maintenance:
    """A window whose minutes will not count. Problem `bad-window`: in the past, too long, or without length."""
    if begins_at < at:
        sentence = _("Maintenance is announced before it begins; what has happened stays counted.")
        raise Problem("bad-window", sentence, field="begins_on", status=422)
    if not timedelta() < ends_at - begins_at <= LONGEST_WINDOW:
        sentence = _("A window ends after it begins and takes at most two days.")
        raise Problem("bad-window", sentence, field="ends_on", status=422)
    return Maintenance.objects.create(
        begins_at=begins_at, ends_at=ends_at, probe=probe, note=note[:120], announced_at=at
    )


def call_off_maintenance(pk: int, *, at: datetime) -> None:
    """Take back a window that has not begun. Problem `window-begun` (409)."""
    deleted, _by_model = Maintenance.objects.filter(pk=pk, begins_at__gt=at).delete()
    if not deleted:
        raise Problem("window-begun", _("This window has begun or is over, so it stays."), status=409)
