"""Agreements in their versions, and the levels they promise."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from vafa.agreements.models.partners import Partner
from vafa.agreements.models.uptime import Probe
from vafa.kit.formats.calendars import Calendar


class State(models.TextChoices):
    DRAFT = "draft", _("Draft")
    IN_FORCE = "in_force", _("In force")
    ENDED = "ended", _("Ended")


class Agreement(models.Model):
    """One version of one agreement. Once in force nothing of its text and levels changes; `digest` holds it to that.

    Texts are {language: text}. `valid_until` None: until somebody ends it. `agreed_on`: the day it was signed, from
    which its promises count as made. Periods are those of `calendar` on the wall clock of `zone`.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="agreements")
    code = models.SlugField(max_length=40)
    version = models.PositiveSmallIntegerField(default=1)
    title: models.JSONField[dict[str, str]] = models.JSONField(default=dict)
    scope: models.JSONField[dict[str, str]] = models.JSONField(default=dict, blank=True)
    measurement: models.JSONField[dict[str, str]] = models.JSONField(default=dict, blank=True)
    failure: models.JSONField[dict[str, str]] = models.JSONField(default=dict, blank=True)
    consequence: models.JSONField[dict[str, str]] = models.JSONField(default=dict, blank=True)
    agreed_on = models.DateField()
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    calendar = models.CharField(max_length=10, default="gregorian")
    zone = models.CharField(max_length=64)
    currency = models.CharField(max_length=3)
    state = models.CharField(max_length=8, choices=State.choices, default=State.DRAFT)
    in_force_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    digest = models.CharField(max_length=64, default="", blank=True, editable=False)

    class Meta:
        ordering = ["partner__name", "code", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="agreement_version_once"),
            models.UniqueConstraint(fields=["code"], condition=Q(state="in_force"), name="one_version_in_force"),
            models.UniqueConstraint(fields=["code"], condition=Q(state="draft"), name="one_draft_of_an_agreement"),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="agreement_ends_after_it_begins",
            ),
            models.CheckConstraint(condition=Q(agreed_on__lte=F("valid_from")), name="agreement_is_agreed_before"),
            models.CheckConstraint(
                condition=Q(calendar__in=["gregorian", "jalali", "hijri"]), name="agreement_calendar_is_known"
            ),
            models.CheckConstraint(
                condition=Q(state="draft", in_force_at__isnull=True, ended_at__isnull=True, digest="")
                | (Q(state="in_force", in_force_at__isnull=False, ended_at__isnull=True) & ~Q(digest=""))
                | (Q(state="ended", in_force_at__isnull=False, ended_at__isnull=False) & ~Q(digest="")),
                name="agreement_state_fits_its_times",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} v{self.version}"

    def get_absolute_url(self) -> str:
        """The staff's page of it."""
        return reverse("agreements:agreement", args=[self.public_id])

    @property
    def days_of(self) -> Calendar:
        """The calendar of its periods, typed."""
        calendars: dict[str, Calendar] = {"gregorian": "gregorian", "jalali": "jalali", "hijri": "hijri"}
        return calendars[self.calendar]

    @property
    def is_draft(self) -> bool:
        return self.state == State.DRAFT

    @property
    def tone(self) -> str:
        """The colour of its state."""
        return {State.IN_FORCE: "good", State.DRAFT: "info"}.get(State(self.state), "neutral")


class Measure(models.TextChoices):
    DELIVERED = "delivered", _("Parcels delivered within so many days of hand-over")
    KEPT = "kept", _("Promises kept")
    UPTIME = "uptime", _("Uptime of the shop's pages")
    ANSWERED = "answered", _("Requests answered within so many hours")


class Length(models.TextChoices):
    MONTH = "month", _("Month")
    QUARTER = "quarter", _("Quarter")


class Level(models.Model):
    """One level of an agreement: which share of what must be good in each period, and what follows where it is not.

    `target` is a share of one. `within` counts days (delivered) or hours (answered); `working_days` leaves out the days
    on which the shop is closed. `minimum`: with fewer observations nothing is said about a period. For each begun
    `step` below the target (a share of one) `credit_minor` is due, at most `cap_minor`.
    """

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="levels")
    position = models.PositiveSmallIntegerField()
    measure = models.CharField(max_length=10, choices=Measure.choices)
    target = models.FloatField()
    length = models.CharField(max_length=8, choices=Length.choices, default=Length.MONTH)
    within = models.PositiveSmallIntegerField(null=True, blank=True)
    working_days = models.BooleanField(default=False)
    promise_kind = models.CharField(max_length=40, default="", blank=True)
    probe = models.ForeignKey(Probe, null=True, blank=True, on_delete=models.PROTECT, related_name="levels")
    minimum = models.PositiveIntegerField(default=20)
    step = models.FloatField(default=0.01)
    credit_minor = models.BigIntegerField(default=0)
    cap_minor = models.BigIntegerField(default=0)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "position"], name="level_position_once"),
            models.CheckConstraint(condition=Q(target__gt=0) & Q(target__lte=1), name="level_target_is_a_share"),
            models.CheckConstraint(condition=Q(step__gt=0) & Q(step__lte=1), name="level_step_is_a_share"),
            models.CheckConstraint(condition=Q(minimum__gte=1), name="level_needs_observations"),
            models.CheckConstraint(condition=Q(length__in=Length.values), name="level_length_is_known"),
            models.CheckConstraint(
                condition=Q(credit_minor__gte=0) & Q(cap_minor__gte=F("credit_minor")), name="level_credit_within_cap"
            ),
            models.CheckConstraint(
                condition=Q(
                    measure__in=["delivered", "answered"], within__isnull=False, within__gte=1, probe__isnull=True
                )
                | Q(measure="kept", within__isnull=True, probe__isnull=True)
                | Q(measure="uptime", within__isnull=True, probe__isnull=False),
                name="level_has_what_its_measure_needs",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement} {self.measure}"
