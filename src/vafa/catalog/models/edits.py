"""Many prices changed at once, as one thing that can be undone."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class EditState(models.TextChoices):
    DRAFT = "draft", _("Not applied yet")
    APPLIED = "applied", _("Applied")
    UNDONE = "undone", _("Undone")


class BulkEdit(models.Model):
    """One edit of many prices: `terms` say of what and how, and are read by `catalog.bulk_terms`.

    A draft changes nothing. The prices that it made point to it; counts are written when it is applied and undone.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    terms: models.JSONField[dict[str, Any]] = models.JSONField(default=dict)
    state = models.CharField(max_length=8, choices=EditState.choices, default=EditState.DRAFT)
    made_by = models.CharField(max_length=150, default="", blank=True)
    made_at = models.DateTimeField()
    applied_by = models.CharField(max_length=150, default="", blank=True)
    applied_at = models.DateTimeField(null=True, blank=True)
    changed = models.PositiveIntegerField(default=0)
    held_back = models.PositiveIntegerField(default=0)
    undone_by = models.CharField(max_length=150, default="", blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    put_back = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=EditState.values), name="edit_state_is_known"),
            models.CheckConstraint(
                condition=Q(state=EditState.DRAFT, applied_at__isnull=True, undone_at__isnull=True)
                | Q(state=EditState.APPLIED, applied_at__isnull=False, undone_at__isnull=True)
                | Q(state=EditState.UNDONE, applied_at__isnull=False, undone_at__isnull=False),
                name="edit_times_follow_its_state",
            ),
        ]

    def __str__(self) -> str:
        return str(self.public_id)

    @property
    def tone(self) -> str:
        return {EditState.APPLIED: "good", EditState.UNDONE: "warn"}.get(EditState(self.state), "neutral")
