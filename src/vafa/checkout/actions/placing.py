"""A purchase becomes an order."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from vafa.catalog.actions import reserve
from vafa.checkout.actions.holding import hold_for_check
from vafa.checkout.actions.inscriptions import forget_basket_words, forget_purchase_words
from vafa.checkout.actions.pricing import keep_price
from vafa.checkout.actions.telling import confirm
from vafa.checkout.models import Basket, BasketLine, BasketState, Purchase, PurchaseState
from vafa.checkout.queries.purchases import standing_purchase
from vafa.customers.actions import set_consent
from vafa.delivery.actions import slots
from vafa.delivery.actions.promising import Wanted, promise_from_quote
from vafa.kit.problems import Problem
from vafa.orders.actions import Amounts, Line, Placed, SendTo, place
from vafa.orders.models import Order
from vafa.promises.models import Promise
from vafa.shop.models import Place
from vafa.shop.queries import find_place
from vafa.vouchers.actions import Basket as Redeemed
from vafa.vouchers.actions import redeem

CHANNEL = "storefront"
PATIENCE = timedelta(minutes=5)


def place_purchase(purchase: Purchase, *, at: datetime) -> Purchase:
    """Place the order of a purchase that is paid, or may be paid later: order, promises, message, and a check where
    one is needed, in one transaction. Whoever comes second changes nothing; one that has ended stays as it is.
    """
    with transaction.atomic():
        waiting = Purchase.objects.filter(pk=purchase.pk, state=PurchaseState.WAITING)
        if waiting.update(state=PurchaseState.PLACED, settled_at=at):
            purchase.refresh_from_db()
            _become_order(purchase, at)
    purchase.refresh_from_db()
    return purchase


def _become_order(purchase: Purchase, at: datetime) -> None:
    order = _order(purchase, at)
    kept = slots.keep(key=str(purchase.public_id), order=purchase.number, at=at)
    promised = _promise(purchase, has_slot=kept is not None, at=at)
    for line in BasketLine.objects.filter(basket=purchase.basket_id).order_by("pk"):
        keep_price(line, purchase, at=at)
    if purchase.reasons:
        hold_for_check(purchase, at=at)
    for purpose in purchase.consents:
        set_consent(purchase.customer_ref, purpose=purpose, given=True, source="checkout", at=at)
    confirm(purchase, order, promised, at=at)
    Purchase.objects.filter(pk=purchase.pk).update(to={})
    forget_purchase_words([purchase])
    forget_basket_words(BasketLine.objects.filter(basket=purchase.basket_id))
    Basket.objects.filter(pk=purchase.basket_id).update(state=BasketState.DONE, said={}, changed_at=at)


def _order(purchase: Purchase, at: datetime) -> Order:
    where = _place_of(purchase)
    order, _is_new = place(
        Placed(
            number=purchase.number,
            placed_at=at,
            lines=[Line(**line) for line in purchase.lines],
            amounts=Amounts(
                purchase.goods_minor,
                purchase.delivery_minor,
                purchase.currency,
                discount_minor=purchase.discount_minor,
                voucher_code=purchase.voucher_code,
                delivery_tax_bp=purchase.delivery_tax_bp,
                tax_minor=purchase.tax_minor,
            ),
            to=SendTo(**purchase.to),
            customer_ref=purchase.customer_ref,
            place=where.code if where else "",
            option=purchase.option,
            payment=purchase.way,
            category=purchase.category,
        )
    )
    return order


def _place_of(purchase: Purchase) -> Place | None:
    """The remembered place of that name, the first where a city has several codes."""
    found = find_place(purchase.place)
    return Place.objects.filter(code=found.code).first() if found else None


def _promise(purchase: Purchase, *, has_slot: bool, at: datetime) -> Promise | None:
    """The date the customer agreed to. None where he paid so late that the quote is over: he is told one soon."""
    if purchase.quote is None:
        return None
    wanted = Wanted(
        quote=purchase.quote,
        option=purchase.option,
        order=purchase.number,
        customer=purchase.customer_ref,
        channel=CHANNEL,
        slot=purchase.slot if has_slot else "",
        due_on=purchase.promised_on if purchase.point else None,
    )
    try:
        with transaction.atomic():
            return promise_from_quote(wanted, key=f"purchase:{purchase.public_id}", tells=False, at=at)[0]
    except Problem:
        return None


def revive(purchase: Purchase, *, at: datetime) -> bool:
    """Have everything of a purchase that ended once more: stock, voucher, window. Whether that was possible; if not,
    nothing has changed. Part of the caller's transaction, which holds the purchase's row.
    """
    if not purchase.to or standing_purchase(purchase.basket) is not None:
        return False
    try:
        with transaction.atomic():
            reserve(purchase.pieces, at=at)
            if purchase.voucher_code:
                redeemed = Redeemed(purchase.number, purchase.goods_minor, purchase.delivery_minor, purchase.currency)
                redeem(purchase.voucher_code, redeemed, at=at)
            if purchase.held_slot:
                slots.hold(slot=purchase.held_slot, key=str(purchase.public_id), until=at + PATIENCE, at=at)
            Purchase.objects.filter(pk=purchase.pk).update(state=PurchaseState.WAITING, settled_at=None)
    except Problem:
        return False
    return True
