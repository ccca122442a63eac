"""Parcels with their tracking events, fitted models, quotes, backtests, checks of claims."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from vafa.delivery.statuses import ICONS, REASON_WORDS, TONES, WORDS
from vafa.engine.parcel_state import Scan, Status
from vafa.kit.problems import Text
from vafa.orders.models import Order
from vafa.promises.models import AdvertisedClaim, Guarantee


class Parcel(models.Model):
    """What travels: one or several parcels an order; the one an export tells of has position 0.

    `told_…` is what the shop's own exports say. Everything after it is worked out from that and from the tracking
    events with its number (`engine.parcel_state`), and never written by hand.
    """

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="parcels")
    position = models.PositiveSmallIntegerField(default=0)
    carrier = models.CharField(max_length=64, default="", blank=True)
    tracking_number = models.CharField(max_length=64, default="", blank=True)
    number_key = models.CharField(max_length=64, default="", blank=True)  # the number as events are found by it
    told_handed_over_at = models.DateTimeField(null=True, blank=True)
    told_delivered_at = models.DateTimeField(null=True, blank=True)
    status = models.CharField(max_length=20, default=Status.PENDING.value)
    reason = models.CharField(max_length=40, default="", blank=True)
    handed_over_at = models.DateTimeField(null=True, blank=True)
    delivered_at = models.DateTimeField(null=True, blank=True, db_index=True)
    last_seen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["order", "position"], name="parcel_position_once"),
            models.CheckConstraint(condition=Q(status__in=[each.value for each in Status]), name="parcel_status_known"),
        ]
        indexes = [
            models.Index(fields=["number_key"], name="parcel_number", condition=~Q(number_key="")),
            models.Index(fields=["order"], name="parcel_further", condition=Q(position__gt=0)),
        ]

    def __str__(self) -> str:
        return self.tracking_number or str(self.order_id)

    @property
    def tone(self) -> str:
        """The colour of its status."""
        return TONES[Status(self.status)]

    @property
    def icon(self) -> str:
        """The picture of its status."""
        return ICONS[Status(self.status)]

    @property
    def words(self) -> Text:
        """Its status in the reader's language."""
        return WORDS[Status(self.status)]

    @property
    def reason_words(self) -> Text:
        """Why, in the reader's language; "" where nothing was told."""
        return REASON_WORDS.get(self.reason, "")


class TrackingEvent(models.Model):
    """One thing that a source told of a parcel; the same `key` of a source is the same event, told once or often.

    It names its parcel by number, because it may come before the parcel is known. Nothing in it is personal: `code` is
    the carrier's own code or wording where the carrier's folder knows it, `place` a town or a depot.
    """

    source = models.CharField(max_length=64)
    key = models.CharField(max_length=128)
    number_key = models.CharField(max_length=64, default="", blank=True)
    tracking_number = models.CharField(max_length=64, default="", blank=True)
    order_number = models.CharField(max_length=64, default="", blank=True)
    carrier = models.CharField(max_length=64, default="", blank=True)
    status = models.CharField(max_length=20)
    reason = models.CharField(max_length=40, default="", blank=True)
    code = models.CharField(max_length=120, default="", blank=True)
    place = models.CharField(max_length=80, default="", blank=True)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "key"], name="tracking_event_once"),
            models.CheckConstraint(condition=Q(status__in=[each.value for each in Status]), name="event_status_known"),
            models.CheckConstraint(
                condition=~Q(number_key="") | ~Q(order_number=""), name="tracking_event_names_something"
            ),
        ]
        indexes = [
            models.Index(fields=["number_key"], name="event_number", condition=~Q(number_key="")),
            models.Index(fields=["order_number"], name="event_order", condition=~Q(order_number="")),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.status} {self.at:%Y-%m-%d %H:%M}"

    @property
    def scan(self) -> Scan:
        """The event as the engine wants it."""
        return Scan(self.at, Status(self.status), self.reason)


class FittedModel(models.Model):
    """One version of the duration model with its backtest figures; at most one is active."""

    version = models.CharField(max_length=64, unique=True)
    fitted_at = models.DateTimeField()
    facts_until = models.DateTimeField()
    learned_until = models.DateTimeField(null=True)  # the newest fact that the trees were fitted on; null: not known
    orders = models.PositiveIntegerField()
    figures: models.JSONField[dict[str, Any]] = models.JSONField(default=dict)
    artefact = models.BinaryField()
    active = models.BooleanField(default=False)
    # the same trees with newer records; null until the first refresh. It keeps the version it was fitted under.
    refreshed = models.BinaryField(null=True)
    refreshed_at = models.DateTimeField(null=True, blank=True)
    # how long the last parcels to each place took, for the frequency beside a promise (see queries/track.py)
    track: models.JSONField[dict[str, Any]] = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["active"], condition=Q(active=True), name="one_active_model")]

    def __str__(self) -> str:
        return self.version


