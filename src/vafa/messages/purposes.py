"""What a message is for. The purpose alone decides which rules it obeys."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _


class Purpose(models.TextChoices):
    ORDER = "order", _("News of an order")
    PROMISE = "promise", _("News of a promise")
    MARKETING = "marketing", _("Offers")
    SIGN_IN = "sign_in", _("Signing in")
    TEST = "test", _("Test")


@dataclass(frozen=True)
class Obeys:
    """`consent`: only to who agreed, in no quiet hour, within the weekly cap, and with a way out. `stale_after`: what
    could not be sent by then is not sent any more. `secret`: its words are for the reader alone, and nothing of them
    is kept.
    """

    consent: bool = False
    stale_after: timedelta = timedelta(days=3)
    secret: bool = False


RULES = {
    Purpose.ORDER: Obeys(),
    Purpose.PROMISE: Obeys(),
    Purpose.MARKETING: Obeys(consent=True),
    Purpose.SIGN_IN: Obeys(stale_after=timedelta(minutes=10), secret=True),
    Purpose.TEST: Obeys(),
}
