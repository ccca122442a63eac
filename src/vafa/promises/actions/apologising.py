"""What came late and is made good by no guarantee: the customer is told that we know it and are sorry, once."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.urls import reverse

from vafa.customers import queries as customers
from vafa.jobs.actions import enqueue
from vafa.kit import clock
from vafa.messages.actions import send
from vafa.messages.models import Message
from vafa.messages.purposes import Purpose
from vafa.promises.kinds import kind
from vafa.promises.models import Direction, Promise, State
from vafa.promises.queries.remedies import is_made_good

WAIT = timedelta(hours=1)  # scans come in any order: an earlier one may still show that it was in time
NEWS = timedelta(days=3)  # of what came longer ago nobody wants to hear


def ask_to_apologise(promise: Promise, fulfilled_at: datetime, *, at: datetime) -> None:
    """A job that looks once more in an hour and then tells the customer; in the transaction that settles."""
    is_news = at - fulfilled_at <= NEWS
    if not is_news or not promise.party_ref or promise.direction != Direction.TO_CUSTOMER:
        return
    if kind(promise.kind).apology:
        asked = {"promise": str(promise.public_id)}
        key = f"promises.apologise:{promise.public_id}"
        enqueue("promises.apologise", arguments=asked, unique_key=key, run_at=clock.real_now() + WAIT, at=at)


def apologise(public_id: UUID | str, *, at: datetime | None = None) -> Message | None:
    """Tell the customer that we are sorry, if it still stands that it came late; the same promise again is one message.

    None where it was in time after all, where a guarantee makes good for it (its message holds the apology), or where
    nobody is known by the customer's number.
    """
    promise = Promise.objects.filter(public_id=public_id, state=State.BROKEN, fulfilled_at__isnull=False).first()
    if promise is None or is_made_good(promise) or customers.customer(promise.party_ref) is None:
        return None
    context = {
        "order": promise.subject_ref,
        "due_on": promise.due_on.isoformat(),
        "days": -(promise.margin_days or 0),
        "receipt": reverse("promises:receipt", args=[promise.public_id]),
    }
    return send(
        key=f"promises.late:{promise.public_id}",
        purpose=Purpose.PROMISE,
        template=kind(promise.kind).apology,
        customer_ref=promise.party_ref,
        context=context,
        about=f"{promise.subject_type}:{promise.subject_ref}"[:120],
        at=at or clock.now(),
    )
