"""Who of the staff looked at whose data."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from vafa.customers.models import Look

KEPT = timedelta(days=365)


def record_look(user: Any, customer_ref: str, what: str, *, at: datetime) -> None:
    """Write down that this member of the staff sees personal data of the customer on a page; call it from the view.

    `what` is one of `Seen`. Once an hour for the same person and kind of page; nothing where the order has no customer.
    """
    if not customer_ref or not user.is_authenticated:
        return
    hour = at.replace(minute=0, second=0, microsecond=0)
    look = Look(customer_ref=customer_ref, user=user, who=user.get_username(), what=what, hour=hour, at=at)
    Look.objects.bulk_create([look], ignore_conflicts=True)


def forget_old_looks(*, at: datetime) -> int:
    """Forget looks of over a year ago; how many."""
    gone, _by_model = Look.objects.filter(at__lt=at - KEPT).delete()
    return gone
