"""Pieces or a whole order are given back: stock, word and money, before and after it left."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from vafa.catalog.actions import release
from vafa.checkout.actions import claim_refused
from vafa.checkout.queries.holds import to_cancel
from vafa.checkout.queries.purchases import purchase_numbered
from vafa.delivery.actions import slots
from vafa.delivery.actions.tracking import follow
from vafa.fulfilment.actions.crediting import GivenBack, write_credit
from vafa.fulfilment.actions.packing import unpack
from vafa.fulfilment.actions.telling import note_down, tell_customer
from vafa.fulfilment.messages import CANCELLED
from vafa.fulfilment.models import Credit, Happening, Packing
from vafa.fulfilment.models.credits import Why
from vafa.fulfilment.queries.money import payments_of
from vafa.fulfilment.queries.work import delivery_promise, returnable
from vafa.kit.problems import Problem
from vafa.orders.actions import cancel_pieces, lock_order
from vafa.orders.models import Order, OrderLine
from vafa.orders.queries import order_numbered, stock_of
from vafa.payments.actions import call_off
from vafa.payments.models import PaymentState
from vafa.promises.actions import cancel_promise
from vafa.vouchers.actions import give_back as give_voucher_back

BATCH = 100


def cancel_refused(*, at: datetime, limit: int = BATCH) -> int:
    """Cancel the orders whose check was not passed, as any order is cancelled: with a credit and what is owed back;
    how many. Every minute. Their customers were told with the decision.
    """
    done = 0
    for hold in to_cancel()[:limit]:
        with transaction.atomic():
            if not claim_refused(hold, at=at):
                continue
            order = order_numbered(hold.order_number)
            if order is not None:
                with suppress(Problem):  # nothing of it waits any more: there is nothing to cancel
                    cancel_order(order, why=Why.CHECK, by=hold.decided_by[:40], tells=False, at=at)
                done += 1
    return done


def cancel_order(order: Order, *, why: str, by: str, tells: bool = True, at: datetime) -> Credit | None:
    """Nothing more of the order leaves: parcels on the table are unpacked, all waiting pieces are cancelled, and the
    delivery's price goes back where nothing has left. Cancelled already changes nothing; one transaction.

    Problem `has-left` (409) where everything has left: then pieces are given back one by one.
    """
    with transaction.atomic():
        held = lock_order(order)
        if held.cancelled:
            return None
        for packing in Packing.objects.filter(parcel__order=held, sent_at__isnull=True).select_related("parcel__order"):
            unpack(packing.parcel, by=by, at=at)
        lines = list(OrderLine.objects.filter(order=held))
        waiting = {line.pk: line.to_pack for line in lines if line.to_pack}
        if not waiting:
            raise Problem("has-left", _("Everything has left. Give single pieces back instead."), status=409)
        all_of_it = not any(line.sent for line in lines)
        return give_back(held, GivenBack(why, waiting, delivery=all_of_it, tells=tells), by=by, at=at)


def give_back(order: Order, given: GivenBack, *, by: str, at: datetime) -> Credit:
    """Give pieces back, with their exact share of what was paid; one transaction.

    Waiting pieces go back to the shelves. What is owed of a paid order becomes a refund. With the last piece the order
    is cancelled, and its promise where nothing had left. Problems: `nothing` (422); `not-in-order` (409) where fewer
    pieces are there.
    """
    with transaction.atomic():
        held = lock_order(order)
        lines = {line.pk: line for line in OrderLine.objects.filter(order=held)}
        waiting, had_left = _checked(lines, given.waiting), _checked(lines, given.had_left)
        _require_there(lines, waiting, had_left)
        credit = write_credit(held, GivenBack(given.why, waiting, had_left, given.delivery), by=by, at=at)
        if waiting:
            _call_off(held, lines, waiting, at)
        held.refresh_from_db()
        if held.cancelled and not any(line.sent for line in lines.values()):
            _let_go(held, at)
        items = sum(waiting.values()) + sum(had_left.values())
        note_down(
            held, Happening.CANCELLED if waiting else Happening.CREDITED, by=by, at=at, pieces=items,
            amount=credit.total_minor, currency=credit.currency, why=given.why,
        )  # fmt: skip
        if given.tells:
            _tell(held, credit, items, at)
        follow([held.number], at=at)
    return credit


def _tell(order: Order, credit: Credit, items: int, at: datetime) -> None:
    back = [credit.total_minor, credit.currency] if credit.owed and credit.total_minor else None
    key, whole = f"credit:{credit.pk}", int(order.cancelled)
    tell_customer(order, CANCELLED, key=key, at=at, items=items, whole=whole, back=back)


def _let_go(order: Order, at: datetime) -> None:
    """Nothing of the order has left: its voucher can be used again, its window is free, its payment not wanted."""
    give_voucher_back(order.number)
    purchase = purchase_numbered(order.number)
    if purchase is not None:
        slots.release(key=str(purchase.public_id), at=at)
    for payment in payments_of(order):
        if payment.state == PaymentState.PROMISED:
            call_off(payment, at=at)


def _checked(lines: Mapping[int, OrderLine], pieces: Mapping[int, int]) -> dict[int, int]:
    return {pk: count for pk, count in pieces.items() if count > 0 and pk in lines}


def _require_there(lines: Mapping[int, OrderLine], waiting: Mapping[int, int], had_left: Mapping[int, int]) -> None:
    if not waiting and not had_left:
        raise Problem("nothing", _("Say which pieces are given back."), status=422)
    returned = returnable(lines.values())
    if any(count > lines[pk].to_pack for pk, count in waiting.items()) or any(
        count > returned[pk] for pk, count in had_left.items()
    ):
        raise Problem("not-in-order", _("Fewer of these are left in the order."), status=409)


def _call_off(order: Order, lines: Mapping[int, OrderLine], waiting: Mapping[int, int], at: datetime) -> None:
    cancel_pieces(order, waiting, at=at)
    release(stock_of(lines, waiting), at=at)
    promise = delivery_promise(order)
    if promise is not None and Order.objects.filter(pk=order.pk, cancelled=True).exists():
        cancel_promise(promise, evidence={"by": "order cancelled"}, at=at)
