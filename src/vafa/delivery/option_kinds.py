"""What kinds of delivery there are, and what the customer chooses with each."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class OptionKind(models.TextChoices):
    """`same_day` and `next_day` are offered only where the history says so; those of SLOTS are chosen with a window,
    those of POINTS with a place where the parcel waits.
    """

    ECONOMY = "economy", _("Economy")
    COURIER = "courier", _("Courier")
    SAME_DAY = "same_day", _("Same day")
    NEXT_DAY = "next_day", _("Next day")
    DATE = "date", _("On a day you choose")
    WINDOW = "window", _("In a window of hours")
    PICKUP = "pickup", _("Pick-up point")
    LOCKER = "locker", _("Locker")
    STORE = "store", _("Collect in the store")


SLOTS = frozenset({OptionKind.DATE.value, OptionKind.WINDOW.value})
POINTS = frozenset({OptionKind.PICKUP.value, OptionKind.LOCKER.value, OptionKind.STORE.value})
NEEDS_MORE = SLOTS | POINTS
