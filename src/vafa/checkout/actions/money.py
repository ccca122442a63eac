"""What the payments of a purchase are called, and money that goes back."""

from __future__ import annotations

from datetime import datetime

from vafa.checkout.models import Purchase
from vafa.payments.actions import Debt, owe
from vafa.payments.models import Payment


def about(purchase: Purchase) -> str:
    """How the payments room calls this purchase."""
    return f"purchase:{purchase.public_id}"


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
