"""Purchases that end without an order: what was held is given back, and the basket can be changed again."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from vafa.catalog.actions import release
from vafa.checkout.actions.money import about
from vafa.checkout.models import Basket, BasketState, Purchase, PurchaseState
from vafa.delivery.actions import slots
from vafa.payments.actions import call_off
from vafa.payments.models import PaymentState
from vafa.payments.queries import payments_about
from vafa.vouchers.actions import give_back

BATCH = 50


def cancel_purchase(purchase: Purchase, *, at: datetime) -> bool:
    """The customer goes back to his basket, or his payment failed; whether it was still waiting."""
    return _end(purchase, PurchaseState.CANCELLED, at)


def lapse_unpaid(*, at: datetime, limit: int = BATCH) -> int:
    """End purchases that were not paid in time; how many. Every minute."""
    over = Purchase.objects.filter(state=PurchaseState.WAITING, held_until__lte=at).order_by("held_until")
    return sum(_end(purchase, PurchaseState.LAPSED, at) for purchase in over[:limit])


def _end(purchase: Purchase, state: PurchaseState, at: datetime) -> bool:
    with transaction.atomic():
        waiting = Purchase.objects.filter(pk=purchase.pk, state=PurchaseState.WAITING)
        if not waiting.select_for_update().exists() or _is_paid(purchase):
            return False
        if not waiting.update(state=state, settled_at=at):
            return False
        for payment in payments_about(about(purchase)):
            call_off(payment, at)
        release(purchase.pieces, at=at)
        give_back(purchase.number)
        slots.release(key=str(purchase.public_id), at=at)
        submitted = Basket.objects.filter(pk=purchase.basket_id, state=BasketState.SUBMITTED)
        submitted.update(state=BasketState.OPEN, changed_at=at)
    return True


def _is_paid(purchase: Purchase) -> bool:
    """Whether there is money that only has to be taken notice of."""
    return payments_about(about(purchase)).filter(state=PaymentState.PAID).exists()
