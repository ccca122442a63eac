"""Categories, products and what of a product can be bought."""

from __future__ import annotations

import uuid
from typing import NotRequired, TypedDict

from django.db import models
from django.db.models import Q

Texts = dict[str, str]  # {language: text}


class SpecificationTerms(TypedDict):
    """One line of a category's data sheet; `code` is stable, `unit` may be empty, `facet` offers it as a filter."""

    code: str
    name: Texts
    unit: str
    facet: bool


class OpinionShown(TypedDict):
    """One buyer's words as the product's page shows them; `at` is an ISO moment, `reply` the shop's."""

    stars: int
    text: str
    name: str
    at: str
    reply: str


class Opinions(TypedDict):
    """What buyers say of a product: how many gave stars, their sum, how many gave five to one, the newest words."""

    count: int
    stars: int
    each: list[int]
    newest: list[OpinionShown]


class AnswerShown(TypedDict):
    """A question of a visitor with the shop's answer; `at` is the ISO moment of the answer."""

    text: str
    answer: str
    at: str


class BoughtWith(TypedDict):
    """A product that was in so many orders together with another."""

    code: str
    times: int


class ValueShown(TypedDict):
    """One value of an option as pages and baskets reckon with it; see `models.options.OptionValue`."""

    code: str
    name: Texts
    surcharge_minor: int
    lead_days: int
    parts: dict[str, int]
    counted: NotRequired[list[str]]  # those parts that are articles, taken from their stock
    words_most: NotRequired[int]  # not there: customers write nothing for it
    words_needed: NotRequired[bool]


class OptionShown(TypedDict):
    """One option with the values that can be chosen."""

    code: str
    name: Texts
    needed: bool
    values: list[ValueShown]


class RuleShown(TypedDict):
    """A rule between two values, each told as [option, value]."""

    tie: str
    value: list[str]
    other: list[str]
    why: Texts


class Configurable(TypedDict):
    """All that can be chosen of a product, and the rules between the choices."""

    options: list[OptionShown]
    rules: list[RuleShown]


class Category(models.Model):
    """A shelf. `specifications` are what the data sheets of its products say, in their order."""

    code = models.SlugField(max_length=64, unique=True)
    name: models.JSONField[Texts] = models.JSONField(default=dict)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    specifications: models.JSONField[list[SpecificationTerms]] = models.JSONField(default=list, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "code"]
        constraints = [
            models.CheckConstraint(condition=~Q(code=""), name="category_has_a_code"),
            models.CheckConstraint(condition=~Q(parent=models.F("pk")), name="category_not_its_own_parent"),
        ]

    def __str__(self) -> str:
        return self.code


class Brand(models.Model):
    """Who made it: a maker, an author, a publisher."""

    code = models.SlugField(max_length=80, unique=True, allow_unicode=True)
    name: models.JSONField[Texts] = models.JSONField(default=dict)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(code=""), name="brand_has_a_code")]

    def __str__(self) -> str:
        return self.code


class Product(models.Model):
    """One thing the shop offers, in one or several variants. `code` is the shop's own and stands in its address.

    `specifications` holds values by the codes of its category; a value is a word in every language or by language.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.SlugField(max_length=80, unique=True, allow_unicode=True)
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="products")
    title: models.JSONField[Texts] = models.JSONField(default=dict)
    brand = models.ForeignKey(Brand, null=True, blank=True, on_delete=models.PROTECT, related_name="products")
    description: models.JSONField[Texts] = models.JSONField(default=dict, blank=True)
    specifications: models.JSONField[dict[str, str | Texts]] = models.JSONField(default=dict, blank=True)
    lead_days = models.PositiveSmallIntegerField(default=0)  # working days to make or to get it, before packing
    public = models.BooleanField(default=True)
    # what others say of it, kept beside it so that its page need not gather it: see `actions.saying`
    opinions: models.JSONField[Opinions | None] = models.JSONField(null=True, blank=True, editable=False)
    answers: models.JSONField[list[AnswerShown]] = models.JSONField(default=list, blank=True, editable=False)
    # what can be chosen of it, kept beside it for the same reason: see `actions.options`
    configurable: models.JSONField[Configurable | None] = models.JSONField(null=True, blank=True, editable=False)
    # codes of what goes with it as the staff says, and what orders say: see `actions.beside`
    goes_with: models.JSONField[list[str]] = models.JSONField(default=list, blank=True, editable=False)
    bought_with: models.JSONField[list[BoughtWith]] = models.JSONField(default=list, blank=True, editable=False)
    added_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(code=""), name="product_has_a_code")]
        indexes = [models.Index(fields=["category", "-added_at", "-id"], name="product_newest_of_shelf")]

    def __str__(self) -> str:
        return self.code


class Variant(models.Model):
    """What goes into a basket: one combination of a product's options. `sku` is the shop's own article number.

    `choices` are {code: value} as in the data sheet of its category, whose line gives the option its name.
    `price` is the version of the price that holds now; none: it is not for sale. `cost_minor` is what a piece costs the
    shop, in the currency of its price; none where nobody said.
    """

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="variants")
    sku = models.CharField(max_length=64, unique=True)
    choices: models.JSONField[dict[str, str | Texts]] = models.JSONField(default=dict, blank=True)
    weight_g = models.FloatField(null=True, blank=True)
    volume_cm3 = models.FloatField(null=True, blank=True)
    price = models.ForeignKey("Price", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    cost_minor = models.BigIntegerField(null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(sku=""), name="variant_has_a_sku"),
            models.CheckConstraint(
                condition=Q(cost_minor__isnull=True) | Q(cost_minor__gt=0), name="variant_cost_above_nothing"
            ),
            models.CheckConstraint(
                condition=Q(weight_g__isnull=True) | Q(weight_g__gte=0), name="variant_weight_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return self.sku


class Picture(models.Model):
    """A picture of a product; the first stands on its card. `file` is a name below the pictures' folder."""

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="pictures")
    file = models.CharField(max_length=120)
    words: models.JSONField[Texts] = models.JSONField(default=dict, blank=True)  # said to who cannot see it
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["product", "file"], name="picture_once_a_product"),
            models.CheckConstraint(condition=Q(width__gt=0) & Q(height__gt=0), name="picture_has_a_size"),
        ]

    def __str__(self) -> str:
        return self.file
