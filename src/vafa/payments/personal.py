"""What this room knows of a person, as it tells it to him and forgets it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from vafa.payments.models import Payment, Refund

TABLES = frozenset({"payments.Payment", "payments.Refund"})
STAYS = "That money came and went stays for the books, by the number of the order; phone and e-mail do not."


def told(ref: str) -> dict[str, Any]:
    """What he paid and what was owed to him. Payments are found by the numbers of the orders that refunds name."""
    refunds = Refund.objects.filter(customer_ref=ref).order_by("pk")
    return {"refunds": list(refunds.values("order_ref", "amount_minor", "currency", "owed_at", "state", "given_at"))}


def told_of_orders(numbers: Sequence[str]) -> list[dict[str, Any]]:
    """The payments of these orders."""
    names = ("order_ref", "way", "amount_minor", "currency", "state", "started_at", "paid_at", "email", "phone")
    return list(Payment.objects.filter(order_ref__in=numbers).order_by("pk").values(*names))


def forget_contact(numbers: Sequence[str]) -> int:
    """Phone and e-mail that gateways were told for the payments of these orders."""
    return Payment.objects.filter(order_ref__in=numbers).exclude(email="", phone="").update(email="", phone="")
