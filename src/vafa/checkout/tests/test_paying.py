"""Money and orders: paid is never lost, unpaid is given back, too late is paid back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from vafa.catalog.models import Stock
from vafa.checkout import actions
from vafa.checkout.models import Basket, BasketState, Purchase, PurchaseState
from vafa.checkout.queries import basket_by
from vafa.checkout.tests import make
from vafa.checkout.tests.make import NOON
from vafa.messages.models import Message
from vafa.orders.models import Order
from vafa.payments.actions.moving import move
from vafa.payments.models import Payment, PaymentState, Refund

pytestmark = pytest.mark.django_db
LATE = NOON + timedelta(hours=1)


@pytest.fixture(autouse=True)
def shop(db):
    make.a_window()


def waiting(*skus: str) -> Purchase:
    """Being paid at a gateway."""
    purchase = make.submitted(make.a_basket(*skus, way="sandbox"))
    assert actions.begin_payment(purchase, back_url="/shop/", at=NOON)
    return purchase


def the_gateway_says(state: str, at=NOON, reason: str = "") -> None:
    payment = Payment.objects.get()
    move(payment, state, out_of=[payment.state], at=at, by="gateway", reason=reason)


def placed(purchase: Purchase) -> int:
    return Order.objects.filter(number=purchase.number).count()


def reserved(sku: str = "golestan-1") -> int:
    return Stock.objects.get(variant__sku=sku).reserved


def test_cash_places_the_order_at_once():
    purchase = make.submitted(make.a_basket())
    assert actions.begin_payment(purchase, back_url="/shop/", at=NOON) is None
    assert (placed(purchase), Payment.objects.get().state) == (1, PaymentState.PROMISED)


def test_a_payment_whose_customer_never_came_back_places_the_order_once():
    purchase = waiting()
    assert placed(purchase) == 0
    the_gateway_says(PaymentState.PAID)
    assert [actions.settle_claimed(at=NOON), actions.settle_claimed(at=NOON)] == [1, 0]
    assert actions.settle_purchase(purchase, at=NOON).state == PurchaseState.PLACED
    assert placed(purchase) == 1


def test_what_is_paid_does_not_lapse_before_somebody_took_notice():
    purchase = waiting()
    the_gateway_says(PaymentState.PAID)
    assert actions.lapse_unpaid(at=LATE) == 0
    actions.settle_claimed(at=LATE)
    assert placed(purchase) == 1


def test_a_refused_payment_opens_the_basket_again():
    purchase = waiting("golestan-1")
    the_gateway_says(PaymentState.FAILED, reason="refused")
    actions.settle_claimed(at=NOON)
    purchase.refresh_from_db()
    assert (purchase.state, Basket.objects.get().state) == (PurchaseState.CANCELLED, BasketState.OPEN)
    assert (placed(purchase), reserved(), Basket.objects.get().said["street"]) == (0, 0, "Zand 12")


def test_paid_after_its_time_it_is_placed_if_everything_is_still_there():
    purchase = waiting("golestan-1")
    assert actions.lapse_unpaid(at=LATE) == 1
    the_gateway_says(PaymentState.PAID, at=LATE)
    actions.settle_claimed(at=LATE)
    assert (placed(purchase), reserved(), Refund.objects.count()) == (1, 1, 0)


def test_paid_after_its_time_the_money_comes_back_if_it_is_gone():
    purchase = waiting("golestan-1")
    actions.lapse_unpaid(at=LATE)
    make.submitted(make.a_basket("golestan-1", at=LATE, phone="+989350000000"), at=LATE)
    the_gateway_says(PaymentState.PAID, at=LATE)
    actions.settle_claimed(at=LATE)
    assert (placed(purchase), reserved()) == (0, 1)
    assert Refund.objects.get().amount_minor == purchase.total_minor
    assert Message.objects.get().template == "checkout.too_late"


def test_the_basket_can_be_had_back_while_it_is_paid():
    purchase = waiting("golestan-1")
    assert actions.cancel_purchase(purchase, at=NOON)
    assert (reserved(), Payment.objects.get().state) == (0, PaymentState.FAILED)
    again = make.submitted(basket_by(purchase.basket.public_id))
    assert again.number != purchase.number
