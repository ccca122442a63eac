"""Where customers fetch their parcels, and the days by which they want them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from vafa.delivery.models.options import DeliveryOption


class PickupPoint(models.Model):
    """A pick-up point, a wall of lockers or a store: where it is, when it is open, how much it takes a day.

    `city` and `region` are as the shop's places call them. `week` is like the shop's working week:
    {"0": [["09:00", "17:00"]], …}, 0 = Monday.
    """

    option = models.ForeignKey(DeliveryOption, on_delete=models.PROTECT, related_name="points")
    code = models.SlugField(max_length=40, unique=True)
    name: models.JSONField[dict[str, str]] = models.JSONField(default=dict)  # {lang: text}
    city = models.CharField(max_length=120)
    region = models.CharField(max_length=120, default="", blank=True)
    address: models.JSONField[dict[str, str]] = models.JSONField(default=dict, blank=True)  # {lang: text}
    week: models.JSONField[dict[str, list[list[str]]]] = models.JSONField(default=dict, blank=True)
    closed_on: models.JSONField[list[str]] = models.JSONField(default=list, blank=True)  # days, as ISO texts
    keeps_holidays = models.BooleanField(default=True)  # it is closed on the shop's holidays
    capacity = models.PositiveIntegerField(null=True, blank=True)  # parcels that may come on one day; null: any number
    position = models.PositiveSmallIntegerField(default=0)
    active = models.BooleanField(default=True)

    class Meta:
        ordering = ["position", "code"]
        constraints = [models.CheckConstraint(condition=~Q(city=""), name="pickup_point_is_somewhere")]

    def __str__(self) -> str:
        return self.code


class Festival(models.Model):
    """A day by which customers want their things: one of the owner's own (`day`), or what he says of a known one.

    `rule` names a known festival ("nowruz"); then `day` is null. `shown`: customers are told whether it is in time.
    """

    code = models.SlugField(max_length=40, unique=True)
    name: models.JSONField[dict[str, str]] = models.JSONField(default=dict, blank=True)  # {lang: text}
    day = models.DateField(null=True, blank=True)
    shown = models.BooleanField(default=True)

    class Meta:
        ordering = ["day", "code"]

    def __str__(self) -> str:
        return self.code
