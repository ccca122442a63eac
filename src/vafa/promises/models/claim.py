"""Advertised claims: what the shop says of itself in public."""

from __future__ import annotations

import uuid
from datetime import date

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class ClaimKind(models.TextChoices):
    WITHIN_DAYS = "within_days", _("Delivery within a number of days")
    FREE_FROM = "free_from", _("Free delivery from an amount")


class AdvertisedClaim(models.Model):
    """One statement as it is advertised: its text, where it runs, for which place and option, and what it promises.

    `days` are calendar days from the day of the order (0 = the same day). `level` is the share of orders for which it
    must come true (0 to 1). It runs from `starts_on` to `ends_on`, both included; None: until it is ended.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    text = models.CharField(max_length=300)
    medium = models.CharField(max_length=80, default="", blank=True)
    kind = models.CharField(max_length=16, choices=ClaimKind.choices)
    place = models.CharField(max_length=120, default="", blank=True)
    region = models.CharField(max_length=120, default="", blank=True)
    option = models.CharField(max_length=64, default="", blank=True)
    days = models.PositiveSmallIntegerField(null=True, blank=True)
    amount_minor = models.BigIntegerField(null=True, blank=True)
    level = models.FloatField(default=0.95)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    registered_at = models.DateTimeField()
    registered_by = models.CharField(max_length=40, default="", blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=ClaimKind.WITHIN_DAYS, days__isnull=False, days__lte=60, amount_minor__isnull=True)
                | Q(kind=ClaimKind.FREE_FROM, amount_minor__isnull=False, amount_minor__gte=0, days__isnull=True),
                name="claim_has_its_value",
            ),
            models.CheckConstraint(condition=Q(level__gte=0.5, level__lte=0.999), name="claim_level_in_range"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="claim_ends_after_start"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="claim_has_a_text"),
        ]

    def __str__(self) -> str:
        return self.text

    def get_absolute_url(self) -> str:
        """The staff's page of it, with its check."""
        return reverse("delivery:claim", args=[self.public_id])

    def is_running(self, day: date) -> bool:
        """Whether it is advertised on `day`."""
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)
