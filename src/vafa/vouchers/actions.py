"""Writes of vouchers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from vafa.kit import clock
from vafa.kit.problems import Problem
from vafa.vouchers.codes import new_code, read_code
from vafa.vouchers.models import Benefit, Voucher

MOST_MINOR = 10**15


@dataclass(frozen=True)
class Value:
    """What a voucher is worth: `amount_minor` for an amount, `percent` for a share of the order, neither for free
    delivery.
    """

    benefit: str
    amount_minor: int | None = None
    percent: int | None = None

    @classmethod
    def of_amount(cls, minor: int) -> Value:
        """So much money."""
        return cls(Benefit.AMOUNT.value, amount_minor=minor)

    @classmethod
    def of_percent(cls, percent: int) -> Value:
        """A share of the goods of one order."""
        return cls(Benefit.PERCENT.value, percent=percent)

    @classmethod
    def of_free_delivery(cls) -> Value:
        """The delivery of one order costs nothing."""
        return cls(Benefit.FREE_DELIVERY.value)


def issue(
    *,
    key: str,
    customer_ref: str,
    value: Value,
    currency: str,
    valid_until: datetime,
    reason: str,
    at: datetime | None = None,
) -> Voucher:
    """Issue a voucher; the same `key` again gives the one already issued and changes nothing.

    `currency` is the shop's, `reason` a stable code with a reference ("remedy:…"), never a name. Runs in the caller's
    transaction. Problems: `bad-value`, `bad-validity`.
    """
    at = at or clock.now()
    _require_value(value)
    if valid_until <= at:
        raise Problem("bad-validity", _("A voucher must be valid for some time."), field="valid_until")
    voucher = Voucher(
        key=key, code=new_code(), customer_ref=customer_ref, benefit=value.benefit, amount_minor=value.amount_minor,
        percent=value.percent, currency=currency, reason=reason, issued_at=at, valid_until=valid_until,
    )  # fmt: skip
    Voucher.objects.bulk_create([voucher], ignore_conflicts=True)
    return Voucher.objects.get(key=key)


def _require_value(value: Value) -> None:
    amount, percent = value.amount_minor, value.percent
    fits = {
        Benefit.AMOUNT.value: percent is None and amount is not None and 0 < amount <= MOST_MINOR,
        Benefit.PERCENT.value: amount is None and percent is not None and 1 <= percent <= 100,
        Benefit.FREE_DELIVERY.value: amount is None and percent is None,
    }
    if not fits.get(value.benefit, False):
        raise Problem("bad-value", _("A voucher is worth an amount above zero, 1 to 100 percent, or a delivery."))


@dataclass(frozen=True)
class Basket:
    """The order that a voucher is redeemed for: its number, goods and delivery in minor units of `currency`."""

    order: str
    goods_minor: int
    delivery_minor: int
    currency: str


def redeem(code: str, basket: Basket, *, at: datetime | None = None) -> Voucher:
    """Redeem a voucher once; `redeemed_minor` of the result is what comes off. The same order again is the same.

    Problems: `unknown-voucher` (404); `voucher-used`, `voucher-over` (409); `other-currency`, `bad-basket`.
    """
    at = at or clock.now()
    if not basket.order.strip() or basket.goods_minor < 0 or basket.delivery_minor < 0:
        raise Problem("bad-basket", _("Say the order's number and its amounts, none below zero."))
    with transaction.atomic():
        voucher = Voucher.objects.select_for_update().filter(code=read_code(code)).first()
        if voucher is None:
            raise Problem("unknown-voucher", _("There is no such voucher."), status=404, field="code")
        if voucher.currency != basket.currency:
            raise Problem("other-currency", _("This voucher is in another currency."), field="currency")
        unused = Voucher.objects.filter(pk=voucher.pk, redeemed_at__isnull=True, valid_until__gt=at)
        worth = voucher.worth(basket.goods_minor, basket.delivery_minor)
        if unused.update(redeemed_at=at, redeemed_order=basket.order, redeemed_minor=worth):
            voucher.refresh_from_db()
            return voucher
    if voucher.redeemed_order == basket.order:
        return voucher
    if voucher.redeemed_at is not None:
        raise Problem("voucher-used", _("This voucher has been used."), status=409, field="code")
    raise Problem("voucher-over", _("The time of this voucher is over."), status=409, field="code")


def give_back(order: str) -> int:
    """The order did not come about: its vouchers can be used again, as long as their time is not over; how many.

    Part of the caller's transaction.
    """
    unused = {"redeemed_at": None, "redeemed_order": "", "redeemed_minor": None}
    return Voucher.objects.filter(redeemed_order=order).update(**unused) if order else 0
