"""Pieces go into parcels, and leave with them; how far an order has come follows from its lines."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from vafa.kit.problems import Problem
from vafa.orders.models import Order, OrderLine, Stage

BY_PARCELS = ["", Stage.SENT, Stage.ARRIVED]  # stages of orders that this shop does not pack, or has packed and sent


def lock_order(order: Order) -> Order:
    """The order as it is now, held until the caller's transaction ends."""
    return Order.objects.select_for_update().get(pk=order.pk)


def pack_pieces(order: Order, pieces: Mapping[int, int]) -> None:
    """Count {primary key of a line: pieces} as packed. Runs in the caller's transaction, which holds the order.

    Problem `packed-already` (409) where fewer are to pack; nothing is written then.
    """
    for pk in sorted(pieces):
        line = OrderLine.objects.filter(pk=pk, order=order, quantity__gte=F("cancelled") + F("packed") + pieces[pk])
        if not line.update(packed=F("packed") + pieces[pk]):
            sentence = _("These pieces have been packed or cancelled meanwhile. Look again at what is left.")
            raise Problem("packed-already", sentence, status=409)
    renew_stage(order)


def unpack_pieces(order: Order, pieces: Mapping[int, int]) -> None:
    """The pieces lie in no parcel any more. Runs in the caller's transaction, which holds the order."""
    for pk in sorted(pieces):
        OrderLine.objects.filter(pk=pk, order=order).update(packed=F("packed") - pieces[pk])
    renew_stage(order)


def send_pieces(order: Order, pieces: Mapping[int, int], *, back: bool = False) -> None:
    """The packed pieces have left, or (`back`) have not after all. Runs in the caller's transaction."""
    for pk in sorted(pieces):
        OrderLine.objects.filter(pk=pk, order=order).update(sent=F("sent") + (-pieces[pk] if back else pieces[pk]))
    renew_stage(order)


def renew_stage(order: Order) -> None:
    """What the lines amount to. An order without lines is left alone: its parcels alone say how far it is."""
    lines = list(OrderLine.objects.filter(order=order))
    if lines:
        stage = stage_of(lines)
        same = [stage, Stage.ARRIVED] if stage == Stage.SENT else [stage]  # whether they arrived, parcels tell
        Order.objects.filter(pk=order.pk).exclude(stage__in=same).update(stage=stage)


def stage_of(lines: Collection[OrderLine]) -> Stage:
    """How far the goods have come; cancelled pieces do not count."""
    packed, sent = sum(line.packed for line in lines), sum(line.sent for line in lines)
    if any(line.to_pack for line in lines) or not packed:
        return Stage.PART if packed else Stage.TO_PACK
    return Stage.SENT if sent == packed else Stage.PACKED


def follow_parcels(*, sent: Collection[int], arrived: Collection[int]) -> None:
    """What parcels tell of orders (primary keys) whose goods have all left, or that another system packs."""
    for keys, stage in ((sent, Stage.SENT), (arrived, Stage.ARRIVED)):
        if keys:
            with transaction.atomic():
                Order.objects.filter(pk__in=keys, stage__in=BY_PARCELS).exclude(stage=stage).update(stage=stage)


def close_order(order: Order, *, at: datetime) -> None:
    """Nothing of the order is wanted any more, though pieces of it have left and come back."""
    Order.objects.filter(pk=order.pk, cancelled=False).update(cancelled=True, cancelled_at=at)
