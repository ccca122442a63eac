"""Payments and accounts by name."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from vafa.payments.actions import Offer, ToPay, add_account, open_at_gateway, start
from vafa.payments.models import GatewayAccount, Payment

NOON = datetime(2026, 5, 20, 12, tzinfo=UTC)
TOTAL = 4_850_000


def later(**span: float) -> datetime:
    """That long after noon."""
    return NOON + timedelta(**span)


def an_account(kind: str = "sandbox", currency: str = "IRR", given: Mapping[str, str] | None = None, **offer: object):
    return add_account(kind, Offer(currency, **offer), given)


def to_pay(way: str = "sandbox", key: str = "purchase:1", **other: object) -> ToPay:
    """Sara pays for her books."""
    asked = {"about": key, "amount_minor": TOTAL, "currency": "IRR", "back_url": "/order/7/", "words": "Order 7"}
    return ToPay(key=key, way=way, **{**asked, **other})


def a_payment(way: str = "sandbox", key: str = "purchase:1", **other: object) -> Payment:
    return start(to_pay(way, key, **other), at=NOON).payment


def at_the_gateway(way: str = "sandbox", key: str = "purchase:1", **other: object) -> Payment:
    """Begun, and taken by the gateway."""
    payment = a_payment(way, key, **other)
    open_at_gateway(payment, at=NOON)
    return payment


def the_account() -> GatewayAccount:
    return GatewayAccount.objects.get()
