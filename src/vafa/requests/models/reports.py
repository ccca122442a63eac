"""Something is wrong with an order, as its customer says."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from vafa.orders.models import Order


class Matter(models.TextChoices):
    NOT_ARRIVED = "not_arrived", _("It has not arrived")
    WRONG = "wrong", _("It is wrong or damaged")
    CANCEL = "cancel", _("Cancel it, though it has left")
    CHANGE = "change", _("Another date or place")


class Report(models.Model):
    """One thing that a customer told us about an order. It is answered until `due_at`; the same matter again, while it
    waits, is the same report. `words` are the customer's own and may hold anything personal; `answer` is ours.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="reports")
    matter = models.CharField(max_length=12, choices=Matter.choices)
    words = models.CharField(max_length=1000, default="", blank=True)
    at = models.DateTimeField()
    due_at = models.DateTimeField()
    promise_ref = models.UUIDField()
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.CharField(max_length=150, default="", blank=True)
    answer = models.CharField(max_length=1000, default="", blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["order", "matter"], condition=Q(answered_at__isnull=True), name="report_one_waiting"
            ),
            models.CheckConstraint(condition=Q(matter__in=Matter.values), name="report_matter_is_known"),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answered_by="", answer="")
                | (Q(answered_at__isnull=False) & ~Q(answered_by="")),
                name="report_answered_whole",
            ),
        ]
        indexes = [models.Index(fields=["due_at"], condition=Q(answered_at__isnull=True), name="report_waiting")]

    def __str__(self) -> str:
        return str(self.public_id)
