"""Sums of the ledger by day, so that a figure over millions of promises reads hundreds of rows."""

from __future__ import annotations

from django.db import models

COUNTS = ("made", "revised", "revised_by_shop", "cancelled", "settled", "kept", "exceeded", "undecided", "padding")


class Against(models.TextChoices):
    CURRENT = "current"
    ORIGINAL = "original"


class DayTotal(models.Model):
    """What one change added to the counts of a due day; the rows of a day add up, negative ones too.

    Every transaction that makes or moves promises adds its own rows and touches nobody else's, so writers never wait
    for each other and the sum is right at every moment. From time to time the rows of a day are folded into one.
    `against` current: `day` is `due_on`, and all counts are used. Against original: `day` is `original_due_on`, and
    only settled promises are counted. `padding` is the sum of the margins of the kept ones: days for promises of a
    day, seconds for promises of a moment.
    """

    against = models.CharField(max_length=8, choices=Against.choices)
    day = models.DateField()
    kind = models.CharField(max_length=40)
    direction = models.CharField(max_length=16)
    unit = models.CharField(max_length=8)
    made = models.IntegerField(default=0)
    revised = models.IntegerField(default=0)
    revised_by_shop = models.IntegerField(default=0)
    cancelled = models.IntegerField(default=0)
    settled = models.IntegerField(default=0)
    kept = models.IntegerField(default=0)
    exceeded = models.IntegerField(default=0)
    undecided = models.IntegerField(default=0)
    padding = models.BigIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["against", "day"], name="total_by_day")]

    def __str__(self) -> str:
        return f"{self.against} {self.day}"
