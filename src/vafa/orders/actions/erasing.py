"""What is personal about an order is forgotten."""

from __future__ import annotations

from vafa.orders.models import Order, Recipient


def erase_recipient(order: Order) -> bool:
    """Forget who got it and where; whether anything was there. What was sold, for how much and when stays."""
    deleted, _by_model = Recipient.objects.filter(order=order).delete()
    return bool(deleted)
