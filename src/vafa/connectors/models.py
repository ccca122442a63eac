"""Imports and their results; sources of tracking events and what they sent."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from vafa.accounts.models import User
from vafa.connectors.reasons import SENTENCES
from vafa.connectors.tracking.faults import SENTENCES as SENTENCES_OF_FAULTS


@dataclass(frozen=True)
class ImportResult:
    """What the JSON in `counts` says."""

    orders: int
    promises: int
    delivered: int
    created: int
    updated: int
    unchanged: int
    first_placed: datetime
    last_fact: datetime
    promises_recorded: bool
    changed_nothing: bool
    rows_rejected: list[tuple[Any, int]]
    values_rejected: list[tuple[Any, int]]

    @classmethod
    def of(cls, counts: dict[str, Any]) -> ImportResult:
        survey, parts = counts["survey"], [counts[name] for name in ("orders", "parcels", "reviews", "promises")]
        return cls(
            orders=survey["orders"],
            promises=survey["promises"],
            delivered=survey["delivered"],
            created=counts["orders"]["created"],
            updated=counts["orders"]["updated"],
            unchanged=counts["orders"]["unchanged"],
            first_placed=datetime.fromisoformat(survey["first_placed"]),
            last_fact=datetime.fromisoformat(survey["last_fact"]),
            promises_recorded=counts["promises_recorded"],
            changed_nothing=not any(part["created"] or part["updated"] for part in parts),
            rows_rejected=_by_reason(survey["rows_rejected"]),
            values_rejected=_by_reason(survey["values_rejected"]),
        )

    @property
    def rejected(self) -> int:
        return sum(count for _reason, count in self.rows_rejected)


@dataclass(frozen=True)
class GoodsResult:
    """What the JSON in `counts` says of an import of products."""

    created: int
    updated: int
    unchanged: int
    stock: int
    rows_rejected: list[tuple[Any, int]]
    values_rejected: list[tuple[Any, int]]

    @classmethod
    def of(cls, counts: dict[str, Any]) -> GoodsResult:
        return cls(
            **counts["products"],
            stock=counts["stock"],
            rows_rejected=_by_reason(counts["rows_rejected"]),
            values_rejected=_by_reason(counts["values_rejected"]),
        )


def _by_reason(counts: dict[str, int]) -> list[tuple[Any, int]]:
    return sorted(((SENTENCES[code], count) for code, count in counts.items()), key=lambda pair: -pair[1])


class ImportKind(models.TextChoices):
    ORDERS = "orders", _("Orders")
    PRODUCTS = "products", _("Products")


class ImportState(models.TextChoices):
    DRAFT = "draft", _("Being prepared")
    WAITING = "waiting", _("Waiting")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")


class ImportRun(models.Model):
    """One file and what was made of it. The uploaded file itself is removed when its import is done.

    `digest` is the SHA-256 of the file as given, `mapping` what its columns mean (see mapping.Mapping), `counts` the
    figures of actions.importing.Outcome, `problem` the sentence of an import that could not be done.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=8, choices=ImportKind.choices, default=ImportKind.ORDERS)
    file_name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64, db_index=True)
    size = models.BigIntegerField(default=0)
    stored_as = models.CharField(max_length=64, default="", blank=True)
    mapping: models.JSONField[dict[str, Any]] = models.JSONField(default=dict, blank=True)
    guesses: models.JSONField[dict[str, Any]] = models.JSONField(default=dict, blank=True)  # {field: [heading, 0 to 1]}
    known_as = models.CharField(max_length=40, default="", blank=True)
    state = models.CharField(max_length=8, choices=ImportState.choices, default=ImportState.DRAFT)
    counts: models.JSONField[dict[str, Any]] = models.JSONField(default=dict, blank=True)
    problem = models.CharField(max_length=400, default="", blank=True)
    rejects = models.CharField(max_length=64, default="", blank=True)
    job_id = models.BigIntegerField(null=True, blank=True)
    created_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ImportState.values), name="import_state_is_known"),
            models.CheckConstraint(condition=Q(kind__in=ImportKind.values), name="import_kind_is_known"),
        ]

    def __str__(self) -> str:
        return self.file_name

    @property
    def tone(self) -> str:
        """The colour of its state."""
        return {ImportState.DONE: "good", ImportState.FAILED: "bad", ImportState.DRAFT: "neutral"}.get(
            ImportState(self.state), "info"
        )

    @property
    def result(self) -> ImportResult | None:
        """The figures of a finished import of orders, as a page shows them."""
        return ImportResult.of(self.counts) if self.counts and self.kind == ImportKind.ORDERS else None

    @property
    def goods(self) -> GoodsResult | None:
        """The same of a finished import of products."""
        return GoodsResult.of(self.counts) if self.counts and self.kind == ImportKind.PRODUCTS else None


