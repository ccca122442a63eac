"""What an order cost."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from vafa.orders.models.facts import Order


class Bill(models.Model):
    """The amounts to which the customer agreed, in minor units of `currency`; never changed afterwards.

    What is given back later are refunds (payments). `tax_minor` is contained in the total, the delivery's tax included.
    """

    order = models.OneToOneField(Order, on_delete=models.CASCADE, related_name="bill")
    goods_minor = models.BigIntegerField()
    delivery_minor = models.BigIntegerField()
    discount_minor = models.BigIntegerField(default=0)
    voucher_code = models.CharField(max_length=20, default="", blank=True)
    delivery_tax_bp = models.PositiveIntegerField(default=0)
    tax_minor = models.BigIntegerField(default=0)
    total_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(total_minor=F("goods_minor") + F("delivery_minor") - F("discount_minor")),
                name="bill_adds_up",
            ),
            models.CheckConstraint(
                condition=Q(goods_minor__gte=0, delivery_minor__gte=0, discount_minor__gte=0, total_minor__gte=0)
                & Q(tax_minor__gte=0, tax_minor__lte=F("total_minor")),
                name="bill_amounts_possible",
            ),
            models.CheckConstraint(condition=~Q(currency=""), name="bill_has_a_currency"),
        ]

    def __str__(self) -> str:
        return f"{self.total_minor} {self.currency}"
