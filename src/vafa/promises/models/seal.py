"""The daily Merkle root over the ledger's events."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Seal(models.Model):
    """One root over the events claimed by it, in the order of their id. Seals form a chain: each names the one before.

    `digest` is the SHA-256 of the canonical JSON of number, day, count, root and `previous` (the digest before; "" for
    the first).
    A day with very many events has several seals. `signature` (Ed25519, by the key of the receipts that was active) is
    over the same bytes as the digest; seals made before there were signatures have none.
    """

    number = models.PositiveIntegerField(unique=True)
    day = models.DateField(db_index=True)
    count = models.PositiveIntegerField()
    root = models.CharField(max_length=64)
    previous = models.CharField(max_length=64, blank=True, default="")
    digest = models.CharField(max_length=64, unique=True)
    sealed_at = models.DateTimeField()
    key_id = models.CharField(max_length=32, blank=True, default="")
    signature = models.BinaryField(max_length=64, null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(number__gte=1), name="seal_numbers_begin_at_one"),
            models.CheckConstraint(condition=Q(count__gte=1), name="seal_is_not_empty"),
            models.CheckConstraint(
                condition=Q(key_id="", signature__isnull=True) | (~Q(key_id="") & Q(signature__isnull=False)),
                name="seal_signature_names_its_key",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.day}"
