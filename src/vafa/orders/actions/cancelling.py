"""Pieces that are no longer wanted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from vafa.kit.problems import Problem
from vafa.orders.actions.packing import renew_stage
from vafa.orders.models import Order, OrderLine


def cancel_pieces(order: Order, pieces: Mapping[str, int], *, at: datetime) -> None:
    """Take {sku: pieces} out of the order; with its last piece the whole order is cancelled. Who calls gives stock,
    money and word back. One transaction, or part of the caller's.

    Pieces in parcels stay there. Problem `not-in-order` (409) where fewer are left than are taken; nothing is written
    then.
    """
    with transaction.atomic():
        for sku in sorted(pieces):
            _take_out(order, sku, pieces[sku])
        renew_stage(order)
        if not OrderLine.objects.filter(order=order, quantity__gt=F("cancelled")).exists():
            Order.objects.filter(pk=order.pk, cancelled=False).update(cancelled=True, cancelled_at=at)


def _take_out(order: Order, sku: str, pieces: int) -> None:
    left = pieces
    for line in OrderLine.objects.select_for_update().filter(order=order, sku=sku).order_by("position"):
        part = min(left, line.to_pack)
        OrderLine.objects.filter(pk=line.pk).update(cancelled=F("cancelled") + part)
        left -= part
    if left:
        raise Problem("not-in-order", _("Fewer of these are left in the order."), status=409, field="pieces")
