"""Partners, agreements and their levels, what was measured, credits, and the probe of the shop's own pages."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from vafa.kit.formats.calendars import Calendar
from vafa.promises.models import Direction


class Role(models.TextChoices):
    CARRIER = "carrier", _("Carrier")
    SUPPLIER = "supplier", _("Supplier")
    HOSTING = "hosting", _("Hosting provider")
    BUSINESS = "business", _("Business customer")


class Partner(models.Model):
    """Who the shop has agreements with. `ref` is what other rooms know the partner by.

    For a carrier: its names in parcels, one a line. For a supplier: the seller's code. For a business customer: its
    customer number.
    """

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=10, choices=Role.choices)
    ref = models.TextField(default="", blank=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(condition=Q(role__in=Role.values), name="partner_role_is_known"),
            models.CheckConstraint(condition=~Q(name=""), name="partner_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The scorecard."""
        return reverse("agreements:partner", args=[self.code])

    @property
    def direction(self) -> str:
        """Who promises: the shop to a business customer, everybody else to the shop."""
        return (Direction.TO_CUSTOMER if self.role == Role.BUSINESS else Direction.FROM_SUPPLIER).value

    @property
    def is_owed_to_us(self) -> bool:
        """Whether a missed level is claimed by the shop (else the shop owes it)."""
        return self.role != Role.BUSINESS

    @property
    def refs(self) -> list[str]:
        """The lines of `ref`."""
        return [line.strip() for line in self.ref.splitlines() if line.strip()]


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


class Outcome(models.TextChoices):
    MET = "met", _("Met")
    MISSED = "missed", _("Missed")
    TOO_FEW = "too_few", _("Not enough observations")


class Measurement(models.Model):
    """What one level came to in one period, written once. `promise_ref`: its promise in the ledger."""

    level = models.ForeignKey(Level, on_delete=models.PROTECT, related_name="measurements")
    first = models.DateField()
    last = models.DateField()
    observed = models.PositiveIntegerField()
    met = models.PositiveIntegerField()
    outcome = models.CharField(max_length=8, choices=Outcome.choices)
    credit_minor = models.BigIntegerField(default=0)
    promise_ref = models.UUIDField()
    measured_at = models.DateTimeField()

    class Meta:
        ordering = ["first"]
        constraints = [
            models.UniqueConstraint(fields=["level", "first"], name="measurement_once_a_period"),
            models.CheckConstraint(condition=Q(met__lte=F("observed")), name="measurement_met_among_observed"),
            models.CheckConstraint(condition=Q(last__gte=F("first")), name="measurement_period_has_days"),
            models.CheckConstraint(
                condition=Q(outcome="missed") | Q(outcome__in=["met", "too_few"], credit_minor=0),
                name="measurement_credit_only_for_missed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.level} {self.first}: {self.outcome}"

    @property
    def share(self) -> float | None:
        """The share that was good; None where too little was seen to say."""
        return None if self.outcome == Outcome.TOO_FEW else self.met / self.observed

    @property
    def tone(self) -> str:
        """The colour of its outcome."""
        return {Outcome.MET: "good", Outcome.MISSED: "bad"}.get(Outcome(self.outcome), "neutral")


class ClaimState(models.TextChoices):
    DUE = "due", _("Due")
    CLAIMED = "claimed", _("Claimed")
    RECEIVED = "received", _("Paid")
    WAIVED = "waived", _("Waived")


class Claim(models.Model):
    """The credit of one missed period: claimed back from a partner, or owed to a business customer."""

    measurement = models.OneToOneField(Measurement, on_delete=models.PROTECT, related_name="claim")
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    state = models.CharField(max_length=8, choices=ClaimState.choices, default=ClaimState.DUE)
    claimed_at = models.DateTimeField(null=True, blank=True)
    received_minor = models.BigIntegerField(default=0)
    settled_at = models.DateTimeField(null=True, blank=True)
    reference = models.CharField(max_length=120, default="", blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount_minor__gt=0), name="claim_is_about_something"),
            models.CheckConstraint(
                condition=Q(received_minor__gte=0) & Q(received_minor__lte=F("amount_minor")),
                name="claim_receives_no_more_than_it_is",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["due", "claimed"], settled_at__isnull=True, received_minor=0)
                | Q(state="received", settled_at__isnull=False, received_minor__gt=0)
                | Q(state="waived", settled_at__isnull=False, received_minor=0),
                name="claim_state_fits_its_sums",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.amount_minor} {self.currency}: {self.state}"

    @property
    def is_open(self) -> bool:
        return self.state in {ClaimState.DUE, ClaimState.CLAIMED}

    @property
    def tone(self) -> str:
        """The colour of its state."""
        return {ClaimState.DUE: "warn", ClaimState.CLAIMED: "info", ClaimState.RECEIVED: "good"}.get(
            ClaimState(self.state), "neutral"
        )


class Answer(models.Model):
    """One request to a partner and when it was answered, as a person entered it; the same `reference` is the same."""

    level = models.ForeignKey(Level, on_delete=models.PROTECT, related_name="answers")
    reference = models.CharField(max_length=80)
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-asked_at"]
        constraints = [
            models.UniqueConstraint(fields=["level", "reference"], name="answer_once_a_reference"),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True) | Q(answered_at__gte=F("asked_at")),
                name="answer_comes_after_the_request",
            ),
        ]

    def __str__(self) -> str:
        return self.reference


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
