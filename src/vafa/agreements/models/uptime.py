"""The probe of the shop's own pages."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import F, Q


class Probe(models.Model):
    """One address of the shop's own pages that is asked every minute. `last_minute`: the newest minute counted."""

    name = models.CharField(max_length=80)
    url = models.URLField(max_length=300, unique=True)
    timeout_seconds = models.PositiveSmallIntegerField(default=10)
    active = models.BooleanField(default=True)
    added_at = models.DateTimeField()
    last_minute = models.DateTimeField(null=True, blank=True)
    last_result = models.CharField(max_length=12, default="", blank=True)
    simulated = models.BooleanField(default=False, editable=False)  # its figures were never asked of a server

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(timeout_seconds__gte=1) & Q(timeout_seconds__lte=30), name="probe_timeout_is_sensible"
            )
        ]

    def __str__(self) -> str:
        return self.name


class ProbeHour(models.Model):
    """What one probe saw in one hour. `checks` were counted, `up` of them good; `excluded` fell into maintenance."""

    probe = models.ForeignKey(Probe, on_delete=models.CASCADE, related_name="hours")
    hour = models.DateTimeField()
    checks = models.PositiveSmallIntegerField(default=0)
    up = models.PositiveSmallIntegerField(default=0)
    excluded = models.PositiveSmallIntegerField(default=0)
    milliseconds = models.PositiveIntegerField(default=0)  # of the good ones together

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["probe", "hour"], name="probe_hour_once"),
            models.CheckConstraint(condition=Q(up__lte=F("checks")), name="probe_up_among_checks"),
        ]

    def __str__(self) -> str:
        return f"{self.probe_id} {self.hour:%Y-%m-%d %H}: {self.up}/{self.checks}"


class DownSpell(models.Model):
    """A time during which check after check failed; open while `ended_at` is None."""

    probe = models.ForeignKey(Probe, on_delete=models.CASCADE, related_name="spells")
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    checks = models.PositiveIntegerField(default=1)
    reason = models.CharField(max_length=12)

    class Meta:
        ordering = ["-began_at"]
        constraints = [
            models.UniqueConstraint(fields=["probe"], condition=Q(ended_at__isnull=True), name="one_open_spell")
        ]

    def __str__(self) -> str:
        return f"{self.probe_id} down since {self.began_at:%Y-%m-%d %H:%M}"


class Maintenance(models.Model):
    """A window announced beforehand, whose minutes do not count. `probe` None: for all of them."""

    probe = models.ForeignKey(Probe, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    note = models.CharField(max_length=120, default="", blank=True)
    announced_at = models.DateTimeField()

    class Meta:
        ordering = ["-begins_at"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("begins_at")), name="maintenance_takes_time"),
            models.CheckConstraint(
                condition=Q(announced_at__lte=F("begins_at")), name="maintenance_is_announced_before"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.begins_at:%Y-%m-%d %H:%M}"

    def covers(self, at: datetime) -> bool:
        """Whether the moment lies in it."""
        return self.begins_at <= at < self.ends_at
