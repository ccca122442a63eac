"""A basket is ordered."""

from __future__ import annotations

import secrets
from dataclasses import asdict
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from vafa.catalog.actions import reserve
from vafa.checkout.actions.buyers import buyer_of
from vafa.checkout.models import Basket, BasketState, Purchase
from vafa.checkout.queries.delivering import Chosen, need_of
from vafa.checkout.queries.paying import payable_by
from vafa.checkout.queries.purchases import purchase_numbered, standing_purchase
from vafa.checkout.queries.summary import Summary, summary
from vafa.delivery.actions import slots
from vafa.delivery.actions.quotes import keep_shown
from vafa.kit.problems import Problem
from vafa.orders.actions import Line, SendTo
from vafa.orders.queries import order_numbered
from vafa.vouchers.actions import Basket as Redeemed
from vafa.vouchers.actions import redeem

HELD_FOR = timedelta(minutes=30)
TO = ("name", "country", "phone", "email", "region", "city", "postal_code", "street", "note")


def submit(basket: Basket, *, agreed: str, at: datetime) -> Purchase:
    """Order what is in the basket as the customer agreed to it; the same basket again is the same purchase.

    Stock is reserved, all or nothing, the voucher redeemed, the window held, a number given, in one transaction.
    Problems (all 409): `changed` (price, cost or date are others than `agreed`), `sold-out` (`about`: the `skus`),
    `empty-basket`, `unfinished` (details are missing), `no-date`, and those of vouchers and slots.
    """
    with transaction.atomic():
        held = Basket.objects.select_for_update().get(pk=basket.pk)
        if (standing := standing_purchase(held)) is not None:
            return standing
        now = summary(held, at=at)
        _require(held, now, agreed)
        customer = buyer_of(held, at=at)
        purchase = _purchase(held, now, customer, at)
        reserve(purchase.pieces, at=at)
        _redeem(purchase, now, at)
        if now.way and now.way.held:
            slots.hold(slot=now.way.held, key=str(purchase.public_id), until=purchase.held_until, at=at)
        purchase.save(force_insert=True)
        Basket.objects.filter(pk=held.pk).update(state=BasketState.SUBMITTED, changed_at=at)
    return purchase


def _require(basket: Basket, now: Summary, agreed: str) -> None:
    if not now.inside.lines:
        raise Problem("empty-basket", _("Your basket is empty."), status=409)
    if not all(basket.said.get(each) for each in ("name", "country", "city", "way")):
        raise Problem("unfinished", _("Some details are still missing."), status=409)
    if now.inside.short:
        skus = ", ".join(line.sku for line in now.inside.short)
        raise Problem("sold-out", _("Not enough of this is there any more."), status=409, about={"skus": skus})
    if now.way is None or not now.way.is_whole:
        raise Problem("no-date", _("Please choose how it shall come to you."), status=409)
    if now.voucher_problem:
        raise Problem("changed", _("The voucher can no longer be used."), status=409)
    if now.agreed != agreed:
        sentence = _("The cost or the date has changed meanwhile. Please look at it again.")
        raise Problem("changed", sentence, status=409)
    if basket.said["way"] not in {way.code for way in payable_by(now.total_minor, now.inside.currency)}:
        raise Problem("changed", _("Please choose how to pay."), status=409, field="way")


def _purchase(basket: Basket, now: Summary, customer: str, at: datetime) -> Purchase:
    """The purchase, not saved yet."""
    said, way = basket.said, now.way
    assert way is not None
    quote = _quoted(now, way, said["city"], at)
    return Purchase(
        number=_new_number(),
        basket=basket,
        customer_ref=customer,
        lines=[asdict(line) for line in _lines(now)],
        to=asdict(SendTo(**{name: said.get(name, "") for name in TO}, language=basket.language)),
        consents=said.get("consents", []),
        goods_minor=now.inside.goods_minor,
        delivery_minor=now.delivery_minor,
        discount_minor=now.discount_minor,
        tax_minor=now.tax_minor,
        delivery_tax_bp=now.delivery_tax_bp,
        total_minor=now.total_minor,
        currency=now.inside.currency,
        voucher_code=now.voucher.code if now.voucher else "",
        category=now.inside.category,
        place=said["city"],
        option=way.option,
        slot=way.slot.id if way.slot else "",
        point=way.point.code if way.point else "",
        way=said["way"],
        quote=quote,
        promised_on=now.day,
        reasons=list(now.reasons),
        submitted_at=at,
        held_until=at + HELD_FOR,
    )


def _lines(now: Summary) -> list[Line]:
    return [
        Line(
            sku=line.sku,
            title=line.title,
            quantity=line.quantity,
            unit_minor=line.unit_minor,
            price_id=line.price_id,
            product=line.product,
            choices=line.choices,
            discount_minor=off,
            tax_bp=line.tax.bp,
            tax_minor=tax,
            weight_g=line.weight_g,
            parts=line.parts,
            counted=line.counted,
            chosen=line.chosen,
            inscriptions=line.inscriptions,
        )
        for line, off, tax in now.taxed_lines
    ]


def _quoted(now: Summary, way: Chosen, place: str, at: datetime) -> UUID:
    """The quote behind the date: what the customer was shown and agreed to."""
    asked = need_of(now.inside, place, now.ready_at).asked(way.option)
    return keep_shown(asked, way.choice.answer, at=at).public_id


def _redeem(purchase: Purchase, now: Summary, at: datetime) -> None:
    if now.voucher is None:
        return
    redeemed = Redeemed(purchase.number, purchase.goods_minor, purchase.delivery_minor, purchase.currency)
    taken = redeem(now.voucher.code, redeemed, at=at)
    if taken.redeemed_minor != purchase.discount_minor:
        raise Problem("changed", _("The voucher can no longer be used."), status=409)


def _new_number() -> str:
    """Nine digits that nobody counts up from: easy to say on the phone, and no order of anybody."""
    while True:
        number = str(secrets.randbelow(9 * 10**8) + 10**8)
        if order_numbered(number) is None and purchase_numbered(number) is None:
            return number
