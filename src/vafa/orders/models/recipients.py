"""Who gets it: all that is personal about an order."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from vafa.orders.models.facts import Order


class Recipient(models.Model):
    """Name, address and contact for one order. A row of its own, so that it can be erased while the order stays."""

    order = models.OneToOneField(Order, on_delete=models.CASCADE, related_name="recipient")
    name = models.CharField(max_length=160)
    folded = models.CharField(max_length=200, default="", blank=True, editable=False)  # the name as it is searched
    phone = models.CharField(max_length=32, default="", blank=True)
    email = models.CharField(max_length=254, default="", blank=True)
    country = models.CharField(max_length=2)
    region = models.CharField(max_length=120, default="", blank=True)
    city = models.CharField(max_length=120, default="", blank=True)
    postal_code = models.CharField(max_length=16, default="", blank=True)
    street = models.TextField(default="", blank=True)  # lines as they stand on the parcel
    note = models.CharField(max_length=300, default="", blank=True)  # for who delivers
    language = models.CharField(max_length=8, default="", blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(phone="") | ~Q(email=""), name="recipient_can_be_reached"),
            models.CheckConstraint(condition=~Q(name=""), name="recipient_has_a_name"),
        ]
        indexes = [
            models.Index(fields=["phone"], name="recipient_phone", condition=~Q(phone="")),
            models.Index(fields=["email"], name="recipient_email", condition=~Q(email="")),
        ]

    def __str__(self) -> str:
        return str(self.order_id)
