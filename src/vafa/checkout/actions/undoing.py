"""An order that will not be: everything that was held for it is given back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from vafa.catalog.actions import release
from vafa.checkout.actions.money import give_money_back
from vafa.checkout.models import Purchase
from vafa.delivery.actions import slots
from vafa.orders.actions import cancel_pieces
from vafa.orders.queries import lines_of, order_numbered
from vafa.promises.actions import cancel_promise
from vafa.promises.models import Promise, State
from vafa.vouchers.actions import give_back

DELIVERY = "delivery"  # the kind of promise


def undo_order(number: str, why: str, *, at: datetime) -> bool:
    """Cancel an order that has not left: its stock, window, voucher and promised date are given back; whether there was
    anything to cancel. Part of the caller's transaction.
    """
    order = order_numbered(number)
    if order is None or order.cancelled:
        return False
    with transaction.atomic():
        wanted: dict[str, int] = {}
        for line in lines_of(order):
            wanted[line.sku] = wanted.get(line.sku, 0) + line.wanted
        pieces = {sku: many for sku, many in wanted.items() if many}
        cancel_pieces(order, pieces, at=at)
        release(pieces, at=at)
        give_back(number)
        for purchase in Purchase.objects.filter(number=number):
            slots.release(key=str(purchase.public_id), at=at)
            give_money_back(purchase, why, at=at)
        promised = Promise.objects.filter(kind=DELIVERY, subject_type="order", subject_ref=number)
        for promise in promised.filter(state=State.OPEN):
            cancel_promise(promise, evidence={"why": why}, at=at)
    return True
