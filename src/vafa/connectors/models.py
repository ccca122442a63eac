"""Imports and their results."""

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


def _by_reason(counts: dict[str, int]) -> list[tuple[Any, int]]:
    return sorted(((SENTENCES[code], count) for code, count in counts.items()), key=lambda pair: -pair[1])


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
        constraints = [models.CheckConstraint(condition=Q(state__in=ImportState.values), name="import_state_is_known")]

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
        """The figures of a finished import, as a page shows them."""
        return ImportResult.of(self.counts) if self.counts else None
