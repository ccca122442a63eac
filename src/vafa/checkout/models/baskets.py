"""Baskets, and what the customer has said so far of where and how."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import models
from django.db.models import Q

from vafa.catalog.models import Price, Variant


class BasketState(models.TextChoices):
    OPEN = "open"
    SUBMITTED = "submitted"  # a purchase waits for its money
    DONE = "done"  # an order came of it


class Basket(models.Model):
    """What one browser has put together. `public_id` stands in its signed cookie and nowhere else.

    `said` are the details given so far, under the names of the form's fields: they are shown again and can be changed
    until the order is placed, then they are emptied. `agreed_version` grows with each change of what is in it.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    state = models.CharField(max_length=10, choices=BasketState.choices, default=BasketState.OPEN)
    language = models.CharField(max_length=8, default="", blank=True)
    said: models.JSONField[dict[str, Any]] = models.JSONField(default=dict, blank=True)
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(state__in=BasketState.values), name="basket_state_is_known")]
        indexes = [models.Index(fields=["state", "changed_at"], name="basket_left_behind")]

    def __str__(self) -> str:
        return str(self.public_id)


class BasketLine(models.Model):
    """Some pieces of one article, made as the customer chose. `price` is the version that was shown when it came in,
    promised with the surcharge of `made` until `promised_until` by the promise `promise_ref` of the ledger.

    `made` is the choice among the product's options as it was shown, {} for none (see `catalog.queries.configurations`)
    and `made_key` its short name: another choice of the same article is another line.
    """

    basket = models.ForeignKey(Basket, on_delete=models.CASCADE, related_name="lines")
    variant = models.ForeignKey(Variant, on_delete=models.CASCADE, related_name="+")
    made: models.JSONField[dict[str, Any]] = models.JSONField(default=dict, blank=True)
    made_key = models.CharField(max_length=24, default="", blank=True)
    quantity = models.PositiveIntegerField()
    price = models.ForeignKey(Price, on_delete=models.PROTECT, related_name="+")
    promise_ref = models.UUIDField()
    promised_until = models.DateTimeField()
    run_out = models.BooleanField(default=False)  # its promise has been closed
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["basket", "variant", "made_key"], name="basket_line_once_a_making"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="basket_line_of_something"),
            models.CheckConstraint(
                condition=Q(made_key="", made={}) | (~Q(made_key="") & ~Q(made={})), name="basket_line_made_has_a_key"
            ),
        ]
        indexes = [
            models.Index(fields=["promised_until"], condition=Q(run_out=False), name="basket_line_price_running")
        ]

    def __str__(self) -> str:
        return f"{self.quantity} x {self.variant_id}"


class Putting(models.Model):
    """One form that put something into a basket: sent twice it puts it in once."""

    key = models.CharField(max_length=64, unique=True)
    basket = models.ForeignKey(Basket, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.key
