"""What came late or not at all and is made good by no guarantee: the customer is told that we are sorry, once."""

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
from vafa.promises.hours import hours_of
from vafa.promises.kinds import kind
from vafa.promises.models import Direction, Promise, State
from vafa.promises.queries.remedies import is_made_good

WAIT = timedelta(hours=1)  # scans come in any order: an earlier one may still show that it was in time
NEWS = timedelta(days=3)  # of what came longer ago nobody wants to hear


def ask_to_apologise(promise: Promise, fulfilled_at: datetime | None, *, at: datetime) -> None:
    """A job that looks once more in an hour and then tells the customer; in the transaction that settles.

    `fulfilled_at` None: the promise's grace is over and nothing is known of it.
    """
    since, described = fulfilled_at or promise.settle_after or at, kind(promise.kind)
    if at - since > NEWS or not promise.party_ref or promise.direction != Direction.TO_CUSTOMER:
        return
    if described.apology if fulfilled_at else described.missing:
        asked = {"promise": str(promise.public_id)}
        key = f"promises.apologise:{promise.public_id}" + ("" if fulfilled_at else ":missing")
        enqueue("promises.apologise", arguments=asked, unique_key=key, run_at=clock.real_now() + WAIT, at=at)


def apologise(public_id: UUID | str, *, at: datetime | None = None) -> Message | None:
    """Tell the customer that we are sorry, if it still stands that it came late, or that nothing is known of it; the
    same promise again is one message.

    None where it was in time after all, where a guarantee makes good for it (its message holds the apology), or where
    nobody is known by the customer's number.
    """
    promise = Promise.objects.filter(public_id=public_id, state=State.BROKEN).first()
    if promise is None or is_made_good(promise) or customers.customer(promise.party_ref) is None:
        return None
    described, has_come = kind(promise.kind), promise.fulfilled_at is not None
    template = described.apology if has_come else described.missing
    if not template:
        return None
    context: dict[str, object] = {
        "order": promise.subject_ref,
        "due_on": promise.due_on.isoformat(),
        "receipt": reverse("promises:receipt", args=[promise.public_id]),
    }
    if hours := hours_of(promise):
        context["hours"] = hours
    if has_come and promise.days_late:
        context["days"] = promise.days_late
    return send(
        key=f"promises.late:{promise.public_id}",
        purpose=Purpose.PROMISE,
        template=template,
        customer_ref=promise.party_ref,
        context=context,
        about=f"{promise.subject_type}:{promise.subject_ref}"[:120],
        at=at or clock.now(),
    )
