"""An order that did not pass its check is cancelled as every order is: with a credit and the money on its way back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from vafa.catalog.models import Stock
from vafa.checkout import actions
from vafa.checkout.models import Hold, HoldState
from vafa.checkout.queries import hold_of, is_held
from vafa.checkout.tests import make
from vafa.checkout.tests.make import NOON
from vafa.fulfilment.actions.cancelling import cancel_refused
from vafa.fulfilment.models import Credit
from vafa.kit.tests.together import at_once
from vafa.messages.models import Message
from vafa.orders.models import Order, Stage
from vafa.payments.actions import claim_settled
from vafa.payments.actions.moving import move
from vafa.payments.models import Payment, PaymentState, Refund
from vafa.promises.models import Promise

LATER = NOON + timedelta(hours=1)


def refused_order() -> Hold:
    """Paid, held for its value, and refused."""
    make.a_window()
    actions.keep_check_rules({"total_over_minor": 1_000_000, "hours": 4, "ending": "cancel"})
    purchase = make.submitted(make.a_basket(way="sandbox"))
    actions.begin_payment(purchase, back_url="/shop/", at=NOON)
    move(Payment.objects.get(), PaymentState.PAID, out_of=[PaymentState.STARTED], at=NOON, by="gateway")
    actions.settle_claimed(at=NOON)
    return actions.decide(hold_of(purchase.number), release=False, by="aram", at=LATER)


@pytest.fixture
def refused(db) -> Hold:
    return refused_order()


def test_until_it_is_cancelled_nobody_picks_it(refused):
    assert is_held(refused.order_number)
    assert Order.objects.get(number=refused.order_number).stage == Stage.TO_PACK
    assert not Credit.objects.exists()


def test_it_is_cancelled_with_a_credit_and_a_refund_and_one_message(refused):
    assert [cancel_refused(at=LATER), cancel_refused(at=LATER)] == [1, 0]
    order, credit = Order.objects.get(number=refused.order_number), Credit.objects.get()
    assert (order.cancelled, Stock.objects.get(variant__sku="divan-1").reserved) == (True, 0)
    assert (credit.why, credit.by, credit.owed, credit.total_minor) == ("check", "aram", True, order.bill.total_minor)
    refund = Refund.objects.get()
    assert (refund.amount_minor, refund.payment.order_ref) == (credit.total_minor, order.number)
    assert Promise.objects.get(kind="delivery").state == "cancelled"
    told = Message.objects.exclude(template__in=["orders.confirmed", "checkout.check_code"])
    assert [each.template for each in told] == ["checkout.refused"]
    assert claim_settled(LATER) == []


def test_a_refused_order_that_was_cancelled_before_is_taken_note_of(refused):
    Order.objects.filter(number=refused.order_number).update(cancelled=True)
    cancel_refused(at=LATER)
    assert Hold.objects.get(state=HoldState.REFUSED).cancelled_at == LATER
    assert not Credit.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_workers_at_once_cancel_it_once():
    refused_order()
    at_once(*[lambda: cancel_refused(at=LATER)] * 3)
    assert (Credit.objects.count(), Refund.objects.count()) == (1, 1)
