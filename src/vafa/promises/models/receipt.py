"""What a customer keeps, and the public keys that prove it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from vafa.promises.models.promise import Promise


class SigningKey(models.Model):
    """The public part of a key. The private part lies in the data folder (`keys/`), readable by its owner only.

    Exactly one key is active; the others stay for ever, so that old receipts can be verified.
    """

    key_id = models.CharField(max_length=32, unique=True)
    public_key = models.BinaryField(max_length=32)
    created_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True, blank=True)
    active = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["active"], condition=Q(active=True), name="one_active_signing_key"),
            models.CheckConstraint(
                condition=Q(active=True, retired_at__isnull=True) | Q(active=False, retired_at__isnull=False),
                name="signing_key_retired_has_time",
            ),
        ]

    def __str__(self) -> str:
        return self.key_id


class Receipt(models.Model):
    """The signed statement of one promise. `body` is the canonical JSON that was signed, as text; never changed."""

    promise = models.OneToOneField(Promise, on_delete=models.PROTECT, related_name="receipt")
    body = models.TextField()
    signature = models.BinaryField(max_length=64)
    key_id = models.CharField(max_length=32)
    issued_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.promise_id)
