"""Customers, their contact points, their consents, and how they sign in."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from vafa.accounts.models import User


class Channel(models.TextChoices):
    """By which way a message reaches somebody."""

    EMAIL = "email", _("E-mail")
    SMS = "sms", _("SMS")
    TELEGRAM = "telegram", _("Telegram")
    WHATSAPP = "whatsapp", _("WhatsApp")
    BALE = "bale", _("Bale")


class Customer(models.Model):
    """One customer. `ref` is the shop's customer number, the same text as in orders and promises, never a name.

    `segment` is the shop's own word for the group he belongs to ("club", "wholesale"); guarantees may be for one group.
    """

    ref = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=160, default="", blank=True)
    language = models.CharField(max_length=8, default="", blank=True)  # "" = the shop's
    zone = models.CharField(max_length=64, default="", blank=True)  # "" = the shop's
    segment = models.CharField(max_length=40, default="", blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(ref=""), name="customer_has_a_ref"),
            models.CheckConstraint(condition=Q(language__in=["", "fa", "ar", "en"]), name="customer_language_is_known"),
        ]

    def __str__(self) -> str:
        return self.ref


class ContactPoint(models.Model):
    """Where a customer is reached; the lowest `position` is tried first, of equals the one said last.

    `failed_at`: a gateway said that nobody is there; it is passed over from then on.
    """

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="contacts")
    channel = models.CharField(max_length=16, choices=Channel.choices)
    address = models.CharField(max_length=254)
    position = models.PositiveSmallIntegerField(default=0)
    said_at = models.DateTimeField()
    verified_at = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["customer", "channel", "address"], name="contact_point_once"),
            models.CheckConstraint(condition=Q(channel__in=Channel.values), name="contact_channel_is_known"),
            models.CheckConstraint(condition=~Q(address=""), name="contact_has_an_address"),
        ]

    def __str__(self) -> str:
        return f"{self.channel} of {self.customer_id}"


class Consent(models.Model):
    """What a customer said about one purpose, once; the newest holds. `channel` "" means every channel."""

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=16)
    channel = models.CharField(max_length=16, choices=[("", ""), *Channel.choices], default="", blank=True)
    given = models.BooleanField()
    at = models.DateTimeField()
    source = models.CharField(max_length=40)  # "import", "checkout", "unsubscribe" …

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["customer", "purpose", "channel", "at", "given"], name="consent_once"),
            models.CheckConstraint(condition=Q(channel__in=["", *Channel.values]), name="consent_channel_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.purpose}: {'yes' if self.given else 'no'}"


class AskedCode(models.Model):
    """Somebody asked to sign in with an address, whether or not anybody has it. Forgotten after a day. Real time.

    `digest` is of the code that was sent (see `kit.signing.stand_in`), "" where none was.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    channel = models.CharField(max_length=16, choices=Channel.choices)
    address = models.CharField(max_length=254)
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    digest = models.CharField(max_length=64, default="", blank=True, editable=False)
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(expires_at__gt=F("asked_at")), name="asked_code_lives"),
            models.CheckConstraint(condition=Q(used_at__isnull=True) | ~Q(digest=""), name="asked_code_was_sent"),
        ]
        indexes = [models.Index(fields=["address", "asked_at"], name="asked_code_address")]

    def __str__(self) -> str:
        return str(self.public_id)


class CustomerSession(models.Model):
    """One browser in which a customer is signed in. `digest` is of the secret in its cookie. Real time."""

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="sessions")
    digest = models.CharField(max_length=64, unique=True, editable=False)
    opened_at = models.DateTimeField()
    ends_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"session {self.pk}"


class Seen(models.TextChoices):
    """Which page of a customer's data somebody of the staff opened."""

    ORDER = "order", _("An order with its address")
    MESSAGE = "message", _("A message")
    REPORT = "report", _("What was told about an order")
    PAPER = "paper", _("A paper to print")
    PROFILE = "profile", _("Name and contact")


class Look(models.Model):
    """Somebody of the staff saw personal data of a customer: once for each hour, person and kind of page."""

    customer_ref = models.CharField(max_length=64)
    user = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    who = models.CharField(max_length=150)
    what = models.CharField(max_length=8, choices=Seen.choices)
    hour = models.DateTimeField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["customer_ref", "who", "what", "hour"], name="look_once_an_hour"),
            models.CheckConstraint(condition=Q(what__in=Seen.values), name="look_what_is_known"),
        ]
        indexes = [models.Index(fields=["at"], name="look_by_time")]

    def __str__(self) -> str:
        return f"{self.who}: {self.what}"
