"""Somebody asked to be forgotten."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import models
from django.db.models import Q


class Erasure(models.Model):
    """One customer's wish to be forgotten, by his number alone. What is needed for orders under way waits until they
    have arrived, at most until `due_at`. `erased` {part: rows} says what has gone so far.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    customer_ref = models.CharField(max_length=64)
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    promise_ref = models.UUIDField(null=True, blank=True)  # none where all was erased at once
    finished_at = models.DateTimeField(null=True, blank=True)
    erased: models.JSONField[dict[str, Any]] = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["customer_ref"], condition=Q(finished_at__isnull=True), name="erasure_one_waiting"
            ),
            models.CheckConstraint(condition=~Q(customer_ref=""), name="erasure_of_somebody"),
        ]
        indexes = [models.Index(fields=["due_at"], condition=Q(finished_at__isnull=True), name="erasure_waiting")]

    def __str__(self) -> str:
        return str(self.public_id)
