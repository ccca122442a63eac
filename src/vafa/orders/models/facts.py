"""Orders, sellers and what buyers gave afterwards, as facts: also those that other systems took."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from vafa.shop.models import Place


class Seller(models.Model):
    """Who hands the goods over: the shop itself, or one seller of a marketplace."""

    code = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=120, default="", blank=True)
    place = models.ForeignKey(Place, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return self.name or self.code


class Stage(models.TextChoices):
    """How far the goods of an order have come. "" is an order of another system that nothing was told of yet."""

    TO_PACK = "to_pack", _("To pack")
    PART = "part", _("Partly packed")  # some pieces lie in parcels or have left, some do not
    PACKED = "packed", _("Packed")
    SENT = "sent", _("Under way")
    ARRIVED = "arrived", _("Delivered")


class Order(models.Model):
    """One order. `number` is the shop's own; `customer_ref` is the shop's customer number, never a name."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    number = models.CharField(max_length=64, unique=True)
    placed_at = models.DateTimeField(db_index=True)
    place = models.ForeignKey(Place, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    seller = models.ForeignKey(Seller, null=True, blank=True, on_delete=models.PROTECT, related_name="orders")
    customer_ref = models.CharField(max_length=64, default="", blank=True)
    option = models.CharField(max_length=64, default="", blank=True)
    category = models.CharField(max_length=80, default="", blank=True)
    payment = models.CharField(max_length=64, default="", blank=True)  # how it is paid, in the shop's own words
    items = models.PositiveIntegerField(default=1)
    price_minor = models.BigIntegerField(null=True, blank=True)
    freight_minor = models.BigIntegerField(null=True, blank=True)
    currency = models.CharField(max_length=3, default="", blank=True)
    weight_g = models.FloatField(null=True, blank=True)
    volume_cm3 = models.FloatField(null=True, blank=True)
    stage = models.CharField(max_length=8, choices=Stage.choices, default="", blank=True)
    cancelled = models.BooleanField(default=False)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancellation_asked_at = models.DateTimeField(
        null=True, blank=True
    )  # by the customer; the shop's own system cancels

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(weight_g__isnull=True) | Q(weight_g__gte=0), name="order_weight_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(price_minor__isnull=True) | Q(price_minor__gte=0), name="order_price_not_negative"
            ),
            models.CheckConstraint(condition=Q(stage__in=["", *Stage.values]), name="order_stage_is_known"),
        ]
        indexes = [
            models.Index(fields=["stage", "placed_at", "id"], name="order_by_stage"),
            models.Index(fields=["placed_at", "id"], name="order_cancelled", condition=Q(cancelled=True)),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        """The staff's page of it."""
        return f"/orders/{self.public_id}/"


class Review(models.Model):
    """What the buyer gave afterwards: one to five stars."""

    order = models.OneToOneField(Order, on_delete=models.CASCADE, related_name="review")
    stars = models.PositiveSmallIntegerField()
    given_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(stars__gte=1) & Q(stars__lte=5), name="review_one_to_five_stars")
        ]

    def __str__(self) -> str:
        return f"{self.stars}"
