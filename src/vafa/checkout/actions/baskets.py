"""What goes into a basket and out of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from vafa.catalog.models import Variant
from vafa.catalog.models.products import Configurable
from vafa.catalog.queries.configurations import Made, configured, made_key
from vafa.catalog.queries.there import makeable, taken_by, there_of
from vafa.checkout.actions.pricing import promise_price, withdraw_price
from vafa.checkout.models import Basket, BasketLine, BasketState, Putting
from vafa.checkout.queries.contents import made_again
from vafa.kit.problems import Problem
from vafa.shop.queries import the_shop

MOST_LINES = 50
MOST_PIECES = 999
NOTHING = Configurable(options=[], rules=[])


def put(
    basket: Basket | None,
    sku: str,
    *,
    key: str,
    language: str = "",
    pieces: int = 1,
    chosen: Mapping[str, str] | None = None,
    inscriptions: Mapping[str, str] | None = None,
    at: datetime,
) -> Basket:
    """Put pieces of an article into the basket, or into a new one; its price is promised from then on.

    `chosen` is the choice among its product's options (default: what is chosen from the start), `inscriptions` what the
    customer wrote for it; another choice or other words for the same article are another line. `key` names the form:
    sent twice it is put in once, and the second gets the first one's basket; once an order has come of that, the form
    (an old page, gone back to) begins a new one. Problems: `not-for-sale` (404), `sold-out` (409), `impossible` (409:
    what was chosen does not go together), `bad-words` (422: what was written cannot be made so), `too-many`,
    `basket-busy` (409: its order is being paid).
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
        made = _made(variant, chosen, inscriptions)
        name = _key(made)
        line = BasketLine.objects.filter(basket=held, variant=variant, made_key=name).first()
        if line is None:
            _add(held, variant, made, pieces, at)
        else:
            _set(line, line.quantity + pieces, at)
        _touch(held, at)
    return held


def change(basket: Basket, sku: str, pieces: int, *, made: str = "", at: datetime) -> None:
    """So many pieces of the article are wanted, made as the choice of that short name says; none takes it out.

    Problems: `not-in-basket` (404), `sold-out` (409), `too-many`, `basket-busy` (409).
    """
    with transaction.atomic():
        held = _locked(basket)
        known = BasketLine.objects.filter(basket=held, variant__sku=sku, made_key=made)
        line = known.first() if held and "\x00" not in sku + made else None
        if line is None or held is None:
            raise Problem("not-in-basket", _("This is not in your basket."), status=404)
        if pieces > 0:
            _set(line, pieces, at)
        else:
            withdraw_price(line, "removed", at=at)
            line.delete()
        _touch(held, at)


def remove(basket: Basket, sku: str, *, made: str = "", at: datetime) -> None:
    """Take the article out; its promised price is withdrawn. Problems as for `change`."""
    change(basket, sku, 0, made=made, at=at)


def renew_prices(basket: Basket, *, at: datetime) -> int:
    """The customer has seen what the articles cost now: prices whose time was over are promised anew; how many."""
    renewed = 0
    with transaction.atomic():
        held = _locked(basket)
        over = BasketLine.objects.filter(basket=held, promised_until__lte=at).order_by("pk")
        for line in over.select_related("variant__price", "variant__product"):
            price = line.variant.price
            made = made_again(line)
            if price is None or (line.made and made is None):
                continue
            withdraw_price(line, "unused", at=at)
            promise = promise_price(line.variant.sku, price, made, at=at)
            BasketLine.objects.filter(pk=line.pk).update(
                made=made or {}, price=price,
                promise_ref=promise.public_id, promised_until=promise.due_at, run_out=False,
            )  # fmt: skip
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
    variant = found.select_related("price", "product").first() if found is not None else None
    if variant is None or variant.price is None or variant.price.currency != the_shop().currency:
        raise Problem("not-for-sale", _("This is not for sale now."), status=404)
    return variant


def _made(variant: Variant, chosen: Mapping[str, str] | None, inscriptions: Mapping[str, str] | None) -> Made | None:
    """What was chosen of its product; None where there is nothing to choose, or nothing was."""
    of = variant.product.configurable
    if of is None and not any((chosen or {}).values()):
        return None
    found = configured(of or NOTHING, chosen, inscriptions)
    if not found.outcome.is_possible:
        sentence = _("What you chose does not go together. Look beside the choices for what would.")
        raise Problem("impossible", sentence, status=409, about={"product": variant.product.code})
    if found.word_faults:
        sentence = _("What you wrote cannot be made so. Look beside it for what would.")
        raise Problem("bad-words", sentence, status=422, about={"product": variant.product.code})
    return found.made if found.chosen else None


def _key(made: Made | None) -> str:
    return made_key(made["chosen"], made.get("inscriptions")) if made else ""


def _add(basket: Basket, variant: Variant, made: Made | None, pieces: int, at: datetime) -> None:
    if BasketLine.objects.filter(basket=basket).count() >= MOST_LINES:
        raise Problem("too-many", _("A basket holds at most 50 different articles."), status=409)
    _require_there(basket, variant, pieces, made=made)
    assert variant.price is not None
    promise = promise_price(variant.sku, variant.price, made, at=at)
    last = BasketLine.objects.filter(basket=basket).aggregate(last=Max("position"))["last"] or 0
    BasketLine.objects.create(
        basket=basket,
        variant=variant,
        made=dict(made or {}),
        made_key=_key(made),
        quantity=pieces,
        price=variant.price,
        promise_ref=promise.public_id,
        promised_until=promise.due_at,
        position=last + 1,
    )


def _set(line: BasketLine, pieces: int, at: datetime) -> None:
    if pieces > line.quantity:
        _require_there(line.basket, line.variant, pieces, line)
    BasketLine.objects.filter(pk=line.pk).update(quantity=pieces)


def _require_there(
    basket: Basket, variant: Variant, pieces: int, line: BasketLine | None = None, made: Made | None = None
) -> None:
    """What is shown is there: more than that cannot be put in, of it and of what goes into it, other lines counted."""
    if not 0 < pieces <= MOST_PIECES:
        raise Problem("too-many", _("From 1 to 999 pieces can be ordered at once."), status=422, field="pieces")
    takes = taken_by(variant.sku, (line.made if line else made or {}).get("counted", {}))
    there = there_of(takes)
    others = BasketLine.objects.filter(basket=basket).exclude(pk=line.pk if line else 0).select_related("variant")
    for other in others:
        for sku, each in taken_by(other.variant.sku, other.made.get("counted", {})).items():
            there[sku] = max(there.get(sku, 0) - each * other.quantity, 0)
    left = makeable(takes, there)
    if left < pieces:
        raise Problem("sold-out", _("Not so many of this are there."), status=409, about={"left": str(left)})


def _touch(basket: Basket, at: datetime) -> None:
    Basket.objects.filter(pk=basket.pk).update(changed_at=at)
