"""A payment begins: a row first, then the gateway."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from vafa.kit import clock
from vafa.kit.problems import Problem
from vafa.payments.actions.calling import UNREADABLE, words_of
from vafa.payments.actions.moving import move, note
from vafa.payments.gateways import KINDS
from vafa.payments.gateways.kinds import Opened, Refused, Silent, Wanted
from vafa.payments.models import Happening, Payment, PaymentState, Reason
from vafa.payments.queries.accounts import settings_of
from vafa.payments.queries.ways import usable_account

WEB = ("https://", "http://", "/")
LIFETIME = timedelta(minutes=30)
FIRST_QUESTION = timedelta(minutes=2)  # after the customer was led to the gateway


@dataclass(frozen=True)
class ToPay:
    """What shall be paid, and how. The same `key` is the same payment; `about` ("purchase:…") is what the room above
    calls the thing, `order` its number for people; `way` is the code of one of the `ways_to_pay`.

    `back_url` is a page of ours ("/…") to which the customer comes back, `words` what he reads at the gateway. `until`:
    when an online payment ends unpaid, half an hour from its beginning unless told.
    """

    key: str
    about: str
    way: str
    amount_minor: int
    currency: str
    back_url: str
    words: str
    order: str = ""
    email: str = ""
    phone: str = ""
    until: datetime | None = None


@dataclass(frozen=True)
class Started:
    """`redirect_to`: our own page that leads the customer on to the gateway; None where there is nothing to do there
    (paid later, paid already, ended)."""

    payment: Payment
    redirect_to: str | None


def start(to_pay: ToPay, at: datetime | None = None) -> Started:
    """Begin a payment; the same key again gives the one there is and changes nothing.

    A row only, so it may be part of the caller's transaction: the gateway is called by the page at `redirect_to`. Paid
    later (cash, transfer): it is `promised` at once. Problems: `unknown-way` (422), `other-payment` (409: the key is
    another amount's).
    """
    at = at or clock.now()
    if not to_pay.back_url.startswith("/") or to_pay.back_url.startswith(("//", "/\\")):
        raise ValueError("back_url must be a page of ours")
    payment = Payment.objects.filter(key=to_pay.key).first() or _begin(to_pay, at)
    if (payment.amount_minor, payment.currency, payment.way) != (to_pay.amount_minor, to_pay.currency, to_pay.way):
        raise Problem("other-payment", _("Another payment was begun for this."), status=409)
    return Started(payment, reverse("payments:pay", args=[payment.public_id]) if payment.is_open else None)


def _begin(to_pay: ToPay, at: datetime) -> Payment:
    """Insert, or find: of two at once one writes the story."""
    account = usable_account(to_pay.way, to_pay.amount_minor, to_pay.currency)
    if account is None:
        raise Problem("unknown-way", _("This way to pay is not open for this order."), status=422, field="way")
    payment = Payment(
        key=to_pay.key,
        about=to_pay.about,
        order_ref=to_pay.order,
        account=account if account.pk else None,
        way=to_pay.way,
        kind=account.kind,
        amount_minor=to_pay.amount_minor,
        currency=to_pay.currency,
        words=to_pay.words[:200],
        back_url=to_pay.back_url,
        started_at=at,
        state=PaymentState.PROMISED,
    )
    if KINDS[account.kind].is_online:
        payment.state, payment.until = PaymentState.STARTED, to_pay.until or at + LIFETIME
        payment.email, payment.phone, payment.ask_at = to_pay.email, to_pay.phone, payment.until
    with transaction.atomic():
        Payment.objects.bulk_create([payment], ignore_conflicts=True)
        kept = Payment.objects.get(key=to_pay.key)
        if kept.public_id == payment.public_id:
            note(kept, Happening.STARTED if kept.is_open else Happening.PROMISED, at=at, by="customer")
    return kept


def open_at_gateway(payment: Payment, at: datetime | None = None) -> str | None:
    """Where the customer pays; None where there is nothing to pay any more. The gateway is called at most once for what
    it has taken; of two who call at once both get the same address.

    Not in a transaction: it waits for another machine. Problem `gateway-silent` (409): try again, or another way.
    """
    at = at or clock.now()
    if payment.state == PaymentState.WAITING:
        return payment.address
    if payment.state != PaymentState.STARTED:
        return None
    if payment.until is not None and at >= payment.until:
        move(payment, PaymentState.FAILED, out_of=[PaymentState.STARTED], at=at, by="clock", reason=Reason.EXPIRED)
        return None
    kind, known = KINDS[payment.kind], settings_of(payment.account)
    if known is None:
        raise _silent(payment, UNREADABLE, at)
    if kind.open is None or payment.until is None:
        raise ValueError("paid later, outside of Vafa")
    try:
        opened = kind.open(known, wanted_by(payment, payment.until))
    except Refused as refused:
        note(payment, Happening.NOT_OPENED, at=at, by="gateway", detail=words_of(refused, kind, known))
        unreachable = Reason.UNREACHABLE
        move(payment, PaymentState.FAILED, out_of=[PaymentState.STARTED], at=at, by="gateway", reason=unreachable)
        return None
    except Silent as silence:
        raise _silent(payment, words_of(silence, kind, known), at) from None
    if not opened.address.startswith(WEB):
        raise _silent(payment, "no web address", at)
    return _take(payment, opened, at)


def _silent(payment: Payment, detail: str, at: datetime) -> Problem:
    note(payment, Happening.NOT_OPENED, at=at, by="gateway", detail=detail)
    return Problem("gateway-silent", _("The gateway does not answer just now."), status=409)


def wanted_by(payment: Payment, until: datetime) -> Wanted:
    """The payment as a gateway is told of it."""
    return Wanted(
        token=payment.public_id.hex,
        amount_minor=payment.amount_minor,
        currency=payment.currency,
        words=payment.words,
        back=f"{settings.PUBLIC_URL}{reverse('payments:back', args=[payment.way])}",
        until=until,
        order=payment.order_ref,
        email=payment.email,
        phone=payment.phone,
    )


def _take(payment: Payment, opened: Opened, at: datetime) -> str | None:
    """Keep the gateway's name for it, unless somebody was faster; whoever was first has said where to pay."""
    begun = Payment.objects.filter(pk=payment.pk, state=PaymentState.STARTED)
    try:
        with transaction.atomic():
            if begun.update(
                state=PaymentState.WAITING,
                authority=opened.authority,
                address=opened.address,
                ask_at=at + FIRST_QUESTION,
                email="",
                phone="",
            ):
                note(payment, Happening.OPENED, at=at, by="gateway", detail=opened.authority)
    except IntegrityError:  # a gateway that gives two payments one name
        raise _silent(payment, "an authority of another payment", at) from None
    payment.refresh_from_db()
    return payment.address if payment.state == PaymentState.WAITING else None
