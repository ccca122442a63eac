"""Who the shop has agreements with."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from vafa.promises.models import Direction


class Role(models.TextChoices):
    CARRIER = "carrier", _("Carrier")
    SUPPLIER = "supplier", _("Supplier")
    HOSTING = "hosting", _("Hosting provider")
    BUSINESS = "business", _("Business customer")


class Partner(models.Model):
    """Who the shop has agreements with. `ref` is what other rooms know the partner by.

    For a carrier: its names in parcels, one a line. For a supplier: the seller's code. For a business customer: its
    customer number.
    """

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=10, choices=Role.choices)
    ref = models.TextField(default="", blank=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(condition=Q(role__in=Role.values), name="partner_role_is_known"),
            models.CheckConstraint(condition=~Q(name=""), name="partner_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The scorecard."""
        return reverse("agreements:partner", args=[self.code])

    @property
    def direction(self) -> str:
        """Who promises: the shop to a business customer, everybody else to the shop."""
        return (Direction.TO_CUSTOMER if self.role == Role.BUSINESS else Direction.FROM_SUPPLIER).value

    @property
    def is_owed_to_us(self) -> bool:
        """Whether a missed level is claimed by the shop (else the shop owes it)."""
        return self.role != Role.BUSINESS

    @property
    def refs(self) -> list[str]:
        """The lines of `ref`."""
        return [line.strip() for line in self.ref.splitlines() if line.strip()]
