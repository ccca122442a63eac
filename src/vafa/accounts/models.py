"""People and tokens."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    OWNER = "owner", _("Owner")
    AGENT = "agent", _("Agent")


class Scope(models.TextChoices):
    """What a program may do."""

    QUOTES_READ = "quotes:read", _("Ask for delivery dates")
    PROMISES_READ = "promises:read", _("Read promises")
    PROMISES_WRITE = "promises:write", _("Make promises")
    PRODUCTS_READ = "products:read", _("Read what can be chosen of products")
    CUSTOMERS_READ = "customers:read", _("Read what customers agreed to")
    CUSTOMERS_WRITE = "customers:write", _("Record customers and what they agree to")
    CUSTOMERS_ERASE = "customers:erase", _("Erase customers")


class User(AbstractUser):
    """One member of the staff. `demo`: a role of the simulated shop, without a password and gone with it."""

    role = models.CharField(max_length=8, choices=Role.choices, default=Role.AGENT)
    language = models.CharField(max_length=8, default="", blank=True)
    demo = models.BooleanField(default=False, editable=False)

    class Meta(AbstractUser.Meta):
        constraints = [
            models.CheckConstraint(condition=Q(role__in=Role.values), name="user_role_is_known"),
            models.UniqueConstraint(Lower("username"), name="user_name_is_one_in_any_case"),
        ]

    @property
    def is_owner(self) -> bool:
        return self.role == Role.OWNER


class ApiToken(models.Model):
    """A program's key. Only a digest is kept; the key itself is shown once. All times are real time.

    It acts for who made it: when that person is deactivated it opens nothing, until the person is active again.
    """

    maker_is_active: bool  # set by `queries.token_by`, which reads the maker in the same query

    name = models.CharField(max_length=80)
    digest = models.CharField(max_length=64, unique=True)
    scopes: models.JSONField[list[str]] = models.JSONField(default=list)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="api_tokens")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="token_has_a_name")]

    def __str__(self) -> str:
        return self.name

    def allows(self, scope: str) -> bool:
        return scope in self.scopes


class SentForm(models.Model):
    """A form that was sent and where that led, so that the same one sent twice does nothing twice. `key` names the page
    it stood on, who sent it and what (see `once`). Real time."""

    key = models.CharField(max_length=64, unique=True)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    location = models.TextField(default="", blank=True)
    at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.location
