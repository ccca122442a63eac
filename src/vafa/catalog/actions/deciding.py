"""A person decides on a change that waited."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from vafa.catalog.actions.hand_offs import leave_for_index
from vafa.catalog.actions.options import let_surcharge_through
from vafa.catalog.actions.pricing import Amount, amount_of, set_prices
from vafa.catalog.actions.stock import StockRow, set_stock
from vafa.catalog.models import HeldChange, HeldState, Product, Stock, Variant, What
from vafa.kit.problems import Problem


def let_through(held: HeldChange, *, by: str, at: datetime) -> None:
    """Make the change that waited; one transaction.

    Problems (409): `decided` where somebody was quicker; `moved-on` where what it would change is another by now: the
    change is overtaken then.
    """
    with transaction.atomic():
        _decide(held, HeldState.LET_THROUGH, by, at)
        done = DOING[held.what](held, by, at)
        if not done:
            HeldChange.objects.filter(pk=held.pk).update(state=HeldState.OVERTAKEN)
    if not done:
        raise Problem("moved-on", _("This is another by now, so the change that waited is out of date."), status=409)


def refuse(held: HeldChange, *, by: str, at: datetime) -> None:
    """What waited is not done, nor asked about again; a lowered count, which holds already, is put back as it was.

    Problem `decided` (409) where somebody was quicker.
    """
    with transaction.atomic():
        _decide(held, HeldState.REFUSED, by, at)
        if held.holds_already and (stock := _counted(held, "new")) is not None:
            set_stock([_row(stock, held.old)], at=at, made_by=by, is_trusted=True)


def _decide(held: HeldChange, state: HeldState, by: str, at: datetime) -> None:
    waiting = HeldChange.objects.filter(pk=held.pk, state=HeldState.WAITING)
    if not waiting.update(state=state, decided_by=by, decided_at=at):
        raise Problem("decided", _("This has been decided meanwhile."), status=409)


def _price(held: HeldChange, by: str, at: datetime) -> bool:
    """Whether it could be done: the price is still the one that the guard compared it with."""
    locked = Variant.objects.select_for_update(of=("self",)).select_related("price", "product")
    variant = locked.get(held=held.pk)
    now = amount_of(variant.price)
    if (now.as_json() if now else {}) != held.old:
        return False
    amount = Amount(held.new["minor"], held.new["currency"])
    set_prices([variant], {variant.pk: amount}, made_by=held.made_by, at=at, edit=held.edit,
               reason=f"let-through:{by}"[:120], is_trusted=True)  # fmt: skip
    leave_for_index([variant.product.code], at=at)
    return True


def _stock(held: HeldChange, by: str, at: datetime) -> bool:
    if held.holds_already:
        return _counted(held, "new") is not None
    stock = _counted(held, "old")
    if stock is None:
        return False
    set_stock([_row(stock, held.new)], at=at, made_by=by, is_trusted=True)
    return True


def _counted(held: HeldChange, side: str) -> Stock | None:
    """The stock it is about, as long as so many pieces are there as the change says on this side."""
    where = Stock.objects.select_related("variant", "storehouse")
    count = {"old": held.old, "new": held.new}[side]["on_hand"]
    return where.filter(variant=held.variant_id, storehouse=held.storehouse_id, on_hand=count).first()


def _row(stock: Stock, said: dict[str, Any]) -> StockRow:
    back_on = date.fromisoformat(said["back_on"]) if said["back_on"] else None
    return StockRow(stock.variant.sku, said["on_hand"], stock.storehouse.code, back_on)


def _sheet(held: HeldChange, _by: str, at: datetime) -> bool:
    product = Product.objects.select_for_update().get(pk=held.product_id)
    if product.specifications != held.old:
        return False
    Product.objects.filter(pk=product.pk).update(specifications=held.new, changed_at=at)
    leave_for_index([product.code], at=at)
    return True


def _surcharge(held: HeldChange, _by: str, at: datetime) -> bool:
    value = held.option_value
    return value is not None and let_surcharge_through(value, held.new["minor"], seen=held.old.get("minor"), at=at)


DOING = {What.PRICE.value: _price, What.STOCK.value: _stock, What.SHEET.value: _sheet, What.OPTION.value: _surcharge}
