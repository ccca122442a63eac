"""What customers choose of a product beyond its articles, and the rules between the choices."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from vafa.catalog.models.products import Product, Texts
from vafa.engine.configuring import Tie


class Option(models.Model):
    """One thing to choose of a product: gift wrap, the wood. Where it is `needed`, its first value is chosen unless the
    customer says otherwise, and costs nothing on top.
    """

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="options")
    code = models.SlugField(max_length=40)
    name: models.JSONField[Texts] = models.JSONField()
    needed = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["product", "code"], name="option_code_once_a_product"),
            models.CheckConstraint(condition=~Q(code=""), name="option_has_a_code"),
        ]

    def __str__(self) -> str:
        return self.code


class OptionValue(models.Model):
    """One value of an option, with what it adds to the price of a piece in the shop's currency, tax included as in
    prices; none: the guard has not let the surcharge through yet, and nobody can choose it. `lead_days` are working
    days on top of the product's, `parts` what goes into a piece ({code: pieces}). `counted` names
    those parts that are articles of the catalogue and taken from its stock. `words_most` is how many characters
    of their own customers can write for it (an engraving; 0: none), and where `words_needed` they must.
    """

    option = models.ForeignKey(Option, on_delete=models.CASCADE, related_name="values")
    code = models.SlugField(max_length=40)
    name: models.JSONField[Texts] = models.JSONField()
    surcharge_minor = models.BigIntegerField(null=True, blank=True)
    lead_days = models.PositiveSmallIntegerField(default=0)
    parts: models.JSONField[dict[str, int]] = models.JSONField(default=dict, blank=True)
    counted: models.JSONField[list[str]] = models.JSONField(default=list, blank=True, editable=False)
    words_most = models.PositiveSmallIntegerField(default=0)
    words_needed = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["option", "code"], name="option_value_code_once"),
            models.CheckConstraint(condition=~Q(code=""), name="option_value_has_a_code"),
            models.CheckConstraint(
                condition=Q(surcharge_minor__isnull=True) | Q(surcharge_minor__gte=0),
                name="option_value_surcharge_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(words_needed=False) | Q(words_most__gt=0), name="option_value_needs_words_that_fit"
            ),
        ]

    def __str__(self) -> str:
        return self.code


class OptionRule(models.Model):
    """`value` requires or excludes `other`, both of one product; `why` is told to who chose otherwise. A pair of values
    has one rule, so that it cannot be asked for and forbidden at once.
    """

    value = models.ForeignKey(OptionValue, on_delete=models.CASCADE, related_name="rules")
    other = models.ForeignKey(OptionValue, on_delete=models.CASCADE, related_name="+")
    tie = models.CharField(max_length=8, choices=[(tie.value, tie.value) for tie in Tie])
    why: models.JSONField[Texts] = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["value", "other"], name="option_rule_once_a_pair"),
            models.CheckConstraint(condition=~Q(value=F("other")), name="option_rule_of_two"),
            models.CheckConstraint(condition=Q(tie__in=[tie.value for tie in Tie]), name="option_rule_tie_is_known"),
        ]

    def __str__(self) -> str:
        return self.tie
