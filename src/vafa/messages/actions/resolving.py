"""What people decide about messages in doubt or held, and what the time decides about those whose sender died."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from vafa.kit.problems import Problem
from vafa.messages.actions.sending import ask_for_delivery
from vafa.messages.catalogue import gateway_kinds
from vafa.messages.deciding import STALE_AFTER
from vafa.messages.models import Attempt, Message, Reason, Result, State
from vafa.messages.queries import the_rules

IN_HAND_AT_MOST = timedelta(minutes=5)  # every adapter has given up long before
JOB_IS_LATE = timedelta(minutes=2)


def say_it_arrived(message: Message, *, at: datetime) -> None:
    """A person found out that a message in doubt was sent. Problem `not-in-doubt` (409) in any other state."""
    doubtful = Message.objects.filter(pk=message.pk, state=State.UNCERTAIN)
    if not doubtful.update(state=State.SENT, reason="", settled_at=at):
        raise _moved_on()


@transaction.atomic
def send_again(message: Message, *, real_at: datetime) -> None:
    """A person found out that a message in doubt was not sent, or wants one more try for one that failed.

    Problem `not-in-doubt` (409) in any other state.
    """
    doubtful = Message.objects.filter(pk=message.pk, state__in=[State.UNCERTAIN, State.FAILED])
    if not doubtful.update(state=State.WAITING, reason=Reason.BUSY, next_try_at=real_at, settled_at=None):
        raise _moved_on()
    Attempt.objects.filter(message=message, result__in=[Result.UNCERTAIN, Result.STARTED, Result.REFUSED]).update(
        result=Result.TEMPORARY
    )
    message.refresh_from_db()
    ask_for_delivery(message)


@transaction.atomic
def release(message: Message, *, at: datetime, real_at: datetime) -> None:
    """Send one held message after all. Problems (409): `switch-is-on`, `stale`, `not-held`."""
    if the_rules().holds:
        raise Problem("switch-is-on", _("Nothing is sent while the switch is on."), status=409)
    if at - message.created_at > STALE_AFTER:
        raise Problem("stale", _("This message is too old to be sent."), status=409)
    held = Message.objects.filter(pk=message.pk, state=State.HELD)
    if not held.update(state=State.WAITING, reason=Reason.BUSY, next_try_at=real_at, settled_at=None):
        raise Problem("not-held", _("This message is no longer held."), status=409)
    message.refresh_from_db()
    ask_for_delivery(message)


def drop(message: Message, *, at: datetime) -> None:
    """Decide that a message waiting or in doubt is not sent (again). Problem `moved-on` (409) in any other state."""
    open_ones = Message.objects.filter(pk=message.pk, state__in=[State.WAITING, State.UNCERTAIN])
    done = {"state": State.SUPPRESSED, "reason": Reason.DROPPED, "settled_at": at, "next_try_at": None}
    if not open_ones.update(**done):
        raise _moved_on()


def sweep(*, real_at: datetime) -> int:
    """Put right what the death of a worker left: messages in hand for too long, and waiting ones whose job got lost.

    A message in hand may have been sent. Where the gateway tells doubles it is tried there again; else only a person
    may decide. How many were found.
    """
    found = 0
    for message in Message.objects.filter(state=State.SENDING, tried_at__lt=real_at - IN_HAND_AT_MOST):
        found += _interrupted(message, real_at)
    for message in Message.objects.filter(state=State.WAITING, next_try_at__lt=real_at - JOB_IS_LATE)[:500]:
        late = Message.objects.filter(pk=message.pk, state=State.WAITING, next_try_at=message.next_try_at)
        if late.update(next_try_at=real_at):
            message.next_try_at = real_at
            ask_for_delivery(message)
            found += 1
    return found


@transaction.atomic
def _interrupted(message: Message, real_at: datetime) -> int:
    attempt = message.attempts.order_by("-turn").first()
    in_hand = Message.objects.filter(pk=message.pk, state=State.SENDING, turn=message.turn)
    kind = gateway_kinds().get(attempt.gateway.kind) if attempt is not None and attempt.gateway is not None else None
    if kind is not None and kind.idempotent:
        moved = in_hand.update(state=State.WAITING, reason=Reason.INTERRUPTED, next_try_at=real_at)
        if moved:
            message.refresh_from_db()
            ask_for_delivery(message)
        return moved
    return in_hand.update(state=State.UNCERTAIN, reason=Reason.INTERRUPTED)


def _moved_on() -> Problem:
    return Problem("moved-on", _("This message has moved on meanwhile. Look at it again."), status=409)
