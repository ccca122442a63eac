"""Old baskets and purchases that came to nothing are forgotten, and nothing that is still needed."""

from __future__ import annotations

from datetime import timedelta

import pytest

from vafa.checkout import actions
from vafa.checkout.actions.tidying import forget_empty_baskets, forget_lapsed_purchases, forget_left_baskets
from vafa.checkout.models import Basket, BasketLine, Purchase, Putting
from vafa.checkout.tests import make
from vafa.checkout.tests.make import NOON
from vafa.promises.models import Promise
from vafa.promises.queries import faults

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def shop(db):
    make.a_window()


def later(days: int):
    return NOON + timedelta(days=days, seconds=1)


def test_an_empty_basket_is_gone_after_two_days_and_one_with_something_in_it_stays():
    emptied, kept = make.a_basket("divan-1"), make.a_basket("golestan-1", phone="+989350000000")
    actions.remove(emptied, "divan-1", at=NOON)
    assert forget_empty_baskets(at=NOON + timedelta(days=2)) == 0
    assert forget_empty_baskets(at=later(2)) == 1
    assert list(Basket.objects.all()) == [kept]
    assert set(Putting.objects.values_list("basket", flat=True)) == {kept.pk}


def test_a_basket_left_behind_for_three_months_forgets_what_was_said_and_its_prices():
    basket = make.a_basket("divan-1")
    assert forget_left_baskets(at=NOON + timedelta(days=90)) == 0
    assert [forget_left_baskets(at=later(90)), forget_left_baskets(at=later(90))] == [1, 0]
    basket.refresh_from_db()
    assert (basket.said, BasketLine.objects.count(), Promise.objects.get(kind="price").state) == ({}, 0, "cancelled")
    assert forget_empty_baskets(at=later(90)) == 1
    assert list(faults()) == []


def test_a_purchase_that_lapsed_forgets_to_whom_it_should_have_gone_after_a_month():
    purchase = make.submitted(make.a_basket("divan-1", way="sandbox"))
    actions.lapse_unpaid(at=purchase.held_until)
    over = purchase.held_until + timedelta(days=30)
    assert forget_lapsed_purchases(at=over) == 0
    assert Purchase.objects.get().to["street"] == "Zand 12"
    assert forget_lapsed_purchases(at=over + timedelta(seconds=1)) == 1
    assert (Purchase.objects.get().to, Purchase.objects.get().lines[0]["sku"]) == ({}, "divan-1")


def test_what_was_ordered_keeps_its_basket():
    actions.place_purchase(make.submitted(make.a_basket("divan-1")), at=NOON)
    assert (forget_left_baskets(at=later(400)), forget_empty_baskets(at=later(400))) == (0, 0)
    assert (Basket.objects.count(), BasketLine.objects.count()) == (1, 1)
