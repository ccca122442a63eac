"""Accounts at gateways."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.urls import reverse


class GatewayAccount(models.Model):
    """One way to pay that the owner has set up. `kind` names a folder in `gateways/`; `code` stands in payments and in
    the addresses that the gateway calls, so it never changes.

    It takes one `currency`; `least_minor` and `most_minor` bound what may be paid by it. `names` and `words` are
    {language: text} for customers. `settings` holds what is no secret, `sealed` the secrets, encrypted under the
    installation's key. Of the last trial (real time): when, whether it worked, what the gateway said.
    """

    kind = models.CharField(max_length=40)
    code = models.SlugField(max_length=40, unique=True)
    names: models.JSONField[dict[str, str]] = models.JSONField(default=dict)
    words: models.JSONField[dict[str, str]] = models.JSONField(default=dict, blank=True)
    currency = models.CharField(max_length=3)
    position = models.PositiveSmallIntegerField(default=0)
    enabled = models.BooleanField(default=True)
    least_minor = models.BigIntegerField(null=True, blank=True)
    most_minor = models.BigIntegerField(null=True, blank=True)
    settings: models.JSONField[dict[str, str]] = models.JSONField(default=dict)
    sealed = models.TextField(default="", blank=True, editable=False)
    trial_asked_at = models.DateTimeField(null=True, blank=True)
    tried_at = models.DateTimeField(null=True, blank=True)
    works = models.BooleanField(null=True, blank=True)
    sentence = models.CharField(max_length=300, default="", blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(kind="") & ~Q(code=""), name="gateway_account_is_named"),
            models.CheckConstraint(
                condition=Q(least_minor__isnull=True) | Q(least_minor__gt=0), name="gateway_account_least_above_zero"
            ),
            models.CheckConstraint(
                condition=Q(most_minor__isnull=True)
                | (Q(most_minor__gt=0) & (Q(least_minor__isnull=True) | Q(most_minor__gte=F("least_minor")))),
                name="gateway_account_most_not_below_least",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        """The owner's page of it."""
        return reverse("payments:gateway", args=[self.code])

    def takes(self, minor: int, currency: str) -> bool:
        """Whether so much can be paid by it."""
        above = self.least_minor is None or minor >= self.least_minor
        return self.enabled and currency == self.currency and above and minor <= (self.most_minor or minor)
