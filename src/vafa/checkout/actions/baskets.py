"""What goes into a basket and out of it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Max, Sum
from django.utils.translation import gettext_lazy as _

from vafa.catalog.models import Stock, Variant
from vafa.checkout.actions.pricing import promise_price, withdraw_price
from vafa.checkout.models import Basket, BasketLine, BasketState, Putting
from vafa.kit.problems import Problem
from vafa.shop.queries import the_shop

MOST_LINES = 50
MOST_PIECES = 999


def put(basket: Basket | None, sku: str, *, key: str, language: str = "", pieces: int = 1, at: datetime) -> Basket:
    """Put pieces of an article into the basket, or into a new one; its price is promised from then on.

    `key` names the form: sent twice it is put in once, and the second gets the first one's basket; once an order has
    come of that, the form (an old page, gone back to) begins a new one. Problems: `not-for-sale` (404),
    `sold-out` (409), `too-many`, `basket-busy` (409: its order is being paid).
    """
    with transaction.atomic():
        before = Putting.objects.select_related("basket").filter(key=key).first()
        if before is not None and before.basket.state != BasketState.DONE:
            return before.basket
        if before is not None:
            before.delete()
        held = _locked(basket) or Basket.objects.create(language=language, made_at=at, changed_at=at)
        putting, is_first = Putting.objects.get_or_create(key=key, defaults={"basket": held, "at": at})
        if not is_first:  # the other click was faster: an empty basket of this one stays behind and is swept away
            return putting.basket
        variant = _for_sale(sku)
        line = BasketLine.objects.filter(basket=held, variant=variant).first()
        if line is None:
            _add(held, variant, pieces, at)
        else:
            _set(line, line.quantity + pieces, at)
        _touch(held, at)
    return held


def change(basket: Basket, sku: str, pieces: int, *, at: datetime) -> None:
    """So many pieces of the article are wanted; none takes it out. Problems: `not-in-basket` (404), `sold-out` (409),
    `too-many`, `basket-busy` (409).
    """
    with transaction.atomic():
        held = _locked(basket)
        line = BasketLine.objects.filter(basket=held, variant__sku=sku).first() if held else None
        if line is None or held is None:
            raise Problem("not-in-basket", _("This is not in your basket."), status=404)
        if pieces > 0:
            _set(line, pieces, at)
        else:
            withdraw_price(line, "removed", at=at)
            line.delete()
        _touch(held, at)


def remove(basket: Basket, sku: str, *, at: datetime) -> None:
    """Take the article out; its promised price is withdrawn. Problems as for `change`."""
    change(basket, sku, 0, at=at)


def renew_prices(basket: Basket, *, at: datetime) -> int:
    """The customer has seen what the articles cost now: prices whose time was over are promised anew; how many."""
    renewed = 0
    with transaction.atomic():
        held = _locked(basket)
        over = BasketLine.objects.filter(basket=held, promised_until__lte=at).select_related("variant__price")
        for line in over.order_by("pk"):
            price = line.variant.price
            if price is None:
                continue
            withdraw_price(line, "unused", at=at)
            promise = promise_price(line.variant.sku, price, at=at)
            BasketLine.objects.filter(pk=line.pk).update(
                price=price, promise_ref=promise.public_id, promised_until=promise.due_at, run_out=False
            )
            renewed += 1
    return renewed


def _locked(basket: Basket | None) -> Basket | None:
    """The basket, held by this transaction; None where an order came of it already."""
    if basket is None:
        return None
    held = Basket.objects.select_for_update().get(pk=basket.pk)
    if held.state == BasketState.SUBMITTED:
        sentence = _("This basket is being paid. Go back to it first, then it can be changed.")
        raise Problem("basket-busy", sentence, status=409)
    return held if held.state == BasketState.OPEN else None


def _for_sale(sku: str) -> Variant:
    found = Variant.objects.filter(sku=sku, price__isnull=False, product__public=True) if "\x00" not in sku else None
    variant = found.select_related("price").first() if found is not None else None
    if variant is None or variant.price is None or variant.price.currency != the_shop().currency:
        raise Problem("not-for-sale", _("This is not for sale now."), status=404)
    return variant


def _add(basket: Basket, variant: Variant, pieces: int, at: datetime) -> None:
    if BasketLine.objects.filter(basket=basket).count() >= MOST_LINES:
        raise Problem("too-many", _("A basket holds at most 50 different articles."), status=409)
    _require_there(variant, pieces)
    assert variant.price is not None
    promise = promise_price(variant.sku, variant.price, at=at)
    last = BasketLine.objects.filter(basket=basket).aggregate(last=Max("position"))["last"] or 0
    BasketLine.objects.create(
        basket=basket,
        variant=variant,
        quantity=pieces,
        price=variant.price,
        promise_ref=promise.public_id,
        promised_until=promise.due_at,
        position=last + 1,
    )


def _set(line: BasketLine, pieces: int, at: datetime) -> None:
    if pieces > line.quantity:
        _require_there(line.variant, pieces)
    BasketLine.objects.filter(pk=line.pk).update(quantity=pieces)


def _require_there(variant: Variant, pieces: int) -> None:
    """What is shown is there: more than that cannot be put in."""
    if not 0 < pieces <= MOST_PIECES:
        raise Problem("too-many", _("From 1 to 999 pieces can be ordered at once."), status=422, field="pieces")
    there = Stock.objects.filter(variant=variant).aggregate(all=Sum("on_hand"), held=Sum("reserved"))
    left = (there["all"] or 0) - (there["held"] or 0)
    if left < pieces:
        raise Problem("sold-out", _("Not so many of this are there."), status=409, about={"left": str(left)})


def _touch(basket: Basket, at: datetime) -> None:
    Basket.objects.filter(pk=basket.pk).update(changed_at=at)
