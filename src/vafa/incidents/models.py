"""Incidents, the rules of notice, the notices, and who looked."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

TEXTS = ("what", "consequences", "measures", "advice", "remedy")  # what is told of an incident, each {language: text}


class Audience(models.TextChoices):
    AUTHORITY = "authority", _("An authority")
    PERSONS = "persons", _("The people concerned")


class Risk(models.TextChoices):
    """How bad it may become for the people whose data it is."""

    LOW = "low", _("Unlikely to harm anyone")
    SOME = "some", _("May harm people")
    HIGH = "high", _("Likely to harm people")


class Category(models.TextChoices):
    NAME = "name", _("name and address")
    CONTACT = "contact", _("e-mail address and phone number")
    ORDERS = "orders", _("orders")
    PAYMENT = "payment", _("payment data")
    ACCOUNT = "account", _("passwords and sign-in data")
    MESSAGES = "messages", _("messages")
    OTHER = "other", _("other data")


class Scope(models.TextChoices):
    ALL = "all", _("All customers")
    SEGMENT = "segment", _("Customers who ordered in a time or a region")
    LIST = "list", _("Customers of a list")


class OwnRule(models.Model):
    """A rule as the owner wrote it, in place of the shipped one of the same code or beside them.

    `hours` are counted from when the incident was found. `checked`: somebody who knows the law has looked at it.
    """

    code = models.SlugField(max_length=40, unique=True)
    name: models.JSONField[dict[str, str]] = models.JSONField(default=dict)
    audience = models.CharField(max_length=10, choices=Audience.choices)
    hours = models.PositiveIntegerField()
    least_risk = models.CharField(max_length=4, choices=Risk.choices)
    source = models.CharField(max_length=300, default="", blank=True)
    active = models.BooleanField()
    checked = models.BooleanField(default=False)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(hours__gte=1) & Q(hours__lte=2160), name="rule_hours_are_sensible"),
            models.CheckConstraint(condition=Q(audience__in=Audience.values), name="rule_audience_is_known"),
            models.CheckConstraint(condition=Q(least_risk__in=Risk.values), name="rule_risk_is_known"),
        ]

    def __str__(self) -> str:
        return self.code


class Incident(models.Model):
    """One incident. Its texts ({language: text}) can be changed until the people concerned are told (`told_at`).

    `exercise`: it never happened; nobody is told, and the ledger hears nothing of it. `chosen` says whom it concerns:
    {"refs": […]} of a list; {"from": day, "until": day, "region": name} of a segment.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    number = models.PositiveIntegerField(unique=True)
    exercise = models.BooleanField(default=False)
    what: models.JSONField[dict[str, str]] = models.JSONField(default=dict)
    consequences: models.JSONField[dict[str, str]] = models.JSONField(default=dict, blank=True)
    measures: models.JSONField[dict[str, str]] = models.JSONField(default=dict, blank=True)
    advice: models.JSONField[dict[str, str]] = models.JSONField(default=dict, blank=True)
    remedy: models.JSONField[dict[str, str]] = models.JSONField(default=dict, blank=True)
    categories: models.JSONField[list[str]] = models.JSONField(default=list)
    risk = models.CharField(max_length=4, choices=Risk.choices)
    scope = models.CharField(max_length=8, choices=Scope.choices)
    chosen: models.JSONField[dict[str, Any]] = models.JSONField(default=dict, blank=True)
    voucher_minor = models.BigIntegerField(null=True, blank=True)  # what each person gets; None: words only
    voucher_days = models.PositiveIntegerField(default=90)
    since = models.DateTimeField()
    found_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    listed_at = models.DateTimeField(null=True, blank=True)  # every notice has been written down
    told_at = models.DateTimeField(null=True, blank=True)  # an owner said: tell them now
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.CheckConstraint(condition=Q(since__lte=F("found_at")), name="incident_began_before_it_was_found"),
            models.CheckConstraint(condition=Q(found_at__lte=F("recorded_at")), name="incident_found_before_recorded"),
            models.CheckConstraint(condition=Q(risk__in=Risk.values), name="incident_risk_is_known"),
            models.CheckConstraint(condition=Q(scope__in=Scope.values), name="incident_scope_is_known"),
            models.CheckConstraint(
                condition=Q(voucher_minor__isnull=True) | Q(voucher_minor__gt=0),
                name="incident_voucher_is_worth_something",
            ),
        ]

    def __str__(self) -> str:
        return str(self.number)

    def get_absolute_url(self) -> str:
        """The owners' page of it."""
        return reverse("incidents:incident", args=[self.public_id])


class NoticeState(models.TextChoices):
    DUE = "due", _("To be told")
    TOLD = "told", _("Told")
    NOT_NEEDED = "not_needed", _("Not needed")


class Way(models.TextChoices):
    """How somebody is told whom no message reaches."""

    PHONE = "phone", _("by phone")
    LETTER = "letter", _("by letter")
    IN_PERSON = "in_person", _("in person")
    OTHER = "other", _("in another way")


class Notice(models.Model):
    """Somebody who must be told by `due_at`: an authority (`customer_ref` "") or one person, under one rule.

    `promise_ref` is its promise in the ledger, `message_ref` the message to the person; both None in an exercise.
    `way` and `told_by`: how and by whom a person was told in another way than by a message.
    """

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="notices")
    rule = models.CharField(max_length=40)
    rule_name: models.JSONField[dict[str, str]] = models.JSONField(default=dict)  # as it was called then
    audience = models.CharField(max_length=10, choices=Audience.choices)
    customer_ref = models.CharField(max_length=64, default="", blank=True)
    due_at = models.DateTimeField()
    promise_ref = models.UUIDField(null=True, blank=True)
    message_ref = models.UUIDField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=NoticeState.choices, default=NoticeState.DUE)
    settled_at = models.DateTimeField(null=True, blank=True)
    reference = models.CharField(max_length=200, default="", blank=True)  # file number, or why it is not needed
    way = models.CharField(max_length=10, choices=Way.choices, default="", blank=True)
    told_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["incident", "rule", "customer_ref"], name="notice_once"),
            models.CheckConstraint(
                condition=Q(audience="authority", customer_ref="") | (Q(audience="persons") & ~Q(customer_ref="")),
                name="notice_goes_to_somebody",
            ),
            models.CheckConstraint(
                condition=Q(state="due", settled_at__isnull=True) | (~Q(state="due") & Q(settled_at__isnull=False)),
                name="notice_settled_has_time",
            ),
            models.CheckConstraint(condition=Q(way__in=["", *Way.values]), name="notice_way_is_known"),
            models.CheckConstraint(
                condition=Q(way="", told_by__isnull=True)
                | (~Q(way="") & Q(told_by__isnull=False, audience="persons", state="told")),
                name="notice_told_by_somebody",
            ),
        ]
        indexes = [
            models.Index(fields=["incident", "state"], name="notice_of_incident"),
            models.Index(fields=["due_at"], name="notice_due", condition=Q(state="due")),
        ]

    def __str__(self) -> str:
        return f"{self.rule}: {self.state}"

    @property
    def is_late(self) -> bool:
        """Whether it was told after its time."""
        return self.state == NoticeState.TOLD and self.settled_at is not None and self.settled_at > self.due_at

    def is_overdue(self, at: datetime) -> bool:
        """Whether its time has passed and nobody has been told."""
        return self.state == NoticeState.DUE and self.due_at < at


class Reading(models.Model):
    """Somebody opened an incident. Rows are only ever added."""

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="readings")
    who = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    page = models.CharField(max_length=16)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.who_id} {self.at:%Y-%m-%d %H:%M}"
