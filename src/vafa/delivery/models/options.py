"""Ways of delivery that the customer can choose, and what each costs where."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from vafa.delivery.option_kinds import OptionKind


def every_day() -> list[int]:
    return list(range(7))


class DeliveryOption(models.Model):
    """A way to get it there that the customer can choose.

    `price_minor` counts where no `DeliveryPrice` speaks; null: nobody has said what it costs, which is not "free".
    """

    code = models.SlugField(max_length=64, unique=True)
    kind = models.CharField(max_length=8, choices=OptionKind.choices, default=OptionKind.ECONOMY)
    name: models.JSONField[dict[str, str]] = models.JSONField(default=dict)  # {lang: text}
    delivery_weekdays: models.JSONField[list[int]] = models.JSONField(default=every_day)  # 0 = Monday
    cut_off = models.TimeField(null=True, blank=True)  # null: the shop's
    minimum_days = models.PositiveSmallIntegerField(default=0)
    regions: models.JSONField[list[str]] = models.JSONField(default=list, blank=True)  # empty: everywhere
    price_minor = models.BigIntegerField(null=True, blank=True)
    free_from_minor = models.BigIntegerField(null=True, blank=True)  # goods of so much are delivered free
    most_weight_g = models.PositiveIntegerField(null=True, blank=True)  # it carries no more; null: anything
    position = models.PositiveSmallIntegerField(default=0)
    active = models.BooleanField(default=True)

    class Meta:
        ordering = ["position", "code"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=OptionKind.values), name="option_kind_is_known"),
            models.CheckConstraint(
                condition=(Q(price_minor__isnull=True) | Q(price_minor__gte=0))
                & (Q(free_from_minor__isnull=True) | Q(free_from_minor__gte=0)),
                name="option_amounts_not_negative",
            ),
        ]

    def __str__(self) -> str:
        return self.code


class DeliveryPrice(models.Model):
    """One rule of an option's price: for `places` (codes, cities, regions, countries; empty: all of them), up to a
    weight, from a value of goods. Which of several counts is said at `engine.delivery_prices.delivery_price`.
    """

    option = models.ForeignKey(DeliveryOption, on_delete=models.CASCADE, related_name="prices")
    places: models.JSONField[list[str]] = models.JSONField(default=list, blank=True)
    most_g = models.PositiveIntegerField(null=True, blank=True)  # null: any weight
    from_minor = models.BigIntegerField(default=0)
    price_minor = models.BigIntegerField()
    each_kg_minor = models.BigIntegerField(default=0)  # for every kilogram begun

    class Meta:
        ordering = ["option", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(from_minor__gte=0, price_minor__gte=0, each_kg_minor__gte=0),
                name="delivery_price_not_negative",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.option_id} {self.price_minor}"
