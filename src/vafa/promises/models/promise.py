"""One specific commitment and what became of it."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from vafa.kit import clock


class State(models.TextChoices):
    OPEN = "open", _("Open")
    KEPT = "kept", _("Kept")
    BROKEN = "broken", _("Broken")
    REVISED = "revised", _("Revised")
    CANCELLED = "cancelled", _("Cancelled")


class Direction(models.TextChoices):
    TO_CUSTOMER = "to_customer", _("To a customer")
    FROM_SUPPLIER = "from_supplier", _("From a supplier")


class AskedBy(models.TextChoices):
    SHOP = "shop", _("The shop")
    CUSTOMER = "customer", _("The customer")


class Unit(models.TextChoices):
    DAY = "day", _("A day")
    MOMENT = "moment", _("A moment")


SETTLED = [State.KEPT.value, State.BROKEN.value]
MARGINS = ["margin_days", "margin_seconds", "original_margin_days", "original_margin_seconds"]


_DEFAULTS: dict[str, Any] = {}  # of every column, in the order of the model's fields


def _all_null(*names: str) -> Q:
    return Q(**{f"{name}__isnull": True for name in names})


def _none_null(*names: str) -> Q:
    return Q(**{f"{name}__isnull": False for name in names})


_IN_TIME = Q(unit=Unit.DAY, margin_days__gte=0) | Q(unit=Unit.MOMENT, margin_seconds__gte=0)
_LATE = Q(unit=Unit.DAY, margin_days__lt=0) | Q(unit=Unit.MOMENT, margin_seconds__lt=0)


class Promise(models.Model):
    """One promise. What is shown and promised never changes; a new date is a new row (`replaced_by`).

    Margins are due minus fulfilled: positive is early. `…_days` counts calendar days in the promise's zone, `…_seconds`
    is measured to `due_at`. The `original_…` columns measure the same fulfilment against the chain's original promise.
    `claim` names what only one open promise may be about ("delivery:order:1001"); whoever leaves `open` gives it up.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    key = models.CharField(max_length=160, unique=True)  # the maker's own; the same key twice is the same promise
    kind = models.CharField(max_length=40)
    unit = models.CharField(max_length=8, choices=Unit.choices, default=Unit.DAY)
    direction = models.CharField(max_length=16, choices=Direction.choices, default=Direction.TO_CUSTOMER)
    subject_type = models.CharField(max_length=40)
    subject_ref = models.CharField(max_length=80)
    party_ref = models.CharField(max_length=80, default="", blank=True)
    claim = models.CharField(max_length=162, null=True, blank=True)  # noqa: DJ001 - null, for null is never a duplicate
    text: models.JSONField[dict[str, str]] = models.JSONField(default=dict, blank=True)  # {language: text} as shown
    channel = models.CharField(max_length=40, default="", blank=True)
    origin = models.CharField(max_length=16, default="quote")
    guarantee_version = models.CharField(max_length=64, default="", blank=True)
    probability = models.FloatField(null=True, blank=True)
    place = models.CharField(max_length=120, default="", blank=True)
    region = models.CharField(max_length=120, default="", blank=True)
    seller = models.CharField(max_length=120, default="", blank=True)

    made_at = models.DateTimeField()
    due_on = models.DateField()
    zone = models.CharField(max_length=64)
    due_at = models.DateTimeField()
    settle_after = models.DateTimeField(null=True, blank=True)  # null: never swept, waits for the import that knows

    root = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    replaced_by = models.OneToOneField("self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaces")
    asked_by = models.CharField(max_length=8, choices=AskedBy.choices, default="", blank=True)
    original_due_on = models.DateField()
    original_due_at = models.DateTimeField()

    state = models.CharField(max_length=9, choices=State.choices, default=State.OPEN)
    settled_at = models.DateTimeField(null=True, blank=True)
    fulfilled_at = models.DateTimeField(null=True, blank=True)
    margin_days = models.IntegerField(null=True, blank=True)
    margin_seconds = models.BigIntegerField(null=True, blank=True)
    original_margin_days = models.IntegerField(null=True, blank=True)
    original_margin_seconds = models.BigIntegerField(null=True, blank=True)
    corrected = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="promise_state_is_known"),
            models.CheckConstraint(condition=Q(unit__in=Unit.values), name="promise_unit_is_known"),
            models.CheckConstraint(condition=Q(direction__in=Direction.values), name="promise_direction_is_known"),
            models.CheckConstraint(
                condition=Q(probability__isnull=True) | Q(probability__gte=0, probability__lte=1),
                name="promise_probability_in_range",
            ),
            models.CheckConstraint(
                condition=Q(settle_after__isnull=True) | Q(settle_after__gte=F("due_at")),
                name="promise_settles_after_due",
            ),
            models.CheckConstraint(
                condition=Q(root__isnull=True, asked_by="") | Q(root__isnull=False, asked_by__in=AskedBy.values),
                name="promise_revision_was_asked_for",
            ),
            models.CheckConstraint(
                condition=Q(state=State.REVISED, replaced_by__isnull=False)
                | (~Q(state=State.REVISED) & Q(replaced_by__isnull=True)),
                name="promise_revised_has_successor",
            ),
            models.CheckConstraint(
                condition=Q(state__in=SETTLED, settled_at__isnull=False)
                | (~Q(state__in=SETTLED) & Q(settled_at__isnull=True, corrected=False)),
                name="promise_settled_has_time",
            ),
            models.CheckConstraint(
                condition=_all_null("fulfilled_at", *MARGINS) | _none_null("fulfilled_at", *MARGINS),
                name="promise_margin_iff_fulfilled",
            ),
            models.CheckConstraint(
                condition=(Q(state=State.KEPT, fulfilled_at__isnull=False) & _IN_TIME)
                | (Q(state=State.BROKEN, fulfilled_at__isnull=False) & _LATE)
                | (~Q(state=State.KEPT) & Q(fulfilled_at__isnull=True)),
                name="promise_outcome_fits_margin",
            ),
        ]
        constraints += [
            models.UniqueConstraint(fields=["claim"], condition=Q(claim__isnull=False), name="promise_one_open_claim"),
            models.CheckConstraint(condition=Q(claim__isnull=True) | Q(state=State.OPEN), name="promise_claim_is_open"),
        ]
        indexes = [
            models.Index(fields=["due_at", "probability"], condition=Q(state="open"), name="promise_open_by_due"),
            models.Index(fields=["settle_after"], condition=Q(state="open"), name="promise_open_by_settle"),
            models.Index(fields=["root"], condition=Q(root__isnull=False), name="promise_chain"),
            models.Index(fields=["due_on"], name="promise_due_on"),
            models.Index(fields=["original_due_on"], name="promise_original_due_on"),
            models.Index(fields=["subject_ref"], name="promise_subject"),
        ]

    def __str__(self) -> str:
        return str(self.public_id)

    def get_absolute_url(self) -> str:
        """The staff's page of it."""
        return reverse("promises:promise", args=[self.public_id])

    @classmethod
    def with_columns(cls, **columns: Any) -> Promise:
        """An unsaved promise, as `Promise(**columns)` makes it, for those who make thousands: a third of the time."""
        if not _DEFAULTS:
            _DEFAULTS.update((field.attname, field.get_default()) for field in cls._meta.concrete_fields)
        own: dict[str, Any] = {"public_id": uuid.uuid4(), "text": {}}
        by_position: Callable[..., Promise] = cls
        return by_position(*(_DEFAULTS | own | columns).values())

    @property
    def chain_id(self) -> int:
        """The primary key of the chain's first promise."""
        return self.root_id or self.pk

    @property
    def fulfilled_day(self) -> date | None:
        """The calendar day of the fulfilment in the promise's zone."""
        return self.local_day(self.fulfilled_at) if self.fulfilled_at else None

    @property
    def days_late(self) -> int:
        """How many days after the promised one it came; 0 when in time or not at all."""
        return max(-(self.margin_days or 0), 0)

    @property
    def original_days_late(self) -> int:
        """The same against the original date."""
        return max(-(self.original_margin_days or 0), 0)

    @property
    def is_overdue(self) -> bool:
        """Open though its time has passed: evidence is still waited for."""
        return self.state == State.OPEN and self.due_at <= clock.now()

    @property
    def is_settled(self) -> bool:
        return self.state in SETTLED

    @property
    def is_a_customers(self) -> bool:
        """Given to a customer, about an order. What was agreed with a partner, or an incident asks for, is not: its
        outcome comes from the room that made it, and no customer is warned of it or chooses.
        """
        return self.direction == Direction.TO_CUSTOMER and self.subject_type == "order"

    def local_day(self, moment: datetime) -> date:
        """The calendar day of an aware moment in this promise's zone."""
        return moment.astimezone(ZoneInfo(self.zone)).date()
