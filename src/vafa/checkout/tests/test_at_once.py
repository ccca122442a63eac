"""Several at the same moment, in real threads."""

from __future__ import annotations

import pytest

from vafa.catalog.models import Stock
from vafa.checkout import actions
from vafa.checkout.models import BasketLine, Purchase, PurchaseState
from vafa.checkout.queries import summary
from vafa.checkout.tests import make
from vafa.checkout.tests.make import NOON
from vafa.kit.tests.together import at_once, refused
from vafa.orders.models import Order
from vafa.promises.models import Promise

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def shop(db):
    make.a_window()


def ordering(basket):
    agreed = summary(basket, at=NOON).agreed
    return lambda: actions.submit(basket, agreed=agreed, at=NOON)


def test_of_two_browsers_one_gets_the_last_piece():
    baskets = [make.a_basket("golestan-1", phone=f"+98912000000{number}") for number in range(2)]
    results = at_once(*[ordering(basket) for basket in baskets])
    assert refused(results) == ["sold-out"]
    assert (Purchase.objects.count(), Stock.objects.get(variant__sku="golestan-1").reserved) == (1, 1)


def test_one_basket_ordered_twice_at_once_is_one_purchase():
    basket = make.a_basket("divan-1")
    results = at_once(*[ordering(basket)] * 3)
    assert (refused(results), len({each.number for each in results})) == ([], 1)
    assert Stock.objects.get(variant__sku="divan-1").reserved == 1


def test_two_who_place_it_at_once_place_one_order():
    purchase = make.submitted(make.a_basket("divan-1"))
    at_once(*[lambda: actions.place_purchase(Purchase.objects.get(pk=purchase.pk), at=NOON)] * 3)
    assert Order.objects.filter(number=purchase.number).count() == 1
    assert Promise.objects.filter(kind="delivery").count() == 1


def test_paid_and_lapsed_at_once_is_one_of_them_whole():
    purchase = make.submitted(make.a_basket("divan-1"))
    late = purchase.held_until
    at_once(
        lambda: actions.place_purchase(Purchase.objects.get(pk=purchase.pk), at=late),
        lambda: actions.lapse_unpaid(at=late),
    )
    purchase.refresh_from_db()
    is_placed = purchase.state == PurchaseState.PLACED
    assert Order.objects.filter(number=purchase.number).exists() == is_placed
    assert Stock.objects.get(variant__sku="divan-1").reserved == int(is_placed)


def test_a_double_click_at_once_puts_one_piece_in():
    at_once(*[lambda: actions.put(None, "divan-1", key="page", at=NOON)] * 2)
    assert [line.quantity for line in BasketLine.objects.all()] == [1]
