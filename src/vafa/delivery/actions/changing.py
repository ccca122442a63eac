"""What every change of a delivery by its customer has in common."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from vafa.delivery.kinds import DELIVERY
from vafa.messages.actions import send
from vafa.messages.purposes import Purpose
from vafa.orders.links import order_word
from vafa.orders.queries import order_numbered
from vafa.promises.models import Promise, State


def standing_delivery(number: str) -> Promise | None:
    """The open promise of the order of that number to be delivered."""
    found = Promise.objects.filter(subject_ref=number, subject_type="order", kind=DELIVERY.name)
    return found.filter(state=State.OPEN).first()


@dataclass(frozen=True)
class Back:
    """What a change costs less: what was `paid` already goes back, else so much less is asked for."""

    amount_minor: int
    currency: str
    paid: bool


def tell_changed(number: str, *, elsewhere: bool = False, back: Back | None = None, at: datetime) -> None:
    """Confirm to the customer what is promised to him now, that it goes elsewhere, and what he gets back or pays less;
    in the caller's transaction.
    """
    order, promise = order_numbered(number), standing_delivery(number)
    if order is None or not order.customer_ref:
        return
    context: dict[str, object] = {"order": number, "link": f"/order/{order_word(number)}/"}
    if promise is not None:
        context["said"] = promise.text
    if elsewhere:
        context["elsewhere"] = 1
    if back is not None:
        context["back" if back.paid else "less"] = [back.amount_minor, back.currency]
    send(
        key=f"delivery.changed:{number}:{at.isoformat()}",
        purpose=Purpose.ORDER,
        template="delivery.changed",
        customer_ref=order.customer_ref,
        context=context,
        about=f"order:{number}",
        at=at,
    )
