"""Invoices and the numbers of papers."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from vafa.orders.models import Order


class Series(models.TextChoices):
    INVOICE = "invoice"
    CREDIT = "credit"


class PaperNumber(models.Model):
    """The last number given in a series. Its row is held while a paper is written, so there is no gap and no double."""

    series = models.CharField(max_length=8, unique=True, choices=Series.choices)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(series__in=Series.values), name="paper_series_is_known")]

    def __str__(self) -> str:
        return f"{self.series} {self.last}"


class Invoice(models.Model):
    """What was sold, as it stood when the invoice was written. `body` is printed as it is and never changed; what
    is personal is not in it, but read from the order's recipient, and may be erased."""

    order = models.OneToOneField(Order, on_delete=models.PROTECT, related_name="invoice")
    number = models.PositiveIntegerField(unique=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=40)
    body: models.JSONField[dict[str, Any]] = models.JSONField()

    def __str__(self) -> str:
        return str(self.number)
