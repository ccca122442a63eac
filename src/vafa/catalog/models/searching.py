"""What the index has still to learn, what it could not answer, and which words mean the same."""

from __future__ import annotations

from django.db import models


class Reindex(models.Model):
    """A product that changed; written with the change, deleted once the index has it. One row a change."""

    product_code = models.CharField(max_length=80)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.product_code


class Miss(models.Model):
    """A search that found nothing, folded as the index reads it, and how often."""

    words = models.CharField(max_length=200, unique=True)
    as_typed = models.CharField(max_length=200)
    times = models.PositiveIntegerField(default=1)
    last_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["-times", "-last_at"], name="miss_most_frequent")]

    def __str__(self) -> str:
        return self.as_typed


class Synonyms(models.Model):
    """Words, as somebody typed them, of which each finds what the others do."""

    words: models.JSONField[list[str]] = models.JSONField()

    def __str__(self) -> str:
        return ", ".join(self.words)
