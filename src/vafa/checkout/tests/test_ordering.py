"""From a basket to an order: what is agreed to is what comes of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from vafa.catalog.models import Stock
from vafa.checkout import actions
from vafa.checkout.models import Basket, BasketState, Purchase, PurchaseState
from vafa.checkout.queries import basket_by, contents, summary
from vafa.checkout.tests import make
from vafa.checkout.tests.make import NOON, refused
from vafa.delivery.queries import honest
from vafa.messages.models import Message
from vafa.orders.models import Order
from vafa.orders.queries import bill_of, lines_of, recipient_of
from vafa.promises.models import Promise

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def shop(db):
    make.a_window()


def reserved(sku: str) -> int:
    return Stock.objects.get(variant__sku=sku).reserved


def states(kind: str) -> list[str]:
    return sorted(Promise.objects.filter(kind=kind).values_list("state", flat=True))


def test_a_basket_becomes_an_order_that_adds_up():
    basket = make.a_basket("divan-1", "golestan-1")
    purchase = actions.place_purchase(make.submitted(basket), at=NOON)
    order = Order.objects.get(number=purchase.number)
    bill = bill_of(order)
    assert [(line.sku, line.quantity, line.unit_minor) for line in lines_of(order)] == [
        ("divan-1", 1, 5_600_000),
        ("golestan-1", 1, 900_000),
    ]
    assert (bill.goods_minor, bill.total_minor) == (6_500_000, 6_500_000 + bill.delivery_minor)
    assert recipient_of(order).street == "Zand 12"
    assert (reserved("divan-1"), reserved("golestan-1")) == (1, 1)
    assert (Basket.objects.get().state, Basket.objects.get().said) == (BasketState.DONE, {})
    assert Purchase.objects.get().to == {}
    assert Promise.objects.get(kind="delivery").due_on == purchase.promised_on
    assert states("price") == ["kept", "kept"]
    assert set(Message.objects.values_list("template", flat=True)) == {"orders.confirmed"}


def test_the_same_basket_ordered_again_is_the_same_purchase():
    basket = make.a_basket()
    first, again = make.submitted(basket), make.submitted(basket)
    assert first == again
    actions.place_purchase(first, at=NOON)
    actions.place_purchase(again, at=NOON)
    assert (Order.objects.filter(number=first.number).count(), reserved("divan-1")) == (1, 1)


def test_a_form_that_is_sent_twice_puts_one_piece_in():
    basket = actions.put(None, "divan-1", key="page", at=NOON)
    again = actions.put(None, "divan-1", key="page", at=NOON)
    assert (basket, contents(basket, at=NOON).items) == (again, 1)
    assert states("price") == ["open"]


def test_a_page_gone_back_to_after_the_order_begins_a_new_basket():
    basket = actions.put(None, "divan-1", key="page", at=NOON)
    Basket.objects.filter(pk=basket.pk).update(state=BasketState.DONE)
    later = actions.put(None, "divan-1", key="page", at=NOON)
    assert later != basket
    assert actions.put(None, "divan-1", key="page", at=NOON) == later
    assert contents(later, at=NOON).items == 1


def test_what_is_taken_out_is_no_longer_promised():
    basket = make.a_basket("divan-1", "golestan-1")
    actions.remove(basket, "divan-1", at=NOON)
    assert [line.sku for line in contents(basket, at=NOON).lines] == ["golestan-1"]
    assert states("price") == ["cancelled", "open"]


def test_no_more_is_put_in_than_is_there():
    basket = make.a_basket("golestan-1")
    with refused("sold-out"):
        actions.change(basket, "golestan-1", 2, at=NOON)
    assert contents(basket, at=NOON).items == 1


def test_whoever_has_a_promised_price_pays_at_most_that():
    basket = make.a_basket("divan-1")
    make.goods.book("divan", price=7_000_000, pieces=3)
    assert contents(basket, at=NOON).goods_minor == 5_600_000
    make.goods.book("divan", price=5_000_000, pieces=3)
    assert contents(basket, at=NOON).goods_minor == 5_000_000


def test_after_its_time_the_shelf_says_what_it_costs_and_it_is_asked_again():
    basket = make.a_basket("divan-1")
    agreed = summary(basket, at=NOON).agreed
    make.goods.book("divan", price=7_000_000, pieces=3)
    later = NOON + timedelta(hours=25)
    assert contents(basket, at=later).goods_minor == 7_000_000
    with refused("changed"):
        actions.submit(basket, agreed=agreed, at=later)
    assert (Purchase.objects.count(), reserved("divan-1")) == (0, 0)
    assert actions.close_run_out(at=later) == 1
    assert states("price") == ["cancelled"]
    assert actions.renew_prices(basket, at=later) == 1
    assert states("price") == ["cancelled", "open"]


def test_the_last_piece_goes_to_whoever_orders_first():
    first, second = make.a_basket("golestan-1"), make.a_basket("golestan-1", phone="+989350000000")
    agreed = summary(second, at=NOON).agreed
    make.submitted(first)
    with refused("sold-out") as short:
        actions.submit(second, agreed=agreed, at=NOON)
    assert short.value.about == {"skus": "golestan-1"}
    assert basket_by(second.public_id).state == BasketState.OPEN


def test_what_is_not_paid_in_time_is_given_back_and_the_basket_can_be_ordered_again():
    basket = make.a_basket("golestan-1")
    purchase = make.submitted(basket)
    assert actions.lapse_unpaid(at=NOON + timedelta(minutes=29)) == 0
    assert actions.lapse_unpaid(at=NOON + timedelta(minutes=30)) == 1
    purchase.refresh_from_db()
    assert (purchase.state, reserved("golestan-1")) == (PurchaseState.LAPSED, 0)
    assert make.submitted(basket_by(basket.public_id), at=NOON + timedelta(hours=1)) != purchase


def test_the_day_that_was_shown_is_promised_also_where_it_would_be_worked_out_otherwise_now(monkeypatch):
    worked_out = honest._worked_out

    def a_day_later(asked, moment):
        found = worked_out(asked, moment)
        later = {
            code: replace(each, promised_on=each.promised_on + timedelta(1)) for code, each in found.answers.items()
        }
        return replace(found, answers=later)

    monkeypatch.setattr(honest, "_worked_out", a_day_later)
    basket = make.a_basket()
    shown = summary(basket, at=NOON).day
    purchase = actions.place_purchase(make.submitted(basket), at=NOON)
    assert (purchase.promised_on, Promise.objects.get(kind="delivery").due_on) == (shown, shown)
