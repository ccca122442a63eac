"""What became of payments: handed upwards, confirmed or decided by people, called off."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from vafa.kit import clock
from vafa.kit.problems import Problem
from vafa.payments.actions.moving import move, note
from vafa.payments.models import Happening, Payment, PaymentState, Reason

BATCH = 100
SETTLED = [PaymentState.PAID, PaymentState.PROMISED, PaymentState.FAILED]
ENDABLE = [PaymentState.STARTED, PaymentState.WAITING, PaymentState.PROMISED]


def claim_settled(at: datetime | None = None, limit: int = BATCH) -> list[Payment]:
    """Payments that are paid, promised or failed and of which nobody has taken notice in that state, each once.

    Must run in the transaction that does what follows. A payment comes again when it changes: promised → paid when the
    cash arrived, failed → paid when the gateway said yes too late (then there may be nothing to sell any more: owe the
    money back).
    """
    at = at or clock.now()
    waiting = Payment.objects.filter(claimed_at__isnull=True, state__in=SETTLED).order_by("pk")[:limit]
    return [each for each in waiting if claim(each, at)]


def claim(payment: Payment, at: datetime | None = None) -> bool:
    """Whether this call takes notice of the state that `payment` shows. See `claim_settled`."""
    at = at or clock.now()
    if payment.state not in SETTLED:
        return False
    free = Payment.objects.filter(pk=payment.pk, claimed_at__isnull=True, state=payment.state)
    if not free.update(claimed_at=at):
        return False
    payment.claimed_at = at
    return True


def confirm_cash(payment: Payment, by: str, at: datetime | None = None, reference: str = "") -> Payment:
    """Somebody has the money of a payment that was promised: cash, or a transfer under `reference`. Twice is once.

    Problem `not-promised` (409).
    """
    at = at or clock.now()
    promised = [PaymentState.PROMISED]
    move(payment, PaymentState.PAID, out_of=promised, at=at, by=by, reference=reference.strip()[:120])
    payment.refresh_from_db()
    if payment.state != PaymentState.PAID:
        raise Problem("not-promised", _("This payment is not one to be paid later."), status=409)
    return payment


def call_off(payment: Payment, at: datetime | None = None, by: str = "shop") -> Payment:
    """The money is no longer wanted: the purchase lapsed, the order was cancelled before it was paid. What is paid
    stays paid, and a gateway that says yes later still wins. Part of the caller's transaction."""
    at = at or clock.now()
    soon = at if payment.authority else None  # the clock ends it at the gateway, too
    move(payment, PaymentState.FAILED, out_of=ENDABLE, at=at, by=by, reason=Reason.CALLED_OFF, ask_at=soon)
    payment.refresh_from_db()
    return payment


def hold_payments(order_ref: str) -> None:
    """Until the caller's transaction ends no payment of the order becomes paid or is called off."""
    list(Payment.objects.select_for_update().filter(order_ref=order_ref).order_by("pk").values_list("pk"))


def ask_less(payment: Payment, by_minor: int, *, by: str, at: datetime) -> bool:
    """Whether the payment was still to be paid later; then so much less is asked for, and with nothing left it is
    called off. Part of the caller's transaction.
    """
    promised = Payment.objects.filter(pk=payment.pk, state=PaymentState.PROMISED)
    if promised.filter(amount_minor__gt=by_minor).update(amount_minor=F("amount_minor") - by_minor):
        note(payment, Happening.LOWERED, at=at, by=by, detail=str(by_minor))
        return True
    still = [PaymentState.PROMISED]
    return move(payment, PaymentState.FAILED, out_of=still, at=at, by=by, reason=Reason.CALLED_OFF)


def decide_doubt(payment: Payment, *, counts: bool, by: str, at: datetime | None = None) -> Payment:
    """A person has looked into a payment in doubt at the gateway: it counts as paid in full, or ends without money
    (what the gateway has is given back there). Problem `not-in-doubt` (409)."""
    at = at or clock.now()
    doubtful = [PaymentState.DOUBT]
    with transaction.atomic():
        if counts:
            moved = move(payment, PaymentState.PAID, out_of=doubtful, at=at, by=by, reference=payment.reference)
        else:
            moved = move(
                payment, PaymentState.FAILED, out_of=doubtful, at=at, by=by, reason=payment.reason, ask_at=None
            )
        if not moved:
            raise Problem("not-in-doubt", _("Somebody has decided about this payment already."), status=409)
    payment.refresh_from_db()
    return payment
