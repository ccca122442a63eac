"""How far the owner has come."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Step(models.TextChoices):
    """The steps in their order."""

    SHOP = "shop", _("Shop")
    PLACE = "place", _("Place")
    HOURS = "hours", _("Working days")
    PRODUCTS = "products", _("Products")
    DELIVERY = "delivery", _("Delivery")
    PAYMENT = "payment", _("Payment")


class Mark(models.TextChoices):
    """What the owner did about a step; a step that was put off can be done at any time."""

    SAVED = "saved", _("saved")
    LATER = "later", _("later")


class Opening(models.Model):
    """The one row of an opening (primary key 1; the database refuses a second), made when the owner begins.

    `marks` is {step: mark}. `country` and `city` are where the shop is; `dismissed_at` is when the owner said that he
    wants to hear no more of it.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    begun_at = models.DateTimeField()
    marks: models.JSONField[dict[str, str]] = models.JSONField(default=dict, blank=True)
    country = models.CharField(max_length=2, default="", blank=True)
    city = models.CharField(max_length=120, default="", blank=True)
    dismissed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="opening_is_one_row")]

    def __str__(self) -> str:
        return f"{len(self.marks)}/{len(Step)}"
