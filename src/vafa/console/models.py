"""The kept report."""

from __future__ import annotations

from typing import Any

from django.db import models


class HistoryReport(models.Model):
    """What the shop's history says, worked out in the background because it reads every order."""

    made_at = models.DateTimeField(db_index=True)
    facts_until = models.DateTimeField(null=True)  # the newest fact in it; null for an empty history
    body: models.JSONField[dict[str, Any]] = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"{self.made_at:%Y-%m-%d %H:%M}"
