"""Writes of refunds: owed, and given by hand or through the gateway by which the money came."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from vafa.jobs.actions import enqueue
from vafa.kit import clock
from vafa.kit.problems import Problem
from vafa.payments.actions.calling import UNREADABLE, words_of
from vafa.payments.actions.moving import note
from vafa.payments.gateways import KINDS
from vafa.payments.gateways.kinds import Back, Refused, Silent
from vafa.payments.models import Happening, Payment, PaymentState, Refund, RefundState
from vafa.payments.queries.accounts import settings_of
from vafa.payments.queries.refunds import can_go_back
from vafa.promises.actions import RefundDue, claim_refunds, confirm_given

BATCH = 100
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=6)


def take_over(at: datetime | None = None, limit: int = BATCH) -> int:
    """Write down refunds that came due in the promises room; returns how many. Claim and refund are one transaction.

    Where the order's payment has so much left, the refund is part of it and can go back the same way.
    """
    at = at or clock.now()
    with transaction.atomic():
        due = claim_refunds(at, limit)
        for each in due:
            _write(each, at)
    return len(due)


def _write(due: RefundDue, at: datetime) -> None:
    payment = _payment_for(due)
    Refund.objects.create(
        remedy_id=due.remedy,
        payment=payment,
        about=payment.about if payment else "",
        order_ref=due.order,
        customer_ref=due.customer_ref,
        amount_minor=due.amount_minor,
        currency=due.currency,
        owed_at=due.due_at,
    )
    if payment is not None:
        note(payment, Happening.OWED, at=at, by="rule", detail=str(due.amount_minor))


def _payment_for(due: RefundDue) -> Payment | None:
    paid = Payment.objects.filter(order_ref=due.order, currency=due.currency, state=PaymentState.PAID).order_by("pk")
    return next((each for each in paid if _set_aside(each, due.amount_minor)), None)


def _set_aside(payment: Payment, amount_minor: int) -> bool:
    """Whether the payment has so much left, which is then spoken for."""
    enough = Payment.objects.filter(
        pk=payment.pk, state=PaymentState.PAID, amount_minor__gte=F("owed_back_minor") + amount_minor
    )
    return bool(enough.update(owed_back_minor=F("owed_back_minor") + amount_minor))


@dataclass(frozen=True)
class Debt:
    """What is owed back. The same `key` is the same refund. With a `payment` it is a part of that; without, of money
    that came in elsewhere. `about` as in the payment, `order` its number, `reason` a code with a
    reference ("cancelled:12").
    """

    key: str
    about: str
    order: str
    amount_minor: int
    currency: str
    reason: str
    payment: Payment | None = None
    customer_ref: str = ""


def owe(debt: Debt, at: datetime | None = None) -> Refund:
    """The shop owes a customer money back, never more than he has paid; the same key again gives the refund there is.

    Part of the caller's transaction, or one of its own. Problems: `bad-amount`, `other-currency` (409),
    `more-than-paid` (409).
    """
    at = at or clock.now()
    if debt.amount_minor <= 0:
        raise Problem("bad-amount", _("This amount is too small or too large."), field="amount")
    refund = Refund(
        key=debt.key,
        payment=debt.payment,
        about=debt.about,
        reason=debt.reason,
        order_ref=debt.order,
        customer_ref=debt.customer_ref,
        amount_minor=debt.amount_minor,
        currency=debt.currency,
        owed_at=at,
    )
    with transaction.atomic():
        if debt.payment is None:
            Refund.objects.bulk_create([refund], ignore_conflicts=True)
            return Refund.objects.get(key=debt.key)
        Payment.objects.select_for_update().get(pk=debt.payment.pk)  # one at a time looks for the key
        return Refund.objects.filter(key=debt.key).first() or _owe_of(debt.payment, refund, at)


def _owe_of(payment: Payment, refund: Refund, at: datetime) -> Refund:
    if payment.currency != refund.currency:
        raise Problem("other-currency", _("This payment is in another currency."), status=409)
    if not _set_aside(payment, refund.amount_minor):
        raise Problem("more-than-paid", _("This is more than is left of what was paid."), status=409)
    refund.save()
    note(payment, Happening.OWED, at=at, by="shop", detail=str(refund.amount_minor))
    return refund


def give(refund: Refund, *, by: str, reference: str, at: datetime | None = None) -> Refund:
    """The money was sent by hand under `reference` (a transfer's number); a remedy is given with it. Twice is once.

    Problems: `no-reference`: without one nobody can prove it later; `on-its-way` (409): the gateway has it in hand.
    """
    at = at or clock.now()
    if not reference.strip():
        raise Problem("no-reference", _("Write the number of the transfer."), field="reference")
    _give(refund, RefundState.OWED, by=by, reference=reference.strip(), at=at)
    refund.refresh_from_db()
    if refund.state == RefundState.SENDING:
        raise Problem("on-its-way", _("The gateway is giving this money back just now."), status=409, field="reference")
    return refund


def _give(refund: Refund, out_of: RefundState, *, by: str, reference: str, at: datetime) -> None:
    with transaction.atomic():
        there = Refund.objects.filter(pk=refund.pk, state=out_of)
        given = {"given_at": at, "given_by": by, "reference": reference[:80], "try_at": None, "sentence": ""}
        if not there.update(state=RefundState.GIVEN, **given):
            return
        if refund.remedy is not None:
            confirm_given(refund.remedy, by=by, reference=reference, at=at)
        if refund.payment is not None:
            note(refund.payment, Happening.GIVEN, at=at, by=by, detail=reference)


def send_back(refund: Refund, *, by: str) -> Refund:
    """Let the gateway give the money back; a job does it, and goes on until the gateway says yes or no. Twice is once.

    Problem `by-hand` (409): this gateway cannot.
    """
    if not can_go_back(refund):
        raise Problem("by-hand", _("This gateway gives no money back; send it by hand."), status=409)
    with transaction.atomic():
        owed = Refund.objects.filter(pk=refund.pk, state=RefundState.OWED)
        if owed.update(state=RefundState.SENDING, try_at=clock.real_now(), tries=0, given_by=by, sentence=""):
            enqueue("payments.send_back", arguments={"refund": refund.pk})
    refund.refresh_from_db()
    return refund


def try_sending(pk: int | None = None, at: datetime | None = None) -> int:
    """Ask gateways to give back what is on its way (all that is due by real time, or the one refund); how many.

    Not in a transaction. Each is taken by moving its next time; the gateway knows a refund again by its token, so
    asking anew after a death or a silence gives nothing twice.
    """
    at, real_at = at or clock.now(), clock.real_now()
    due = Refund.objects.filter(state=RefundState.SENDING, try_at__lte=real_at).select_related("payment__account")
    found = list((due if pk is None else due.filter(pk=pk)).order_by("try_at")[:BATCH])
    for refund in found:
        pause = min(FIRST_PAUSE * 2 ** min(refund.tries, 12), LONGEST_PAUSE)
        taken = Refund.objects.filter(pk=refund.pk, state=RefundState.SENDING, try_at=refund.try_at)
        if taken.update(try_at=real_at + pause, tries=F("tries") + 1):
            _try(refund, at)
    return len(found)


def _try(refund: Refund, at: datetime) -> None:
    on_its_way = Refund.objects.filter(pk=refund.pk, state=RefundState.SENDING)
    payment = refund.payment
    settings = settings_of(payment.account) if payment else None
    kind = KINDS.get(payment.kind) if payment else None
    if payment is None or settings is None or kind is None or kind.give_back is None:
        on_its_way.update(sentence=UNREADABLE)
        return
    token = f"{payment.public_id.hex}-{refund.pk}"
    back = Back(token, payment.authority, payment.reference, refund.amount_minor, refund.currency)
    try:
        reference = kind.give_back(settings, back)
    except Silent as silence:
        on_its_way.update(sentence=words_of(silence, kind, settings))
    except Refused as refused:  # a person sends it by hand, or tries again
        on_its_way.update(state=RefundState.OWED, try_at=None, given_by="", sentence=words_of(refused, kind, settings))
    else:
        _give(refund, RefundState.SENDING, by=refund.given_by, reference=reference, at=at)
