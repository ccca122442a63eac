"""A price that was wrong got out: decided once, and then made true for every order, with a word to each customer."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from vafa.catalog.models import Price
from vafa.fulfilment.actions.cancelling import give_back
from vafa.fulfilment.actions.crediting import GivenBack
from vafa.fulfilment.actions.telling import tell_customer
from vafa.fulfilment.actions.words import break_word, keep_word
from vafa.fulfilment.messages import PRICE_BROKEN, PRICE_KEPT
from vafa.fulfilment.models import Answer, WrongPrice, WrongPriceOrder
from vafa.fulfilment.models.credits import Why
from vafa.fulfilment.queries.wrong_prices import Taken, taken_under, waiting_orders
from vafa.jobs.actions import enqueue
from vafa.kit.problems import Problem
from vafa.orders.actions import lock_order
from vafa.shop.queries import the_shop
from vafa.vouchers.actions import Value, issue

VOUCHER_HOLDS = timedelta(days=180)


@dataclass(frozen=True)
class Settled:
    """What became of one order under a decision."""

    case: WrongPrice
    taken: Taken
    keeps: bool


def declare_wrong(price: Price, *, right_minor: int, by: str, at: datetime) -> WrongPrice:
    """Say that a version of a price was a mistake; said already it stays as it was. Problem `bad-price`."""
    if right_minor <= 0 or right_minor == price.amount_minor:
        raise Problem("bad-price", _("Say what a piece should have cost."), field="right", status=422)
    case, _made = WrongPrice.objects.get_or_create(
        price=price, defaults={"right_minor": right_minor, "declared_by": by, "declared_at": at}
    )
    return case


def decide_wrong(case: WrongPrice, answer: str, *, percent: int, by: str, at: datetime) -> None:
    """Answer for all orders under it, once; the worker makes it true for each. One transaction.

    `percent` (1 to 100) of the right price is the voucher of a cancelled order. Problems: `bad-answer`;
    `decided` (409).
    """
    cancels = answer == Answer.CANCELLED
    if answer not in {Answer.HONOURED, Answer.CANCELLED} or (cancels and not 1 <= percent <= 100):
        sentence = _("Honour the orders, or cancel them with a voucher of 1 to 100 percent.")
        raise Problem("bad-answer", sentence, status=422)
    with transaction.atomic():
        decided = {"answer": answer, "percent": percent if cancels else 0, "decided_by": by, "decided_at": at}
        if not WrongPrice.objects.filter(pk=case.pk, answer=Answer.OPEN).update(**decided):
            raise Problem("decided", _("This has been decided meanwhile."), status=409)
        WrongPriceOrder.objects.bulk_create(
            [WrongPriceOrder(case=case, order=each.order, pieces=each.pieces) for each in taken_under(case.price)]
        )
        enqueue("fulfilment.wrong_prices", arguments={}, unique_key=f"wrong-price:{case.public_id}", at=at)


def settle_wrong(at: datetime) -> int:
    """Make the decisions true for all orders that wait, those of one customer in a transaction of their own; how many.

    A process that dies between two customers goes on with the next one; each order is settled and recorded once, and
    each customer gets one message.
    """
    numbers = list(waiting_orders().values_list("pk", "case", "order__customer_ref"))
    of_customer: dict[tuple[int, str], list[int]] = defaultdict(list)
    for number, case, customer in numbers:
        of_customer[case, customer or f"order {number}"].append(number)
    return sum(_settle_customer(rows, at) for rows in of_customer.values())


@transaction.atomic
def _settle_customer(numbers: list[int], at: datetime) -> int:
    rows = WrongPriceOrder.objects.select_for_update(of=("self",)).select_related("case__price", "order")
    settled = [_settle_one(row, at) for row in rows.filter(pk__in=numbers, settled_at__isnull=True).order_by("pk")]
    broken = [each for each in settled if not each.keeps]
    if broken:
        _tell_broken(broken, at)
    elif settled:
        _tell_kept(settled, at)
    return len(settled)


def _settle_one(row: WrongPriceOrder, at: datetime) -> Settled:
    lock_order(row.order)
    case = row.case
    taken = next(iter(taken_under(case.price, row.order)), Taken(row.order, {}, row.pieces, case.price.amount_minor))
    keeps = case.answer == Answer.HONOURED or not taken.still  # what has left cannot be cancelled: it is honoured
    if keeps:
        cost = taken.honouring(case.right_minor)
        keep_word(case, taken, at=at)
    else:
        cost = taken.cancelling(case.right_minor, case.percent)
        give_back(row.order, GivenBack(Why.OTHER, taken.waiting, tells=False), by=case.decided_by[:40], at=at)
        break_word(case, taken, at=at)
    WrongPriceOrder.objects.filter(pk=row.pk).update(settled_at=at, kept=keeps, cost_minor=cost)
    return Settled(case, taken, keeps)


def _tell_kept(settled: list[Settled], at: datetime) -> None:
    first = settled[0]
    tell_customer(
        first.taken.order, PRICE_KEPT, key=_key(first), at=at, order=_numbers(settled),
        price=[first.taken.paid_minor, first.case.price.currency],
    )  # fmt: skip


def _tell_broken(broken: list[Settled], at: datetime) -> None:
    """One voucher and one message for all orders of the customer that were cancelled."""
    first, currency = broken[0], broken[0].case.price.currency
    worth = sum(each.taken.voucher(each.case.right_minor, each.case.percent) for each in broken)
    key, until, code = _key(first), at + VOUCHER_HOLDS, ""
    if worth and first.taken.order.customer_ref:
        code = issue(
            key=key, customer_ref=first.taken.order.customer_ref, value=Value.of_amount(worth), currency=currency,
            valid_until=until, reason=f"remedy:{key}", at=at,
        ).code  # fmt: skip
    tell_customer(
        first.taken.order, PRICE_BROKEN, key=key, at=at, order=_numbers(broken), code=code,
        items=sum(each.taken.still for each in broken), worth=[worth, currency] if code else None,
        until=until.astimezone(ZoneInfo(the_shop().zone)).date().isoformat() if code else "",
    )  # fmt: skip


def _key(settled: Settled) -> str:
    return f"wrong-price:{settled.case.pk}:{settled.taken.order.pk}"


def _numbers(settled: list[Settled]) -> str:
    return ", ".join(each.taken.order.number for each in settled)
