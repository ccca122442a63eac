"""How a purchase is paid, and what becomes of it then."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from vafa.checkout.actions.lapsing import cancel_purchase
from vafa.checkout.actions.money import about, owe_back
from vafa.checkout.actions.placing import place_purchase, revive
from vafa.checkout.actions.telling import tell_too_late
from vafa.checkout.models import Purchase, PurchaseState
from vafa.checkout.queries.purchases import purchase_by
from vafa.payments.actions import ToPay, claim, start
from vafa.payments.models import Payment, PaymentState
from vafa.payments.queries import payments_about

ABOUT = "purchase:"
BATCH = 100


def begin_payment(purchase: Purchase, *, back_url: str, at: datetime) -> str | None:
    """Where the customer goes to pay; None where nothing has to be paid now and the order is placed. Twice is once.

    Problem `unknown-way` (422).
    """
    if not purchase.total_minor:
        place_purchase(purchase, at=at)
        return None
    to_pay = ToPay(
        key=about(purchase),
        about=about(purchase),
        way=purchase.way,
        amount_minor=purchase.total_minor,
        currency=purchase.currency,
        back_url=back_url,
        words=_("Order %(number)s") % {"number": purchase.number},
        order=purchase.number,
        email=purchase.to.get("email", ""),
        phone=purchase.to.get("phone", ""),
        until=purchase.held_until,
    )
    started = start(to_pay, at)
    _take_notice(started.payment, at)
    return started.redirect_to


def settle_purchase(purchase: Purchase, *, at: datetime) -> Purchase:
    """Take notice of what became of the payments of this purchase, when its customer comes back."""
    for payment in payments_about(about(purchase)).filter(claimed_at__isnull=True):
        _take_notice(payment, at)
    purchase.refresh_from_db()
    return purchase


def settle_claimed(*, at: datetime, limit: int = BATCH) -> int:
    """Take notice of settled payments whose customers never came back; how many. Every minute."""
    settled = [PaymentState.PAID, PaymentState.PROMISED, PaymentState.FAILED]
    waiting = Payment.objects.filter(claimed_at__isnull=True, state__in=settled, about__startswith=ABOUT)
    return sum(_take_notice(payment, at) for payment in waiting.order_by("pk")[:limit])


def _take_notice(payment: Payment, at: datetime) -> bool:
    """Claim and consequence are one transaction: whoever dies between has done nothing. The purchase's row first."""
    purchase = purchase_by(payment.about.removeprefix(ABOUT))
    if purchase is None:
        return False
    with transaction.atomic():
        held = Purchase.objects.select_for_update(of=("self",)).select_related("basket").get(pk=purchase.pk)
        if not claim(payment, at):
            return False
        if payment.state == PaymentState.FAILED:
            cancel_purchase(held, at=at)
        elif held.state == PurchaseState.WAITING:
            place_purchase(held, at=at)
        elif held.state != PurchaseState.PLACED and payment.state == PaymentState.PAID:
            _paid_late(held, payment, at)
    return True


def _paid_late(purchase: Purchase, payment: Payment, at: datetime) -> None:
    """The money came after its time: the order is placed if everything can be had again, else the money goes back."""
    if revive(purchase, at=at):
        place_purchase(purchase, at=at)
        return
    owe_back(purchase, payment, "too-late", at=at)
    tell_too_late(purchase, payment.amount_minor, at=at)
