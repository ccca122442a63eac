"""Words among the staff."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from vafa.fulfilment.models import Note
from vafa.kit.problems import Problem
from vafa.orders.models import Order


def write_note(order: Order, text: str, *, by: str, at: datetime) -> Note:
    """Keep a word about an order. Problem `empty` (422)."""
    if not text.strip():
        raise Problem("empty", _("Write something first."), field="text", status=422)
    return Note.objects.create(order=order, text=text.strip()[:1000], by=by, at=at)


def erase_notes(customer_ref: str, kept: Sequence[str]) -> int:
    """Forget all words about the orders of a customer, because they may name him, but those about orders `kept`; how
    many there were.
    """
    return Note.objects.filter(order__customer_ref=customer_ref).exclude(order__number__in=kept).delete()[0]
