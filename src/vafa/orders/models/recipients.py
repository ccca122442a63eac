"""Who gets it: all that is personal about an order."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from vafa.orders.models.facts import Order


class Recipient(models.Model):
    """Name, address and contact for one order. A row of its own, so that it can be erased while the order stays."""

    order = models.OneToOneField(Order, on_delete=models.CASCADE, related_name="recipient")
    name = models.CharField(max_length=160)
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


class NameWord(models.Model):
    """A word of a recipient's name, folded, for searching by how it begins; it goes when the recipient goes.

    Bytes, because both databases compare them alike and take a beginning from an index, whatever their collation.
    """

    recipient = models.ForeignKey(Recipient, on_delete=models.CASCADE, related_name="words", db_index=False)
    word = models.BinaryField(max_length=320)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["recipient", "word"], name="name_word_once")]
        indexes = [models.Index(fields=["word", "recipient"], name="name_word_begins")]

    def __str__(self) -> str:
        return str(self.recipient_id)
