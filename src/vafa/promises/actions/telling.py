"""Customers are told what they were promised."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse

from vafa.customers import queries as customers
from vafa.messages.actions import send
from vafa.messages.models import Message
from vafa.messages.purposes import Purpose
from vafa.promises.models import Direction, Promise


def tell_of_promise(promise: Promise, *, at: datetime) -> Message | None:
    """Tell the customer, once, what was promised, with the link to the receipt; in the caller's transaction.

    None where the promise is not one to a customer who is known in `customers`.
    """
    if promise.direction != Direction.TO_CUSTOMER or customers.customer(promise.party_ref) is None:
        return None
    context = {
        "order": promise.subject_ref,
        "due_on": promise.due_on.isoformat(),
        "receipt": reverse("promises:receipt", args=[promise.public_id]),
    }
    return send(
        key=f"promises.made:{promise.public_id}",
        purpose=Purpose.PROMISE,
        template="promises.made",
        customer_ref=promise.party_ref,
        context=context,
        about=f"{promise.subject_type}:{promise.subject_ref}"[:120],
        at=at,
    )
