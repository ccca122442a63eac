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


def cancel_pieces(order: Order, pieces: Mapping[int, int], *, at: datetime) -> None:
    """Take {line's number: pieces} out of the order; with its last piece the whole order is cancelled. Who calls gives
    stock, money and word back. One transaction, or part of the caller's.

    Pieces in parcels stay there. Problem `not-in-order` (409) where fewer are left than are taken; nothing is written
    then.
    """
    with transaction.atomic():
        lines = OrderLine.objects.select_for_update().filter(order=order, pk__in=pieces).order_by("position")
        left = {line.pk: line.to_pack for line in lines}
        if any(left.get(number, 0) < count for number, count in pieces.items()):
            raise Problem("not-in-order", _("Fewer of these are left in the order."), status=409, field="pieces")
        for line in lines:
            OrderLine.objects.filter(pk=line.pk).update(cancelled=F("cancelled") + pieces[line.pk])
        renew_stage(order)
        if not OrderLine.objects.filter(order=order, quantity__gt=F("cancelled")).exists():
            Order.objects.filter(pk=order.pk, cancelled=False).update(cancelled=True, cancelled_at=at)
