"""A phone at a tenth of its price got out: decided once, and made true for every order."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from vafa.catalog.actions import VariantRow, reserve
from vafa.catalog.models import Price, Stock, Variant
from vafa.catalog.tests import make as catalogue
from vafa.checkout.actions import begin_payment
from vafa.checkout.tests import make as checkout
from vafa.fulfilment.actions.wrong_prices import decide_wrong, declare_wrong, settle_wrong
from vafa.fulfilment.models import Answer, WrongPrice, WrongPriceOrder
from vafa.fulfilment.queries.wrong_prices import taken_under
from vafa.jobs.models import Job
from vafa.kit.clock import now
from vafa.kit.problems import Problem
from vafa.messages.models import Message
from vafa.orders.models import Order, OrderLine
from vafa.orders.tests.make import an_order, line
from vafa.promises.models import Promise
from vafa.promises.queries import faults
from vafa.vouchers.models import Voucher

pytestmark = pytest.mark.django_db
RIGHT, WRONG = 100_000_000, 10_000_000


@pytest.fixture
def price(db) -> Price:
    """A phone at a tenth of its price, ordered twice; one piece of the second order has left."""
    catalogue.shelves()
    catalogue.book("phone", category="phones", pieces=9, variants=[VariantRow("phone-1", WRONG, "IRR")])
    wrong = Variant.objects.get(sku="phone-1").price
    for number, pieces in (("V-1", 1), ("V-2", 2)):
        an_order(
            number, line("phone-1", pieces, WRONG, price_id=wrong.pk), customer_ref="C-1",
            placed_at=now() - timedelta(hours=1),
        )  # fmt: skip
        reserve({"phone-1": pieces}, at=now())
    OrderLine.objects.filter(order__number="V-2").update(packed=1, sent=1)
    return wrong


def decided(price: Price, answer: str, percent: int = 0) -> WrongPrice:
    case = declare_wrong(price, right_minor=RIGHT, by="aram", at=now())
    decide_wrong(case, answer, percent=percent, by="aram", at=now())
    return case


def outcomes() -> dict[str, tuple[bool | None, int]]:
    return {row.order.number: (row.kept, row.cost_minor) for row in WrongPriceOrder.objects.select_related("order")}


def words() -> dict[str, str]:
    """What the ledger says of each order's price."""
    return dict(Promise.objects.filter(kind="order_price").values_list("subject_ref", "state"))


def test_the_orders_are_listed_with_what_each_answer_costs(price):
    first, second = taken_under(price)
    assert (first.order.number, first.honouring(RIGHT), first.cancelling(RIGHT, 10)) == ("V-1", 90_000_000, 10_000_000)
    # of the second one piece is with the customer already: it is honoured either way
    assert (second.still, second.left) == (1, 1)
    assert (second.honouring(RIGHT), second.cancelling(RIGHT, 10)) == (180_000_000, 100_000_000)


def test_honoured_orders_stand_and_are_promises_kept(price):
    decided(price, Answer.HONOURED)
    assert settle_wrong(now()) == 2
    assert outcomes() == {"V-1": (True, 90_000_000), "V-2": (True, 180_000_000)}
    assert words() == {"V-1": "kept", "V-2": "kept"}
    told = Message.objects.get()  # one message for both orders of this customer
    assert (told.template, told.context["order"]) == ("fulfilment.price_kept", "V-1, V-2")
    assert not OrderLine.objects.filter(cancelled__gt=0).exists()


def test_cancelled_orders_give_stock_and_a_voucher_and_are_promises_broken(price):
    decided(price, Answer.CANCELLED, percent=10)
    settle_wrong(now())
    assert outcomes() == {"V-1": (False, 10_000_000), "V-2": (False, 100_000_000)}
    assert words() == {"V-1": "broken", "V-2": "broken"}
    assert Voucher.objects.get().amount_minor == 20_000_000
    assert Order.objects.get(number="V-1").cancelled
    assert list(OrderLine.objects.order_by("pk").values_list("cancelled", flat=True)) == [1, 1]
    assert Stock.objects.get().reserved == 1
    told = Message.objects.get()
    assert (told.template, told.context["order"], told.context["items"]) == ("fulfilment.price_broken", "V-1, V-2", 2)


def test_it_is_decided_once_and_settled_once(price):
    case = decided(price, Answer.HONOURED)
    with pytest.raises(Problem) as again:
        decide_wrong(case, Answer.CANCELLED, percent=10, by="bita", at=now())
    assert again.value.code == "decided"
    settle_wrong(now())
    assert settle_wrong(now()) == 0
    assert (Promise.objects.filter(kind="order_price").count(), Message.objects.count()) == (2, 1)


def ordered_in_the_window() -> tuple[Price, Promise]:
    """An order whose price was promised in its basket."""
    checkout.a_window()
    purchase = checkout.submitted(checkout.a_basket("divan-1"))
    begin_payment(purchase, back_url="/shop/", at=checkout.NOON)
    promise = Promise.objects.get(kind="price")
    assert promise.state == "kept"
    return Variant.objects.get(sku="divan-1").price, promise


@pytest.mark.parametrize(("answer", "state"), [("honoured", "kept"), ("cancelled", "broken")])
def test_the_promise_of_the_basket_is_the_one_that_is_kept_or_broken(db, answer, state):
    price, promise = ordered_in_the_window()
    decided(price, answer, percent=10 if answer == "cancelled" else 0)
    settle_wrong(now())
    promise.refresh_from_db()
    assert promise.state == state
    assert not Promise.objects.filter(kind="order_price").exists()
    assert list(faults()) == []


@pytest.mark.parametrize(("answer", "percent"), [("open", 0), ("cancelled", 0), ("cancelled", 101), ("nonsense", 5)])
def test_an_answer_that_is_none_is_refused(price, answer, percent):
    with pytest.raises(Problem) as refused:
        decided(price, answer, percent)
    assert (refused.value.code, WrongPrice.objects.get().answer) == ("bad-answer", "open")
    assert not WrongPriceOrder.objects.exists()


def test_the_owner_finds_declares_and_decides(price, owner_client, agent_client):
    page = reverse("fulfilment:wrong-prices")
    assert agent_client.get(page).status_code == 403
    (version,) = owner_client.get(page, {"sku": "phone-1"}).context["versions"]
    assert version.orders == 2
    there = owner_client.post(
        reverse("fulfilment:declare-wrong-price", args=[version.price.pk]), {"right": "۱۰٬۰۰۰٬۰۰۰"}
    )["Location"]
    shown = owner_client.get(there).context
    assert (shown["count"], shown["pieces"], shown["honouring"]) == (2, 3, 270_000_000)
    owner_client.post(there, {"answer": "cancelled", "percent": "10"})
    assert Job.objects.filter(task="fulfilment.wrong_prices").count() == 1
    settle_wrong(now())
    assert [row.kept for row in owner_client.get(there).context["settled"]] == [False, False]
