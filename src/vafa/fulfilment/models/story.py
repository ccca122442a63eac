"""What happened to an order, and what the staff wrote about it."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from vafa.orders.models import Order


class Happening(models.TextChoices):
    PACKED = "packed", _("Packed")
    UNPACKED = "unpacked", _("Unpacked again")
    SENT = "sent", _("Handed to the carrier")
    TAKEN_BACK = "taken_back", _("Had not left after all")
    ARRIVED = "arrived", _("Handed out, as we know ourselves")
    CANCELLED = "cancelled", _("Cancelled")
    CREDITED = "credited", _("Money given back")
    INVOICE = "invoice", _("Invoice written")
    ELSEWHERE = "elsewhere", _("Sent to another address")


class OrderEvent(models.Model):
    """One thing the staff did. Only ever added to; `detail` holds numbers and codes, never a name."""

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(max_length=12, choices=Happening.choices)
    at = models.DateTimeField()
    by = models.CharField(max_length=40)
    detail: models.JSONField[dict[str, Any]] = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [models.CheckConstraint(condition=Q(kind__in=Happening.values), name="order_event_is_known")]

    def __str__(self) -> str:
        return f"{self.order_id} {self.kind}"


class Note(models.Model):
    """A word among the staff about an order; no customer sees it."""

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="notes")
    text = models.CharField(max_length=1000)
    at = models.DateTimeField()
    by = models.CharField(max_length=40)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="note_says_something")]

    def __str__(self) -> str:
        return str(self.order_id)
