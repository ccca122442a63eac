"""Prices: versions that never change."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from vafa.catalog.models.edits import BulkEdit
from vafa.catalog.models.products import Variant


class Price(models.Model):
    """What one piece of a variant costs from `since` on, tax included. Never changed: a new price is a new row.

    What a customer was shown is known by the number of the version alone. The database refuses to change or delete a
    row (`catalog.triggers`).
    """

    variant = models.ForeignKey(Variant, on_delete=models.CASCADE, related_name="prices")
    version = models.PositiveIntegerField()
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    since = models.DateTimeField()
    made_by = models.CharField(max_length=150, default="", blank=True)  # a member of the staff, or what set it
    edit = models.ForeignKey(BulkEdit, null=True, blank=True, on_delete=models.PROTECT, related_name="prices")
    reason = models.CharField(max_length=120, default="", blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["variant", "version"], name="price_version_once"),
            models.CheckConstraint(condition=Q(amount_minor__gt=0), name="price_above_nothing"),
            models.CheckConstraint(condition=~Q(currency=""), name="price_has_a_currency"),
        ]

    def __str__(self) -> str:
        return f"{self.amount_minor} {self.currency}"