class TrackingSource(models.Model):
    """Somebody who tells what became of parcels: a carrier's folder, and what the owner set for it.

    `locked` and `locked_before` are secrets, encrypted under the installation's key; the one before is good until
    `before_until`, so that a secret can be replaced without losing a message. For a source that is asked (`polls`)
    the secret is what the carrier's API wants. All times are real time.
    """

    code = models.SlugField(max_length=40, unique=True)
    form = models.CharField(max_length=40)
    enabled = models.BooleanField(default=True)
    locked = models.TextField(default="", blank=True, editable=False)
    locked_before = models.TextField(default="", blank=True, editable=False)
    before_until = models.DateTimeField(null=True, blank=True)
    asks = models.CharField(max_length=200, default="", blank=True)  # whom to ask: an address, or a carrier of karrio
    made_at = models.DateTimeField()
    last_received_at = models.DateTimeField(null=True, blank=True)
    last_refused_at = models.DateTimeField(null=True, blank=True)
    last_refusal = models.CharField(max_length=20, default="", blank=True)
    last_asked_at = models.DateTimeField(null=True, blank=True)
    last_problem = models.CharField(max_length=200, default="", blank=True)
    failures = models.PositiveSmallIntegerField(default=0)
    resting_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(locked_before="") | Q(before_until__isnull=False), name="old_secret_has_an_end"
            )
        ]

    def __str__(self) -> str:
        return self.code


class Through(models.TextChoices):
    WEBHOOK = "webhook", _("Webhook")
    FILE = "file", _("File")
    ASKED = "asked", _("Asked for")


class InboxState(models.TextChoices):
    NEW = "new", _("New")
    DONE = "done", _("Understood")
    QUARANTINED = "quarantined", _("Not understood")
    DROPPED = "dropped", _("Dropped")


class InboxItem(models.Model):
    """One message, or one row of a file, exactly as it came. Written before anything is made of it.

    `key` is the SHA-256 of the body: the same again is the same item. `body` may hold personal data; it is forgotten
    after a time (null), and shown covered. `faults` are [code, detail] of what could not be used.
    """

    source = models.ForeignKey(TrackingSource, on_delete=models.CASCADE, related_name="items")
    key = models.CharField(max_length=64)
    through = models.CharField(max_length=8, choices=Through.choices)
    origin = models.CharField(max_length=140, default="", blank=True)  # of a row: its file and line
    body = models.BinaryField(null=True)
    received_at = models.DateTimeField()
    state = models.CharField(max_length=12, choices=InboxState.choices, default=InboxState.NEW)
    events = models.PositiveIntegerField(default=0)
    faults: models.JSONField[list[list[str]]] = models.JSONField(default=list, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "key"], name="inbox_item_once"),
            models.CheckConstraint(condition=Q(state__in=InboxState.values), name="inbox_state_is_known"),
            models.CheckConstraint(condition=Q(state="new") | Q(done_at__isnull=False), name="inbox_done_has_a_time"),
        ]
        indexes = [
            models.Index(fields=["received_at"], name="inbox_new", condition=Q(state="new")),
            models.Index(fields=["source", "-id"], name="inbox_quarantine", condition=Q(state="quarantined")),
            models.Index(fields=["source", "received_at"], name="inbox_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.source_id} {self.key[:12]}"

    @property
    def tone(self) -> str:
        """The colour of its state."""
        return {InboxState.DONE: "good", InboxState.QUARANTINED: "warn"}.get(InboxState(self.state), "neutral")

    @property
    def reasons(self) -> list[tuple[Any, str]]:
        """(sentence, detail) of what could not be used."""
        return [(SENTENCES_OF_FAULTS.get(code, code), detail) for code, detail in self.faults]


class AskedNumber(models.Model):
    """When a source is next asked about a tracking number, and how often in a row it could not say. Real time."""

    source = models.ForeignKey(TrackingSource, on_delete=models.CASCADE, related_name="+")
    number_key = models.CharField(max_length=64)
    next_at = models.DateTimeField()
    failures = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "number_key"], name="asked_number_once")]

    def __str__(self) -> str:
        return self.number_key
