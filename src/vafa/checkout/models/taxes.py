"""Taxes by place and category."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class TaxRule(models.Model):
    """What is taxed how. `country` (two letters) and `category` (a shelf's code, with all below it) "" mean any; the
    rule that says most holds. `bp` are hundredths of a percent; `contained`: the shelf's prices hold the tax already,
    else it is added to them.
    """

    country = models.CharField(max_length=2, default="", blank=True)
    category = models.CharField(max_length=64, default="", blank=True)
    bp = models.PositiveIntegerField()
    contained = models.BooleanField(default=True)

    class Meta:
        ordering = ["country", "category"]
        constraints = [
            models.UniqueConstraint(fields=["country", "category"], name="tax_rule_once"),
            models.CheckConstraint(condition=Q(bp__lte=10_000), name="tax_at_most_the_price"),
        ]

    def __str__(self) -> str:
        return f"{self.country} {self.category}: {self.bp}"
