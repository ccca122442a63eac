"""How many pieces lie where."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from vafa.catalog.models.products import Texts, Variant
from vafa.shop.models import Place


class Storehouse(models.Model):
    """Where goods lie and leave from: a store, a bench, a supplier's hall."""

    code = models.SlugField(max_length=64, unique=True)
    name: models.JSONField[Texts] = models.JSONField(default=dict)
    place = models.ForeignKey(Place, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(code=""), name="storehouse_has_a_code")]

    def __str__(self) -> str:
        return self.code


class Stock(models.Model):
    """Pieces of a variant in a storehouse; `reserved` ones are in orders that have not left yet. `taken` counts the
    pieces that orders ever reserved here: what nobody can be out of without being asked.

    What is shown as there is `on_hand - reserved`; the database refuses to give away more.
    """

    variant = models.ForeignKey(Variant, on_delete=models.CASCADE, related_name="stock")
    storehouse = models.ForeignKey(Storehouse, on_delete=models.PROTECT, related_name="+")
    on_hand = models.PositiveIntegerField(default=0)
    reserved = models.PositiveIntegerField(default=0)
    taken = models.PositiveIntegerField(default=0)
    back_on = models.DateField(null=True, blank=True)  # the shop's calendar; when more are expected

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["variant", "storehouse"], name="stock_once_a_storehouse"),
            models.CheckConstraint(condition=Q(reserved__lte=F("on_hand")), name="stock_reserves_what_is_there"),
        ]

    def __str__(self) -> str:
        return f"{self.on_hand - self.reserved}"