class PooledHistory(models.Model):
    """What the newest orders say by themselves, worked out by the worker; the only row has primary key 1.

    It answers where no model is active, and beside the model for places with few orders. `figures` are null until they
    have been measured; they are not while a model answers.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    version = models.CharField(max_length=32)  # another one each time it is made
    made_at = models.DateTimeField()
    facts_until = models.DateTimeField(null=True)
    orders = models.PositiveIntegerField()  # how many orders and arrivals there were, and a digest of the settings
    arrivals = models.PositiveIntegerField()
    settings = models.CharField(max_length=64)
    artefact = models.BinaryField()
    track: models.JSONField[dict[str, Any]] = models.JSONField(default=dict)
    figures: models.JSONField[dict[str, Any] | None] = models.JSONField(null=True)
    figures_orders = models.PositiveIntegerField(default=0)  # how many orders there were when they were measured

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="pooled_history_is_one_row")]

    def __str__(self) -> str:
        return f"{self.orders} orders"


class Quote(models.Model):
    """What was answered to a question, kept for a while so that it can be turned into a promise unchanged."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)
    question: models.JSONField[dict[str, Any]] = models.JSONField(default=dict)
    answers: models.JSONField[list[dict[str, Any]]] = models.JSONField(default=list)
    model_version = models.CharField(max_length=64, default="", blank=True)

    def __str__(self) -> str:
        return str(self.public_id)


class PromiseRequest(models.Model):
    """A quote was turned into a promise under this key: the same key again is the same promise."""

    key = models.CharField(max_length=300, unique=True)  # the token's number and the caller's own key
    fingerprint = models.CharField(max_length=64)  # of the body: the same key with another body is refused
    quote = models.ForeignKey(Quote, on_delete=models.PROTECT, related_name="+")
    promise_ref = models.CharField(max_length=64, default="", blank=True)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.promise_ref


class BacktestRun(models.Model):
    """One backtest report: the JSON of `vafa backtest` and the job that made it."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    asked_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    options: models.JSONField[dict[str, Any]] = models.JSONField(default=dict)
    job_ref = models.UUIDField(null=True, blank=True)  # the job that makes the report
    report: models.JSONField[dict[str, Any] | None] = models.JSONField(null=True, blank=True)

    def __str__(self) -> str:
        return str(self.public_id)


class GuaranteeCost(models.Model):
    """What a draft would have cost: asked for by a person, worked out by the worker.

    `digest` is that of the terms that were replayed; `limit` the share of sales that the owner wants to stay under.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    guarantee = models.ForeignKey(Guarantee, on_delete=models.CASCADE, related_name="+")
    terms: models.JSONField[dict[str, Any]] = models.JSONField()
    digest = models.CharField(max_length=64)
    limit = models.FloatField(default=0.01)
    asked_at = models.DateTimeField()
    job_ref = models.UUIDField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    report: models.JSONField[dict[str, Any] | None] = models.JSONField(null=True, blank=True)

    def __str__(self) -> str:
        return str(self.public_id)


class ClaimCheck(models.Model):
    """What the newest check of an advertised claim found, in figures of the delivery history."""

    class Verdict(models.TextChoices):
        HOLDS = "holds", _("holds")
        UNDER = "under", _("under its level")
        FEW = "few", _("too few orders to say")

    claim = models.OneToOneField(AdvertisedClaim, on_delete=models.CASCADE, related_name="check_found")
    checked_at = models.DateTimeField()
    verdict = models.CharField(max_length=5, choices=Verdict.choices)
    report: models.JSONField[dict[str, Any]] = models.JSONField()

    def __str__(self) -> str:
        return self.verdict


class ClaimAlert(models.Model):
    """A running claim fell under its level; open until it is at its level again or no longer advertised."""

    claim = models.ForeignKey(AdvertisedClaim, on_delete=models.CASCADE, related_name="+")
    raised_at = models.DateTimeField()
    cleared_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["claim"], condition=Q(cleared_at__isnull=True), name="claim_one_open_alert")
        ]

    def __str__(self) -> str:
        return str(self.claim_id)


class Assumption(models.Model):
    """A figure that nobody can measure from the shop's own orders, as its owner believes it, and its source."""

    name = models.SlugField(max_length=40, unique=True)
    value = models.FloatField()
    source = models.CharField(max_length=300)
    changed_at = models.DateTimeField()
    changed_by = models.CharField(max_length=40, default="", blank=True)

    def __str__(self) -> str:
        return self.name
