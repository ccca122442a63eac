"""A basket on its way to an order."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import models
from django.db.models import F, Q

from vafa.catalog.queries.there import taken_by, taken_together
from vafa.checkout.models.baskets import Basket
from vafa.delivery.slot_names import point_slot_name


class PurchaseState(models.TextChoices):
    WAITING = "waiting"  # for its money; stock, window and voucher are held for it
    PLACED = "placed"
    LAPSED = "lapsed"  # not paid in time; what was held was given back
    CANCELLED = "cancelled"  # the customer went back to his basket


class Purchase(models.Model):
    """What the customer agreed to, unchanged from then on: lines, amounts, where to, by when. `number` is the order's.

    `lines` and `to` are the arguments of `orders.actions.Line` and `SendTo`; `to` is emptied once the order has them.
    `held_until`: an unpaid one lapses then. `promised_on` is the day that was shown, `quote` where it comes from.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    number = models.CharField(max_length=64, unique=True)
    basket = models.ForeignKey(Basket, on_delete=models.PROTECT, related_name="purchases")
    state = models.CharField(max_length=10, choices=PurchaseState.choices, default=PurchaseState.WAITING)
    customer_ref = models.CharField(max_length=64)
    lines: models.JSONField[list[dict[str, Any]]] = models.JSONField(default=list)
    to: models.JSONField[dict[str, Any]] = models.JSONField(default=dict, blank=True)
    consents: models.JSONField[list[str]] = models.JSONField(default=list, blank=True)
    goods_minor = models.BigIntegerField()
    delivery_minor = models.BigIntegerField()
    discount_minor = models.BigIntegerField(default=0)
    tax_minor = models.BigIntegerField(default=0)
    delivery_tax_bp = models.PositiveIntegerField(default=0)
    total_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    voucher_code = models.CharField(max_length=20, default="", blank=True)
    category = models.CharField(max_length=80, default="", blank=True)
    place = models.CharField(max_length=120, default="", blank=True)
    option = models.CharField(max_length=64)
    slot = models.CharField(max_length=120, default="", blank=True)
    point = models.CharField(max_length=120, default="", blank=True)
    way = models.CharField(max_length=64)
    quote = models.UUIDField(null=True)
    promised_on = models.DateField(null=True)
    reasons: models.JSONField[list[str]] = models.JSONField(default=list, blank=True)  # to check it first
    submitted_at = models.DateTimeField()
    held_until = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=PurchaseState.values), name="purchase_state_is_known"),
            models.UniqueConstraint(
                fields=["basket"], condition=Q(state__in=["waiting", "placed"]), name="purchase_one_a_basket"
            ),
            models.CheckConstraint(
                condition=Q(total_minor=F("goods_minor") + F("delivery_minor") - F("discount_minor"))
                & Q(goods_minor__gte=0, delivery_minor__gte=0, discount_minor__gte=0, total_minor__gte=0),
                name="purchase_adds_up",
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", settled_at__isnull=True)
                | (~Q(state="waiting") & Q(settled_at__isnull=False)),
                name="purchase_settled_has_time",
            ),
        ]
        indexes = [
            models.Index(fields=["held_until"], condition=Q(state="waiting"), name="purchase_to_lapse"),
            models.Index(fields=["customer_ref", "submitted_at"], name="purchase_of_customer"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def held_slot(self) -> str:
        """The name of the window, or of the point's place on that day, that is held for it; "" for neither."""
        if self.point and self.promised_on is not None:
            return point_slot_name(self.option, self.point, self.promised_on)
        return self.slot

    @property
    def pieces(self) -> dict[str, int]:
        """Pieces by article, as they are held in stock: lines of one article made differently are together, and what
        goes into them is there too.
        """
        return taken_together((taken_by(line["sku"], line.get("counted", {})), line["quantity"]) for line in self.lines)
