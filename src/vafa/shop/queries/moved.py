"""How far business time was moved, for `kit.clock`, which knows no tables."""

from __future__ import annotations

from datetime import timedelta

from django.core.exceptions import SynchronousOnlyOperation
from django.db import DatabaseError

from vafa.shop.models import Shop


def clock_moved() -> timedelta | None:
    """By how much, nothing for a real shop; None where that cannot be read at this moment (no table yet, a
    transaction that has failed, an event loop)."""
    try:
        return Shop.objects.filter(pk=1, simulated=True).values_list("clock_moved", flat=True).first() or timedelta(0)
    except (DatabaseError, SynchronousOnlyOperation):
        return None
