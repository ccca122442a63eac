"""Searches that found nothing."""

from __future__ import annotations

from django.db.models import QuerySet

from vafa.catalog.models import Miss


def misses() -> QuerySet[Miss]:
    """The most frequent first, of equally frequent ones the newest."""
    return Miss.objects.order_by("-times", "-last_at", "-pk")
