"""What levels came to, the credits that follow, and the answers that people enter."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from vafa.agreements.models.papers import Level


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
