"""The one table: vouchers."""

from __future__ import annotations

from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from vafa.kit import clock


class Benefit(models.TextChoices):
    AMOUNT = "amount", _("An amount")
    PERCENT = "percent", _("A share of the order")
    FREE_DELIVERY = "free_delivery", _("Free delivery")


class Voucher(models.Model):
    """What one customer may take off one order until `valid_until` (aware UTC, the moment it ends).

    `key` is the issuer's own: the same key is the same voucher. `code` is what the customer types; it cannot be
    guessed. Exactly the value that its `benefit` needs is filled.
    """

    key = models.CharField(max_length=120, unique=True)
    code = models.CharField(max_length=20, unique=True)
    customer_ref = models.CharField(max_length=80, default="", blank=True)
    benefit = models.CharField(max_length=16, choices=Benefit.choices)
    amount_minor = models.BigIntegerField(null=True, blank=True)
    percent = models.PositiveSmallIntegerField(null=True, blank=True)
    currency = models.CharField(max_length=3)
    reason = models.CharField(max_length=120)
    issued_at = models.DateTimeField()
    valid_until = models.DateTimeField()
    redeemed_at = models.DateTimeField(null=True, blank=True)
    redeemed_order = models.CharField(max_length=80, default="", blank=True)
    redeemed_minor = models.BigIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    benefit=Benefit.AMOUNT, amount_minor__isnull=False, amount_minor__gt=0, percent__isnull=True
                )
                | Q(
                    benefit=Benefit.PERCENT,
                    percent__isnull=False,
                    percent__gte=1,
                    percent__lte=100,
                    amount_minor__isnull=True,
                )
                | Q(benefit=Benefit.FREE_DELIVERY, amount_minor__isnull=True, percent__isnull=True),
                name="voucher_has_its_value",
            ),
            models.CheckConstraint(
                condition=Q(redeemed_at__isnull=True, redeemed_order="", redeemed_minor__isnull=True)
                | (
                    Q(redeemed_at__isnull=False, redeemed_minor__isnull=False, redeemed_minor__gte=0)
                    & ~Q(redeemed_order="")
                ),
                name="voucher_redeemed_whole",
            ),
            models.CheckConstraint(condition=Q(valid_until__gt=F("issued_at")), name="voucher_ends_after_issue"),
            models.CheckConstraint(condition=~Q(currency=""), name="voucher_has_a_currency"),
        ]
        indexes = [
            models.Index(fields=["-issued_at", "-id"], name="voucher_newest"),
            models.Index(fields=["customer_ref"], name="voucher_customer"),
        ]

    def __str__(self) -> str:
        return self.code

    def worth(self, goods_minor: int, delivery_minor: int) -> int:
        """What comes off such an order, in minor units; never more than it holds."""
        if self.benefit == Benefit.FREE_DELIVERY:
            return delivery_minor
        if self.percent is not None:
            share = Decimal(goods_minor) * self.percent / 100
            return int(share.quantize(Decimal(1), rounding=ROUND_HALF_UP))
        return min(self.amount_minor or 0, goods_minor + delivery_minor)

    def is_usable(self, at: datetime | None = None) -> bool:
        """Whether a customer can still redeem it."""
        return self.redeemed_at is None and (at or clock.now()) < self.valid_until

    @property
    def is_over(self) -> bool:
        """Whether its time has passed unused."""
        return self.redeemed_at is None and not self.is_usable()
