"""A payment changes its state, once, and its story says so."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction

from vafa.payments.models import Happening, Payment, PaymentEvent, PaymentState

# a gateway is asked again about what failed: whoever said no may have been wrong
AFTERWARDS = (timedelta(minutes=15), timedelta(hours=2), timedelta(days=1))
STORY = {PaymentState.PAID: Happening.PAID, PaymentState.FAILED: Happening.FAILED, PaymentState.DOUBT: Happening.DOUBT}


def move(
    payment: Payment, to: PaymentState, *, out_of: Iterable[str], at: datetime, by: str, **changes: object
) -> bool:
    """Whether this call moved it to paid, failed or doubt; false where it is in none of the states `out_of` any more.

    What the room above knew of it is out of date from now on.
    """
    again = at + AFTERWARDS[0] if to == PaymentState.FAILED and payment.authority else None
    changes = {"reason": "", "asked": 0, "ask_at": again, "email": "", "phone": "", "claimed_at": None, **changes}
    if to == PaymentState.PAID:
        changes["paid_at"] = at
    with transaction.atomic():
        if not Payment.objects.filter(pk=payment.pk, state__in=list(out_of)).update(state=to, **changes):
            return False
        detail = changes.get("reference") or changes["reason"]
        note(payment, STORY[to], at=at, by=by, detail=str(detail))
    return True


def note(payment: Payment, kind: Happening, *, at: datetime, by: str = "", detail: str = "") -> None:
    """One more line of its story."""
    PaymentEvent.objects.create(payment=payment, kind=kind, at=at, by=by, detail=detail[:300])
