"""The one table: refunds."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from vafa.promises.models import Remedy


class RefundState(models.TextChoices):
    OWED = "owed", _("Owed")
    GIVEN = "given", _("Given")


class Refund(models.Model):
    """What the shop owes a customer for one remedy, and the reference under which it was sent. owed → given."""

    remedy = models.OneToOneField(Remedy, on_delete=models.PROTECT, related_name="refund")
    order_ref = models.CharField(max_length=80)
    customer_ref = models.CharField(max_length=80, default="", blank=True)
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    owed_at = models.DateTimeField()
    state = models.CharField(max_length=5, choices=RefundState.choices, default=RefundState.OWED)
    given_at = models.DateTimeField(null=True, blank=True)
    given_by = models.CharField(max_length=40, default="", blank=True)
    reference = models.CharField(max_length=80, default="", blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state=RefundState.OWED, given_at__isnull=True)
                | Q(state=RefundState.GIVEN, given_at__isnull=False),
                name="refund_given_has_time",
            ),
            models.CheckConstraint(condition=Q(amount_minor__gt=0), name="refund_is_of_something"),
        ]
        indexes = [models.Index(fields=["owed_at"], condition=Q(state="owed"), name="refund_owed")]

    def __str__(self) -> str:
        return f"{self.order_ref} {self.state}"
