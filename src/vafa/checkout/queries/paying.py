"""Ways to pay, and where a purchase is paid."""

from __future__ import annotations

from django.urls import reverse

from vafa.checkout.models import Purchase
from vafa.payments.queries import WayToPay, payments_about, ways_to_pay

NOTHING_TO_PAY = WayToPay(
    "none",
    "none",
    {"fa": "چیزی برای پرداخت نیست", "ar": "لا شيء للدفع", "en": "Nothing to pay"},
    {},
)


def payable_by(total_minor: int, currency: str) -> list[WayToPay]:
    """How so much can be paid; by nothing where a voucher pays it all."""
    return ways_to_pay(currency, total_minor) if total_minor else [NOTHING_TO_PAY]


def pay_page(purchase: Purchase) -> str:
    """Our page that leads to the gateway; "" where nothing is being paid just now."""
    open_ones = (each for each in payments_about(f"purchase:{purchase.public_id}") if each.is_open)
    payment = next(open_ones, None)
    return reverse("payments:pay", args=[payment.public_id]) if payment else ""
