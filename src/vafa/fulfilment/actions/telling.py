"""The story of an order, and the word to its customer."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from vafa.fulfilment.models import Happening, OrderEvent
from vafa.messages.actions import send
from vafa.messages.purposes import Purpose
from vafa.messages.registry import MessageTemplate
from vafa.orders.models import Order


def note_down(order: Order, kind: Happening, *, by: str, at: datetime, **detail: Any) -> OrderEvent:
    """One more line of the order's story. Runs in the caller's transaction."""
    return OrderEvent.objects.create(order=order, kind=kind, at=at, by=by, detail=detail)


def tell_customer(order: Order, described: MessageTemplate, /, *, key: str, at: datetime, **values: Any) -> None:
    """Ask for the message, in the caller's transaction; nobody is told of an order without a customer."""
    if order.customer_ref:
        context = {name: value for name, value in values.items() if value not in (None, "", 0, {})}
        send(
            key=key,
            purpose=Purpose.ORDER,
            template=described.name,
            customer_ref=order.customer_ref,
            context={"order": order.number, **context},
            about=f"order:{order.number}",
            at=at,
        )
