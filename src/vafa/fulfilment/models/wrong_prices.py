"""A price that got out and was wrong, and the orders that were taken under it."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from vafa.catalog.models import Price
from vafa.orders.models import Order


class Answer(models.TextChoices):
    OPEN = "open", _("Not decided yet")
    HONOURED = "honoured", _("Honoured")
    CANCELLED = "cancelled", _("Cancelled with a remedy")


class WrongPrice(models.Model):
    """One version of a price that was a mistake; `right_minor` is what a piece should have cost, in its currency.

    It is decided once for all orders: they are honoured, or what of them has not left is cancelled and made good for
    by a voucher of `percent` of the right price.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    price = models.OneToOneField(Price, on_delete=models.PROTECT, related_name="+")
    right_minor = models.BigIntegerField()
    declared_by = models.CharField(max_length=150)
    declared_at = models.DateTimeField()
    answer = models.CharField(max_length=10, choices=Answer.choices, default=Answer.OPEN)
    percent = models.PositiveSmallIntegerField(default=0)
    decided_by = models.CharField(max_length=150, default="", blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(answer__in=Answer.values), name="wrong_price_answer_is_known"),
            models.CheckConstraint(condition=Q(right_minor__gt=0), name="wrong_price_right_above_nothing"),
            models.CheckConstraint(condition=Q(percent__lte=100), name="wrong_price_percent_in_range"),
            models.CheckConstraint(
                condition=Q(answer=Answer.OPEN, decided_at__isnull=True)
                | (~Q(answer=Answer.OPEN) & Q(decided_at__isnull=False)),
                name="wrong_price_is_open_or_decided",
            ),
        ]

    def __str__(self) -> str:
        return str(self.public_id)


class WrongPriceOrder(models.Model):
    """An order under the decision; written with it, settled by the worker once. `kept`: its price was honoured."""

    case = models.ForeignKey(WrongPrice, on_delete=models.PROTECT, related_name="orders")
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="+")
    pieces = models.PositiveIntegerField()
    settled_at = models.DateTimeField(null=True, blank=True)
    kept = models.BooleanField(null=True, blank=True)
    cost_minor = models.BigIntegerField(default=0)  # what the decision cost: too little taken, or the voucher's worth

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "order"], name="wrong_price_order_once"),
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True, kept__isnull=True)
                | Q(settled_at__isnull=False, kept__isnull=False),
                name="wrong_price_order_is_open_or_settled",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.order_id}"
