"""Changes that wait for a person before anybody sees them."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from vafa.catalog.models.edits import BulkEdit
from vafa.catalog.models.options import OptionValue
from vafa.catalog.models.products import Product, Variant
from vafa.catalog.models.stock import Storehouse
from vafa.kit.problems import Text


class What(models.TextChoices):
    PRICE = "price", _("Price")
    STOCK = "stock", _("Stock")
    SHEET = "sheet", _("Data sheet")
    OPTION = "option", _("Surcharge")


class HeldState(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    LET_THROUGH = "let-through", _("Let through")
    REFUSED = "refused", _("Refused")
    OVERTAKEN = "overtaken", _("Overtaken")  # something else was said of the same thing, or it is so already


class HeldChange(models.Model):
    """A change that looks like a mistake; what it would change stays as it is until a person decides. Only fewer pieces
    hold at once: refused, the count before is put back.

    `subject` names what is changed, and of one subject one change waits at a time. `old` and `new` are written as the
    change needs them: {"minor", "currency"} of a price or surcharge, {"on_hand", "back_on"} of stock, {line: value} of
    a data sheet. `doubts` are [{"code", …numbers}] of `engine.price_guard` and `engine.goods_guard`.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    what = models.CharField(max_length=8, choices=What.choices)
    subject = models.CharField(max_length=200)
    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="held")
    variant = models.ForeignKey(Variant, null=True, blank=True, on_delete=models.CASCADE, related_name="held")
    storehouse = models.ForeignKey(Storehouse, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    option_value = models.ForeignKey(OptionValue, null=True, blank=True, on_delete=models.CASCADE, related_name="held")
    edit = models.ForeignKey(BulkEdit, null=True, blank=True, on_delete=models.PROTECT, related_name="held")
    old: models.JSONField[dict[str, Any]] = models.JSONField(default=dict)
    new: models.JSONField[dict[str, Any]] = models.JSONField(default=dict)
    doubts: models.JSONField[list[dict[str, Any]]] = models.JSONField(default=list)
    made_by = models.CharField(max_length=150, default="", blank=True)  # a member of the staff, or what told it
    at = models.DateTimeField()
    state = models.CharField(max_length=12, choices=HeldState.choices, default=HeldState.WAITING)
    decided_by = models.CharField(max_length=150, default="", blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject"], condition=Q(state=HeldState.WAITING), name="held_one_waits_a_subject"
            ),
            models.CheckConstraint(condition=Q(what__in=What.values), name="held_what_is_known"),
            models.CheckConstraint(condition=Q(state__in=HeldState.values), name="held_state_is_known"),
            models.CheckConstraint(
                condition=Q(state=HeldState.WAITING, decided_at__isnull=True)
                | (~Q(state=HeldState.WAITING) & Q(decided_at__isnull=False)),
                name="held_is_open_or_decided",
            ),
        ]
        indexes = [
            models.Index(fields=["-id"], name="held_waiting", condition=Q(state=HeldState.WAITING)),
            models.Index(fields=["subject", "-id"], name="held_of_subject"),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def is_waiting(self) -> bool:
        return self.state == HeldState.WAITING

    @property
    def holds_already(self) -> bool:
        """Whether it holds while it is asked about: fewer pieces than before are believed at once."""
        return self.what == What.STOCK and self.new["on_hand"] < self.old["on_hand"]

    @property
    def title(self) -> Text:
        return What(self.what).label
