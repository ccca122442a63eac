"""Around the simulated orders stands what a shop's life leaves: opinions, questions, payments, invoices."""

from __future__ import annotations

import pytest

from vafa.catalog.models import Inquiry, InquiryState, Product
from vafa.delivery.models import HoldState, SlotHold
from vafa.demo.actions import let_people_talk
from vafa.demo.tests.make import small_shop
from vafa.fulfilment.models import Invoice
from vafa.kit.clock import now
from vafa.orders.models import Bill, Opinion, OpinionState, OrderLine
from vafa.payments.models import Payment, PaymentState, Refund, RefundState


@pytest.fixture
def talked(db, settings, tmp_path) -> int:
    settings.HOME = tmp_path
    small_shop()
    return let_people_talk(at=now())


def everything() -> list[object]:
    return [
        list(Opinion.objects.order_by("pk").values_list("line__order__number", "stars", "text", "state", "language")),
        list(Inquiry.objects.order_by("pk").values_list("product__code", "text", "state", "answer")),
        list(Payment.objects.order_by("pk").values_list("order_ref", "state", "amount_minor")),
    ]


def test_every_page_of_the_staff_has_something_to_show_and_to_decide(talked):
    assert talked == Opinion.objects.count() >= 40
    assert set(Opinion.objects.values_list("language", flat=True)) == {"fa", "ar", "en"}
    assert set(Opinion.objects.values_list("state", flat=True)) == set(OpinionState.values)
    assert set(Inquiry.objects.values_list("state", flat=True)) == set(InquiryState.values)
    assert {PaymentState.PAID, PaymentState.PROMISED} <= set(Payment.objects.values_list("state", flat=True))
    assert {RefundState.OWED, RefundState.GIVEN} <= set(Refund.objects.values_list("state", flat=True))
    assert Invoice.objects.count() >= 20
    assert Product.objects.filter(opinions__count__gt=0).exists()


def test_bills_come_to_what_was_paid_and_all_of_it_has_left(talked):
    assert Bill.objects.count() >= 60
    for bill in Bill.objects.select_related("order"):
        assert bill.goods_minor == sum(line.unit_minor * line.quantity for line in bill.order.lines.all())
        assert bill.total_minor == bill.order.price_minor + bill.order.freight_minor
    assert not OrderLine.objects.exclude(sent=1).exists()


def test_done_twice_it_is_done_once(talked):
    before = everything()
    assert let_people_talk(at=now()) == 0
    assert everything() == before


def test_windows_of_past_days_were_used(talked):
    past = SlotHold.objects.filter(state=HoldState.KEPT, slot__day__lt=now().date())
    assert past.count() >= 1
