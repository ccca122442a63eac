"""Searches that found nothing, for the staff."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F

from vafa.catalog.models import Miss
from vafa.catalog.queries.misses import misses
from vafa.engine.terms import words_of

LONGEST, AT_ONCE = 200, 500
MOST_KEPT = 10_000  # what robots type must not fill the disk


def remember_miss(typed: str, *, at: datetime) -> None:
    """Count a search that found nothing. Spellings that the index reads alike are one."""
    words = " ".join(words_of(typed))[:LONGEST]
    if not words:
        return
    Miss.objects.bulk_create([Miss(words=words, as_typed=typed[:LONGEST], times=0, last_at=at)], ignore_conflicts=True)
    Miss.objects.filter(words=words).update(times=F("times") + 1, last_at=at)


def forget_rare_misses(*, most: int = MOST_KEPT) -> int:
    """Keep the most frequent, of equally frequent ones the newest; how many went."""
    rare = list(misses().values_list("pk", flat=True)[most : most + AT_ONCE])
    return Miss.objects.filter(pk__in=rare).delete()[0]
