"""Lists of messages for the staff."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Count, QuerySet

from vafa.messages.models import Message, State


def messages_in_view(state: str = "", older_than: int | None = None, customer_ref: str = "") -> QuerySet[Message]:
    """Newest first, without their long texts; of one state and one customer where given, from before an id."""
    found = Message.objects.defer("html", "text", "context").order_by("-pk")
    if state:
        found = found.filter(state=state)
    if customer_ref:
        found = found.filter(customer_ref=customer_ref)
    return found.filter(pk__lt=older_than) if older_than is not None else found


def counts() -> dict[str, int]:
    """How many there are in each state."""
    found = dict(Message.objects.order_by().values_list("state").annotate(Count("pk")))
    return {state.value: found.get(state.value, 0) for state in State}


def message_by_public_id(public_id: UUID) -> Message | None:
    """One message; None where there is none."""
    return Message.objects.filter(public_id=public_id).first()


def messages_by_key(keys: Iterable[str]) -> dict[str, Message]:
    """Key to the message that was asked for under it."""
    return {message.key: message for message in Message.objects.filter(key__in=[key for key in keys if key])}
