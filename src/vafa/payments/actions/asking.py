"""The gateway is asked what became of a payment: when the customer comes back, and by the clock: some never do."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.db import transaction

from vafa.jobs.actions import enqueue
from vafa.kit import clock
from vafa.payments.actions.calling import words_of
from vafa.payments.actions.moving import AFTERWARDS, move
from vafa.payments.gateways import KINDS
from vafa.payments.gateways.kinds import Answer, Asked, Refused, Silent, Verdict
from vafa.payments.models import Payment, PaymentState, Reason
from vafa.payments.queries.accounts import settings_of

BATCH = 100
ASKABLE = [PaymentState.WAITING, PaymentState.FAILED]
PATIENCE = timedelta(hours=1)  # with a gateway that is silent after the payment's time
SOONEST, LATEST = timedelta(minutes=1), timedelta(minutes=10)

_log = logging.getLogger(__name__)


def verify(payment: Payment, at: datetime | None = None) -> Payment:
    """Ask the gateway, and write down once what it says. Safe to be called at any time, by anybody, as often as one
    likes: paid is written once, and nothing but the gateway's own yes to our amount makes a payment paid.

    Not in a transaction: it waits for another machine. Silence changes nothing.
    """
    at = at or clock.now()
    answer = _answer(payment)
    if answer is not None:
        _take(payment, answer, at)
        payment.refresh_from_db()
    return payment


def reconcile(at: datetime | None = None, limit: int = BATCH) -> int:
    """Ask about every payment whose time has come, and end those that nobody pays; how many were looked at.

    Any number of workers may: each payment is taken by moving its next time, so one that dies leaves it to the next
    time. A gateway that was silent once is left alone for the rest of the round.
    """
    at = at or clock.now()
    silent: set[str] = set()
    due = list(Payment.objects.filter(ask_at__lte=at).select_related("account").order_by("ask_at", "pk")[:limit])
    for payment in due:
        if payment.way in silent:
            continue
        taken = Payment.objects.filter(pk=payment.pk, ask_at=payment.ask_at, state=payment.state)
        if not taken.update(ask_at=_next_time(payment, at), asked=payment.asked + 1):
            continue
        if payment.state == PaymentState.FAILED or _is_over(payment, at):
            _close(payment)
        answer = _answer(payment)
        if answer is not None:
            _take(payment, answer, at)
        elif payment.authority:
            silent.add(payment.way)
        _end(payment, at, was_answered=answer is not None)
    return len(due)


def _next_time(payment: Payment, at: datetime) -> datetime | None:
    """Ever more rarely while it can be paid; three times more after it failed."""
    if payment.state == PaymentState.FAILED:
        later = AFTERWARDS[payment.asked + 1 :]
        return at + later[0] if later else None
    return at + min(SOONEST * (payment.asked + 1), LATEST)


def _answer(payment: Payment) -> Answer | None:
    """What the gateway says; None where it says nothing that helps, or there is nobody to ask."""
    kind, settings = KINDS.get(payment.kind), settings_of(payment.account)
    if kind is None or kind.ask is None or settings is None or not payment.authority or payment.state not in ASKABLE:
        return None
    try:
        return kind.ask(settings, Asked(payment.authority, payment.amount_minor, payment.currency))
    except Silent as silence:
        _log.info("payment %s: %s is silent (%s)", payment.public_id, payment.way, words_of(silence, kind, settings))
        return None


def _is_over(payment: Payment, at: datetime) -> bool:
    return payment.until is not None and at >= payment.until


def _close(payment: Payment) -> None:
    """Let nobody pay at the gateway what is waited for no longer; who just did is seen by the question after this."""
    kind, settings = KINDS.get(payment.kind), settings_of(payment.account)
    if kind is None or kind.close is None or settings is None or not payment.authority:
        return
    try:
        kind.close(settings, Asked(payment.authority, payment.amount_minor, payment.currency))
    except (Silent, Refused) as fault:
        _log.info(
            "payment %s was not ended at %s (%s)", payment.public_id, payment.way, words_of(fault, kind, settings)
        )


def _take(payment: Payment, answer: Answer, at: datetime) -> None:
    if answer.verdict == Verdict.PAID:
        fault = _fault(payment, answer)
        to = PaymentState.DOUBT if fault else PaymentState.PAID
        told = {"reference": answer.reference[:120], "reason": fault}
        move(payment, to, out_of=ASKABLE, at=at, by="gateway", **told)
    elif answer.verdict == Verdict.REFUSED:
        waiting = [PaymentState.WAITING]
        move(payment, PaymentState.FAILED, out_of=waiting, at=at, by="gateway", reason=Reason.REFUSED)


def _fault(payment: Payment, answer: Answer) -> str:
    """What of the gateway's yes does not fit to what was asked for."""
    if answer.token and answer.token != payment.public_id.hex:
        return Reason.OTHER
    if answer.currency != payment.currency:
        return Reason.CURRENCY
    return "" if answer.amount_minor == payment.amount_minor else Reason.AMOUNT


def _end(payment: Payment, at: datetime, *, was_answered: bool) -> None:
    """Nobody waits longer for what was not paid in time; a silent gateway gets some patience."""
    patience = timedelta(0) if was_answered or not payment.authority else PATIENCE
    if payment.until is not None and at >= payment.until + patience:
        still = [PaymentState.STARTED, PaymentState.WAITING]
        move(payment, PaymentState.FAILED, out_of=still, at=at, by="clock", reason=Reason.EXPIRED)


def ask_soon(payment: Payment) -> None:
    """Let the worker ask about it at once instead of at its time."""
    with transaction.atomic():
        if Payment.objects.filter(pk=payment.pk, state=PaymentState.WAITING).update(ask_at=clock.now()):
            enqueue("payments.reconcile", arguments={})
