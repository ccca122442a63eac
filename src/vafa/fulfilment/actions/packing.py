"""Pieces are put into a parcel, or taken out of it again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from vafa.delivery.actions.sending import give_up_parcel, open_parcel
from vafa.delivery.models import Parcel
from vafa.fulfilment.actions.telling import note_down
from vafa.fulfilment.models import Happening, Packing, ParcelLine
from vafa.fulfilment.queries.stops import stop_of
from vafa.kit.problems import Problem
from vafa.orders.actions import lock_order, pack_pieces, unpack_pieces
from vafa.orders.models import Order


def pack(order: Order, pieces: Mapping[int, int], *, by: str, at: datetime) -> Parcel:
    """Put {primary key of a line: pieces} into a new parcel; one transaction.

    Of two packers of the same pieces one wins; the other is told, and nothing of his is written. Problems: `nothing`
    (422); `packed-already`, `cancelled`, `held`, `not-paid` (409).
    """
    wanted = {pk: count for pk, count in pieces.items() if count > 0}
    if not wanted:
        raise Problem("nothing", _("Say which pieces lie in the parcel."), status=422)
    with transaction.atomic():
        held = lock_order(order)
        require_free(held)
        pack_pieces(held, wanted)
        parcel = open_parcel(held)
        Packing.objects.create(parcel=parcel, packed_at=at, packed_by=by)
        ParcelLine.objects.bulk_create(ParcelLine(parcel=parcel, line_id=pk, quantity=wanted[pk]) for pk in wanted)
        note_down(held, Happening.PACKED, by=by, at=at, parcel=parcel.position + 1, pieces=sum(wanted.values()))
    return parcel


def unpack(parcel: Parcel, *, by: str, at: datetime) -> None:
    """Everything is taken out of a parcel that has not left; twice is once. Problem `has-left` (409)."""
    with transaction.atomic():
        order = lock_order(parcel.order)
        packing = Packing.objects.filter(parcel=parcel).first()
        if packing is None:
            return
        if packing.sent_at is not None:
            raise Problem("has-left", _("This parcel has left."), status=409)
        contents = contents_of(parcel)
        ParcelLine.objects.filter(parcel=parcel).delete()
        packing.delete()
        give_up_parcel(parcel)
        unpack_pieces(order, contents)
        note_down(order, Happening.UNPACKED, by=by, at=at, parcel=parcel.position + 1, pieces=sum(contents.values()))


def contents_of(parcel: Parcel) -> dict[int, int]:
    """Primary key of a line to how many pieces of it lie in the parcel."""
    return dict(ParcelLine.objects.filter(parcel=parcel).values_list("line_id", "quantity"))


def require_free(order: Order) -> None:
    """Problem `cancelled`, `held` or `not-paid` (409) for an order of which nothing may leave now."""
    if order.cancelled:
        raise Problem("cancelled", _("This order was cancelled."), status=409)
    stop = stop_of(order)
    if stop is not None:
        raise Problem(stop.code, stop.sentence, status=409)
