"""What is in an order."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from vafa.catalog.models import Price
from vafa.catalog.models.products import Texts
from vafa.catalog.queries.configurations import in_words
from vafa.catalog.queries.there import taken_by
from vafa.orders.models.facts import Order


class OrderLine(models.Model):
    """Some pieces of one article, as they were sold: later changes of the catalogue change nothing here.

    `choices` are those of the article and what was chosen of its product: lines of one article may differ in them.
    `inscriptions` ({option: words}) are what the customer wrote for it; they are erased with him.
    `unit_minor` is what one piece cost, tax included, and `price` the version of the shelf's price behind it (none:
    entered by hand). `discount_minor` is this line's share of what was taken off; `tax_minor` is contained in what
    remains, at `tax_bp` hundredths of a percent. `cancelled` pieces are no longer wanted and never leave; `packed` ones
    lie in parcels, `sent` ones of them have left. The database refuses to pack more than is wanted.
    """

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="lines")
    position = models.PositiveSmallIntegerField()
    sku = models.CharField(max_length=64)
    product = models.CharField(max_length=80, default="", blank=True)  # its code, for its page
    title: models.JSONField[Texts] = models.JSONField(default=dict)
    choices: models.JSONField[dict[str, str | Texts]] = models.JSONField(default=dict, blank=True)
    quantity = models.PositiveIntegerField()
    cancelled = models.PositiveIntegerField(default=0)
    packed = models.PositiveIntegerField(default=0)
    sent = models.PositiveIntegerField(default=0)
    unit_minor = models.BigIntegerField()
    price = models.ForeignKey(Price, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    discount_minor = models.BigIntegerField(default=0)
    tax_bp = models.PositiveIntegerField(default=0)
    tax_minor = models.BigIntegerField(default=0)
    weight_g = models.FloatField(null=True, blank=True)
    parts: models.JSONField[dict[str, int]] = models.JSONField(default=dict, blank=True)  # that go into one piece
    counted: models.JSONField[dict[str, int]] = models.JSONField(default=dict, blank=True)  # those that are articles
    chosen: models.JSONField[dict[str, str]] = models.JSONField(default=dict, blank=True)  # by code, to order it again
    inscriptions: models.JSONField[dict[str, str]] = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["order", "position"], name="order_line_position_once"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="order_line_of_something"),
            models.CheckConstraint(condition=Q(cancelled__lte=F("quantity")), name="order_line_cancels_what_is_there"),
            models.CheckConstraint(
                condition=Q(packed__lte=F("quantity") - F("cancelled")), name="order_line_packs_what_is_wanted"
            ),
            models.CheckConstraint(condition=Q(sent__lte=F("packed")), name="order_line_sends_what_is_packed"),
            models.CheckConstraint(
                condition=Q(unit_minor__gte=0, discount_minor__gte=0, tax_minor__gte=0)
                & Q(discount_minor__lte=F("unit_minor") * F("quantity")),
                name="order_line_amounts_possible",
            ),
            models.CheckConstraint(condition=~Q(sku=""), name="order_line_has_a_sku"),
        ]
        indexes = [models.Index(fields=["sku"], name="order_line_article")]

    def __str__(self) -> str:
        return f"{self.quantity} x {self.sku}"

    @property
    def in_words(self) -> list[tuple[str | Texts, str]]:
        """The choices as people read them, each with what the customer wrote for it."""
        return list(in_words(self.choices, self.inscriptions))

    @property
    def takes(self) -> dict[str, int]:
        """What a piece takes from the stock: its article, and the articles that go into it."""
        return taken_by(self.sku, self.counted)

    @property
    def wanted(self) -> int:
        """Pieces that are to leave, or have left."""
        return self.quantity - self.cancelled

    @property
    def to_pack(self) -> int:
        """Pieces that are wanted and lie in no parcel yet."""
        return self.wanted - self.packed

    @property
    def amount_minor(self) -> int:
        """What the line cost when it was sold, before what was taken off."""
        return self.unit_minor * self.quantity
