"""The settings row and the places."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from vafa.engine import history
from vafa.engine.folding import fold
from vafa.shop import rules
from vafa.shop.naming import Naming, naming_of


def default_week() -> dict[str, list[list[str]]]:
    """Saturday (5) to Wednesday, nine to five, Thursday until one. Keys are weekdays (0 = Monday), as text in JSON."""
    return {**{str(day): [["09:00", "17:00"]] for day in (5, 6, 0, 1, 2)}, "3": [["09:00", "13:00"]]}


def default_languages() -> list[str]:
    return ["fa", "ar", "en"]


def new_stamp() -> str:
    return secrets.token_hex(8)


class Shop(models.Model):
    """The one settings row (primary key 1; the database refuses a second)."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    name = models.CharField(max_length=120, default="", blank=True)
    address = models.TextField(max_length=400, default="", blank=True)  # as it stands on invoices
    tax_number = models.CharField(max_length=40, default="", blank=True)
    city = models.CharField(max_length=120, default="", blank=True)  # its own; who says no place is told dates to there
    zone = models.CharField(max_length=64, default="Asia/Tehran")
    languages: models.JSONField[list[str]] = models.JSONField(default=default_languages)
    default_language = models.CharField(max_length=8, default="fa")
    currency = models.CharField(max_length=3, default="IRR")
    shows_toman = models.BooleanField(default=True)
    shows_hijri = models.BooleanField(default=False)  # Arabic dates; Persian ones are Jalali, English ones Gregorian
    # {"0": [["09:00", "17:00"]], …}; 0 = Monday; an interval whose end is not after its start crosses midnight
    working_week: models.JSONField[dict[str, list[list[str]]]] = models.JSONField(default=default_week)
    holiday_country = models.CharField(max_length=2, default="IR", blank=True)
    holidays_added: models.JSONField[list[str]] = models.JSONField(default=list, blank=True)
    holidays_removed: models.JSONField[list[str]] = models.JSONField(default=list, blank=True)
    cut_off = models.TimeField(default="14:00")
    # what the owner believes: [{"place": "Tehran", "option": "", "seller": "", "days": 2}, …]; "" = elsewhere, any
    stated_times: models.JSONField[list[dict[str, Any]]] = models.JSONField(default=list, blank=True)
    # what places are called, beside the lists in `naming`: [{"fa": "فارس", "ar": "", "en": "Fars", "also": "Pars"}, …]
    place_names: models.JSONField[list[dict[str, str]]] = models.JSONField(default=list, blank=True)
    target_probability = models.FloatField(default=0.9)
    publishes_record = models.BooleanField(default=False)  # whether everybody may read the record of its promises
    simulated = models.BooleanField(default=False)
    stamp = models.CharField(max_length=16, default=new_stamp, editable=False)  # see `memory.remembered`
    clock_moved = models.DurationField(default=timedelta(0), editable=False)  # business time minus real time

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(id=1), name="shop_is_one_row"),
            models.CheckConstraint(
                condition=Q(simulated=True) | Q(clock_moved=timedelta(0)), name="shop_clock_moves_in_demos_only"
            ),
            models.CheckConstraint(
                condition=Q(target_probability__gte=0.5) & Q(target_probability__lte=0.999),
                name="shop_target_in_range",
            ),
            models.CheckConstraint(condition=~Q(zone=""), name="shop_has_a_zone"),
            models.CheckConstraint(condition=~Q(currency=""), name="shop_has_a_currency"),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        rules.require(self.__dict__)

    @cached_property
    def naming(self) -> Naming:
        """What places are called, the owner's names above the listed ones."""
        return naming_of(self.place_names)


class Place(models.Model):
    """Somewhere parcels leave from or go to, by the code the shop uses (postal code prefix, city)."""

    code = models.CharField(max_length=64, unique=True)
    city = models.CharField(max_length=120, default="", blank=True)
    region = models.CharField(max_length=120, default="", blank=True, db_index=True)
    country = models.CharField(max_length=2, default="", blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    city_folded = models.CharField(max_length=240, default="", blank=True, db_index=True, editable=False)
    region_folded = models.CharField(max_length=240, default="", blank=True, db_index=True, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(code=""), name="place_has_a_code"),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True) | (Q(latitude__gte=-90) & Q(latitude__lte=90)),
                name="place_latitude_on_earth",
            ),
            models.CheckConstraint(
                condition=Q(longitude__isnull=True) | (Q(longitude__gte=-180) & Q(longitude__lte=180)),
                name="place_longitude_on_earth",
            ),
        ]

    def __str__(self) -> str:
        return self.city or self.code

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.city_folded, self.region_folded = fold(self.city), fold(self.region)
        super().save(*args, **kwargs)

    def for_engine(self) -> history.Place:
        """The same place as the numbers know it."""
        return history.Place(self.code, self.city, self.region, self.country, self.latitude, self.longitude)


class PlaceName(models.Model):
    """Another name of a place, as some import called it."""

    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="names")
    name = models.CharField(max_length=120)
    folded = models.CharField(max_length=240, db_index=True, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["place", "folded"], name="place_name_once")]

    def __str__(self) -> str:
        return self.name


class InfoPage(models.TextChoices):
    """What the shop tells its customers about itself; the first three are written from live data as well."""

    DELIVERY = "delivery", _("Delivery")
    RETURNS = "returns", _("Returns")
    GUARANTEES = "guarantees", _("Guarantees")
    CONTACT = "contact", _("About us and contact")
    PRIVACY = "privacy", _("Privacy")
    TERMS = "terms", _("Terms")


class PageText(models.Model):
    """The owner's own words on one of these pages in one language: plain paragraphs, an empty line between them."""

    page = models.CharField(max_length=16, choices=InfoPage.choices)
    language = models.CharField(max_length=8)
    words = models.TextField(max_length=20_000)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["page", "language"], name="page_text_once"),
            models.CheckConstraint(condition=Q(page__in=InfoPage.values), name="page_text_page_is_known"),
            models.CheckConstraint(condition=~Q(words=""), name="page_text_is_not_empty"),
        ]

    def __str__(self) -> str:
        return f"{self.page} {self.language}"
