"""What this room knows of a person, as it tells it to him and forgets it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from vafa.messages.actions.keeping import ERASED
from vafa.messages.models import OVER, Attempt, Message

TABLES = frozenset({"vafa_messages.Message", "vafa_messages.Attempt"})
_TOLD = ("created_at", "settled_at", "purpose", "about", "state", "channel", "address", "subject", "text")
STAYS = "That a message was sent, when and why stays; its words and its address do not."


def told(ref: str) -> list[dict[str, Any]]:
    """Every message to him, as he got it."""
    found = Message.objects.filter(customer_ref=ref).order_by("pk")
    return [{name: getattr(each, name) for name in _TOLD} for each in found]


def forget(ref: str, kept: Sequence[str]) -> int:
    """Empty what was written; what still is to be sent about an order under way is not touched."""
    written = Message.objects.filter(customer_ref=ref)
    over = written.filter(state__in=OVER) if kept else written
    Attempt.objects.filter(message__in=over).update(sentence="")  # gateways repeat addresses in their refusals
    return over.exclude(**ERASED, context={}).update(**ERASED, context={})
