"""What the payments of a purchase are called, and money that goes back."""

from __future__ import annotations

from datetime import datetime

from vafa.checkout.models import Purchase
from vafa.payments.actions import Debt, call_off, owe
from vafa.payments.models import Payment
from vafa.payments.queries import payments_about


def about(purchase: Purchase) -> str:
    """How the payments room calls this purchase."""
    return f"purchase:{purchase.public_id}"


def give_money_back(purchase: Purchase, why: str, *, at: datetime) -> None:
    """What was paid is owed back, what was to be paid later is no longer wanted; part of the caller's transaction."""
    for payment in payments_about(about(purchase)):
        if payment.left_minor:
            owe_back(purchase, payment, why, at=at)
        else:
            call_off(payment, at)


def owe_back(purchase: Purchase, payment: Payment, why: str, *, at: datetime) -> None:
    """All that is left of a payment is owed back; twice is once."""
    owe(
        Debt(
            key=f"checkout:{why}:{payment.public_id}",
            about=payment.about,
            order=purchase.number,
            amount_minor=payment.left_minor,
            currency=payment.currency,
            reason=f"{why}:{purchase.number}",
            payment=payment,
            customer_ref=purchase.customer_ref,
        ),
        at,
    )
