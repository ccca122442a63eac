"""Parcels leave the shop, and the one that had not left after all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F, Sum
from django.utils.translation import gettext_lazy as _

from vafa.catalog.actions import ship as off_the_shelves
from vafa.catalog.actions import unship as on_the_shelves
from vafa.delivery.actions.sending import hand_over, take_back, tell_delivered
from vafa.delivery.actions.tracking import follow
from vafa.delivery.models import Parcel
from vafa.delivery.queries.slot_records import hours_of_order
from vafa.fulfilment.actions.packing import contents_of, require_free
from vafa.fulfilment.actions.telling import note_down, tell_customer
from vafa.fulfilment.carriers import check_number
from vafa.fulfilment.messages import SENT
from vafa.fulfilment.models import Happening, Packing
from vafa.fulfilment.queries.work import delivery_promise
from vafa.kit.problems import Problem
from vafa.orders.actions import lock_order, send_pieces
from vafa.orders.models import Order, OrderLine
from vafa.orders.queries import stock_of
from vafa.promises.actions import revise_promise

UNDO_WITHIN = timedelta(hours=2)


@dataclass(frozen=True)
class Leaving:
    """With whom a parcel leaves, under which number, and by when the rest of its order shall follow."""

    carrier: str = ""
    tracking_number: str = ""
    rest_by: date | None = None
    is_certain: bool = False  # the number was looked at, though it is not of the carrier's form


def send_parcel(parcel: Parcel, leaving: Leaving, *, by: str, at: datetime) -> None:
    """The parcel leaves: its stock goes, the customer is told, the carrier's events find it; one transaction.

    Sent already changes nothing. `rest_by` after the promised day revises the promise, asked by the shop. Problems:
    `strange-number` (422, see `is_certain`), those of `hand_over`, of `revise_promise`; `cancelled`, `held`,
    `not-paid`, `not-packed` (409).
    """
    if not leaving.is_certain:
        check_number(leaving.carrier, leaving.tracking_number)
    with transaction.atomic():
        order = lock_order(parcel.order)
        packing = Packing.objects.select_for_update().filter(parcel=parcel).first()
        if packing is None:
            raise Problem("not-packed", _("This parcel has been unpacked meanwhile."), status=409)
        if packing.sent_at is not None:
            return
        require_free(order)
        hand_over(parcel, carrier=leaving.carrier, tracking_number=leaving.tracking_number, at=at)
        contents = contents_of(parcel)
        packing.left_stock = off_the_shelves(_taken(contents), at=at)
        packing.sent_at, packing.sent_by = at, by
        packing.save(update_fields=["left_stock", "sent_at", "sent_by"])
        send_pieces(order, contents)
        _tell(order, parcel, contents, leaving, at)
        detail = {"parcel": parcel.position + 1, "carrier": leaving.carrier, "number": leaving.tracking_number}
        note_down(order, Happening.SENT, by=by, at=at, **detail)
        follow([order.number], at=at)


def take_parcel_back(parcel: Parcel, *, by: str, at: datetime) -> None:
    """It was pressed by mistake: the parcel is here and packed, its stock reserved as before. Twice is once.

    Problems (409): `too-late` two hours after, `scanned` once the carrier told of it.
    """
    with transaction.atomic():
        order = lock_order(parcel.order)
        packing = Packing.objects.select_for_update().filter(parcel=parcel, sent_at__isnull=False).first()
        if packing is None:
            return
        if packing.sent_at is not None and at - packing.sent_at > UNDO_WITHIN:
            raise Problem("too-late", _("A parcel can be taken back within two hours of leaving."), status=409)
        take_back(parcel)
        on_the_shelves(packing.left_stock, at=at)
        Packing.objects.filter(pk=packing.pk).update(sent_at=None, sent_by="", left_stock={})
        send_pieces(order, contents_of(parcel), back=True)
        note_down(order, Happening.TAKEN_BACK, by=by, at=at, parcel=parcel.position + 1)
        follow([order.number], at=at)


def tell_arrived(parcel: Parcel, *, by: str, at: datetime) -> None:
    """The shop itself knows that it was handed out (its own courier, the counter). Problem `not-left` (409)."""
    with transaction.atomic():
        order = lock_order(parcel.order)
        if not Parcel.objects.filter(pk=parcel.pk, handed_over_at__isnull=False).exists():
            raise Problem("not-left", _("This parcel has not left."), status=409)
        tell_delivered(parcel, at=at)
        note_down(order, Happening.ARRIVED, by=by, at=at, parcel=parcel.position + 1)
        follow([order.number], at=at)


def _tell(order: Order, parcel: Parcel, contents: Mapping[int, int], leaving: Leaving, at: datetime) -> None:
    rest = OrderLine.objects.filter(order=order).aggregate(left=Sum(F("quantity") - F("cancelled") - F("sent")))["left"]
    promise = delivery_promise(order)
    if rest and promise is not None and leaving.rest_by is not None and leaving.rest_by > promise.due_on:
        promise = revise_promise(promise, asked_by="shop", due_on=leaving.rest_by, at=at)
    due_on = promise.due_on.isoformat() if promise is not None and promise.due_at > at else ""
    tell_customer(
        order,
        SENT,
        key=f"sent:{parcel.pk}:{at:%Y%m%d%H%M%S}",
        at=at,
        carrier=leaving.carrier,
        number=leaving.tracking_number,
        items=sum(contents.values()),
        due_on="" if rest else due_on,
        hours={} if rest or not due_on else hours_of_order(order.number),
        rest=rest,
        rest_on=due_on if rest else "",
    )


def _taken(contents: Mapping[int, int]) -> dict[str, int]:
    return stock_of(OrderLine.objects.in_bulk(list(contents)), contents)
