"""What a message is for. The purpose alone decides which rules it obeys."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _


class Purpose(models.TextChoices):
    ORDER = "order", _("News of an order")
    PROMISE = "promise", _("News of a promise")
    MARKETING = "marketing", _("Offers")
    TEST = "test", _("Test")


@dataclass(frozen=True)
class Obeys:
    """`consent`: only to who agreed, in no quiet hour, within the weekly cap, and with a way out."""

    consent: bool = False


RULES = {
    Purpose.ORDER: Obeys(),
    Purpose.PROMISE: Obeys(),
    Purpose.MARKETING: Obeys(consent=True),
    Purpose.TEST: Obeys(),
}
