"""What was given back of an order, piece by piece."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from vafa.orders.models import Order, OrderLine


class Why(models.TextChoices):
    CUSTOMER = "customer", _("The customer does not want it any more")
    SOLD_OUT = "sold_out", _("We do not have it")
    LOST = "lost", _("It was lost on the way")
    DAMAGED = "damaged", _("It came damaged or wrong")
    RETURNED = "returned", _("It came back")
    CHECK = "check", _("The check of the order was not passed")
    ELSEWHERE = "elsewhere", _("Its new address is cheaper to reach")
    OTHER = "other", _("Another reason")


BY_STAFF = [(why.value, why.label) for why in Why if why != Why.ELSEWHERE]  # what a person may give as the reason


class Credit(models.Model):
    """Pieces and delivery that the customer does not pay, or gets back. Amounts in minor units; never changed.

    The same `key` is the same credit. `number` is that of the credit note: None as long as no invoice had been written,
    because such an invoice leaves these pieces out. `owed` says whether a refund follows: nothing is owed back of an
    order that has not been paid.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="credits")
    key = models.CharField(max_length=120, unique=True)
    number = models.PositiveIntegerField(null=True, blank=True, unique=True)
    why = models.CharField(max_length=10, choices=Why.choices)
    at = models.DateTimeField()
    by = models.CharField(max_length=40)
    delivery_minor = models.BigIntegerField(default=0)
    delivery_tax_minor = models.BigIntegerField(default=0)
    total_minor = models.BigIntegerField()
    tax_minor = models.BigIntegerField(default=0)
    currency = models.CharField(max_length=3)
    owed = models.BooleanField(default=False)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(total_minor__gte=0, delivery_minor__gte=0, tax_minor__gte=0), name="credit_not_negative"
            ),
            models.CheckConstraint(condition=Q(why__in=Why.values), name="credit_has_a_reason"),
            models.CheckConstraint(condition=~Q(key="") & ~Q(by=""), name="credit_is_named"),
        ]

    def __str__(self) -> str:
        return f"{self.total_minor} {self.currency}"


class CreditLine(models.Model):
    """Pieces of one line that were given back, with their share of what the line cost after what was taken off.

    `had_left`: they were with the customer or on the way, so that they went back to no shelf.
    """

    credit = models.ForeignKey(Credit, on_delete=models.CASCADE, related_name="lines")
    line = models.ForeignKey(OrderLine, on_delete=models.CASCADE, related_name="credits")
    quantity = models.PositiveIntegerField()
    amount_minor = models.BigIntegerField()
    tax_minor = models.BigIntegerField(default=0)
    had_left = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["credit", "line", "had_left"], name="credit_line_once"),
            models.CheckConstraint(
                condition=Q(quantity__gt=0, amount_minor__gte=0, tax_minor__gte=0), name="credit_line_of_something"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quantity}"
