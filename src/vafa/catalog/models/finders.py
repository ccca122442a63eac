"""Help in choosing: the questions a good seller would ask."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from vafa.catalog.models.products import Category, Texts


class GuideQuestion(models.Model):
    """One question of the guide through a category, in every language. A category with questions has a guide."""

    category = models.ForeignKey(Category, on_delete=models.CASCADE, related_name="questions")
    position = models.PositiveSmallIntegerField()
    text: models.JSONField[Texts] = models.JSONField()

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return str(self.pk)


class GuideChoice(models.Model):
    """One answer, and what it asks of a product: one of `features` (as `catalog.search.documents.Feature` writes
    itself) and a price between both ends, tax included. `must`: what does not fulfil it is not shown at all.
    """

    question = models.ForeignKey(GuideQuestion, on_delete=models.CASCADE, related_name="choices")
    position = models.PositiveSmallIntegerField()
    text: models.JSONField[Texts] = models.JSONField()
    features: models.JSONField[list[str]] = models.JSONField(default=list, blank=True)
    least_minor = models.BigIntegerField(null=True, blank=True)
    most_minor = models.BigIntegerField(null=True, blank=True)
    must = models.BooleanField(default=False)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(least_minor__isnull=True)
                | Q(most_minor__isnull=True)
                | Q(least_minor__lte=F("most_minor")),
                name="choice_price_range_not_empty",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)
