"""A price that was wrong got out: decided once, and then made true for every order, with a word to each customer."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from vafa.catalog.models import Price
from vafa.fulfilment.actions.cancelling import give_back
from vafa.fulfilment.actions.crediting import GivenBack
from vafa.fulfilment.actions.telling import tell_customer
from vafa.fulfilment.kinds import ORDER_PRICE
from vafa.fulfilment.messages import PRICE_BROKEN, PRICE_KEPT
from vafa.fulfilment.models import Answer, WrongPrice, WrongPriceOrder
from vafa.fulfilment.models.credits import Why
from vafa.fulfilment.queries.wrong_prices import Taken, taken_under, waiting_orders
from vafa.jobs.actions import enqueue
from vafa.kit.formats import format_money
from vafa.kit.problems import Problem
from vafa.orders.actions import lock_order
from vafa.promises.actions import break_promise, make_promise, settle_promise
from vafa.promises.models import Promise
from vafa.shop.queries import the_shop
from vafa.vouchers.actions import Value, issue

AT_ONCE = timedelta(seconds=1)  # a promise is due after it was made
VOUCHER_HOLDS = timedelta(days=180)
LANGUAGES = {"fa": "قیمت سفارش: هر عدد %s", "ar": "سعر الطلب: القطعة بـ %s", "en": "Price of the order: %s a piece"}


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
    """Make the decisions true for all orders that wait, each in a transaction of its own; how many.

    A process that dies between two orders goes on with the next one; each is settled, told and recorded once.
    """
    numbers = list(waiting_orders().values_list("pk", flat=True))
    return sum(_settle_one(number, at) for number in numbers)


@transaction.atomic
def _settle_one(number: int, at: datetime) -> bool:
    rows = WrongPriceOrder.objects.select_for_update(of=("self",)).select_related("case__price", "order")
    row = rows.filter(pk=number, settled_at__isnull=True).first()
    if row is None:
        return False
    lock_order(row.order)
    case = row.case
    taken = next(iter(taken_under(case.price, row.order)), Taken(row.order, {}, row.pieces, case.price.amount_minor))
    keeps = case.answer == Answer.HONOURED or not taken.still  # what has left cannot be cancelled: it is honoured
    cost = _keep(case, taken, at) if keeps else _break(case, taken, at)
    WrongPriceOrder.objects.filter(pk=row.pk).update(settled_at=at, kept=keeps, cost_minor=cost)
    return True


def _keep(case: WrongPrice, taken: Taken, at: datetime) -> int:
    promise = _promise(case, taken)
    settle_promise(promise, fulfilled_at=promise.made_at, evidence={"by": "honoured"}, at=max(at, promise.due_at))
    money = [taken.paid_minor, case.price.currency]
    tell_customer(taken.order, PRICE_KEPT, key=f"wrong-price:{case.pk}:{taken.order.pk}", at=at, price=money)
    return taken.honouring(case.right_minor)


def _break(case: WrongPrice, taken: Taken, at: datetime) -> int:
    order, worth = taken.order, taken.voucher(case.right_minor, case.percent)
    give_back(order, GivenBack(Why.OTHER, taken.waiting), by=case.decided_by[:40], at=at)
    promise = _promise(case, taken)
    evidence = {"by": "cancelled", "pieces": str(taken.still)}
    break_promise(promise, evidence=evidence, at=max(at, promise.due_at))
    key, until = f"wrong-price:{case.pk}:{order.pk}", at + VOUCHER_HOLDS
    code = ""
    if worth and order.customer_ref:
        code = issue(
            key=key, customer_ref=order.customer_ref, value=Value.of_amount(worth), currency=case.price.currency,
            valid_until=until, reason=f"remedy:{key}", at=at,
        ).code  # fmt: skip
    tell_customer(
        order, PRICE_BROKEN, key=key, at=at, items=taken.still, code=code,
        worth=[worth, case.price.currency] if code else None,
        until=until.astimezone(ZoneInfo(the_shop().zone)).date().isoformat() if code else "",
    )  # fmt: skip
    return taken.cancelling(case.right_minor, case.percent)


def _promise(case: WrongPrice, taken: Taken) -> Promise:
    """The word that the order's price was, written down at the moment of the decision: it is not dated back."""
    zone, order, decided = the_shop().zone, taken.order, case.decided_at or case.declared_at
    amounts = {language: format_money(taken.paid_minor, case.price.currency, language) for language in LANGUAGES}
    return make_promise(
        kind=ORDER_PRICE.name,
        key=f"order-price:{case.public_id}:{order.number}",
        subject_type="order",
        subject_ref=order.number,
        party_ref=order.customer_ref,
        text={language: words % amounts[language] for language, words in LANGUAGES.items()},
        due_on=(decided + AT_ONCE).astimezone(ZoneInfo(zone)).date(),
        due_at=decided + AT_ONCE,
        zone=zone,
        origin="wrong-price",
        at=decided,
    )
