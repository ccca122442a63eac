"""Words among the staff."""

from __future__ import annotations

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


def erase_notes(order: Order) -> int:
    """Forget all words about an order, because they may name its customer; how many there were."""
    return Note.objects.filter(order=order).delete()[0]
