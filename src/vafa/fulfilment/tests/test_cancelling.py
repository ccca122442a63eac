"""What is given back is exact, and goes back everywhere it came from."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vafa.fulfilment.actions.cancelling import cancel_order, give_back
from vafa.fulfilment.actions.crediting import GivenBack
from vafa.fulfilment.actions.packing import pack
from vafa.fulfilment.actions.papers import write_invoice
from vafa.fulfilment.actions.shipping import Leaving, send_parcel
from vafa.fulfilment.amounts import net_of, next_share, share
from vafa.fulfilment.models import Credit
from vafa.fulfilment.tests.make import BY, everything, keys, ordered, paid, promised, shelf, stocked
from vafa.kit.clock import now
from vafa.kit.problems import Problem
from vafa.messages.models import Message
from vafa.orders.models import Bill, Order, OrderLine
from vafa.orders.tests.make import line
from vafa.payments.models import Refund
from vafa.promises.models import State
from vafa.vouchers.actions import Basket, Value, issue, redeem


@given(total=st.integers(0, 10**12), steps=st.lists(st.integers(1, 40), min_size=1, max_size=12))
def test_shares_of_all_pieces_add_up_to_the_whole_in_whatever_steps(total, steps):
    of, done, sums = sum(steps), 0, 0
    for more in steps:
        part = next_share(total, done, more, of)
        assert part >= 0
        sums, done = sums + part, done + more
    assert sums == total
    assert abs(share(total, 1, of) - total / of) <= 0.5 or total > 2**50


lines = st.lists(
    st.tuples(st.integers(1, 9), st.integers(0, 10**9), st.integers(0, 100)), min_size=1, max_size=6
)  # quantity, price of one, percent off


@given(lines=lines, delivery=st.integers(0, 10**7), more=st.integers(0, 10**9), tax=st.integers(0, 10**6))
def test_the_parts_of_a_bill_add_up_to_its_total_whatever_was_taken_off(lines, delivery, more, tax):
    sold = [
        OrderLine(pk=pk, quantity=count, unit_minor=unit, discount_minor=unit * count * off // 100)
        for pk, (count, unit, off) in enumerate(lines, 1)
    ]
    goods = sum(each.amount_minor for each in sold)
    discount = min(sum(each.discount_minor for each in sold) + more, goods + delivery)
    bill = Bill(goods_minor=goods, delivery_minor=delivery, discount_minor=discount, tax_minor=tax,
                total_minor=goods + delivery - discount)  # fmt: skip
    net = net_of(sold, bill)
    assert net.total == bill.total_minor
    assert min([*net.lines.values(), net.delivery]) >= 0


def pieces(order, **wanted):
    line = keys(order)
    return {line[sku]: count for sku, count in wanted.items()}


@pytest.mark.django_db
def test_of_an_order_that_is_paid_at_the_door_less_is_asked_for():
    order = stocked(ordered())
    payment = paid(order, "promised", "cash")
    give_back(order, GivenBack("customer", pieces(order, atlas=1)), by=BY, at=now())
    payment.refresh_from_db()
    assert (payment.amount_minor, payment.state, Refund.objects.count()) == (500_000, "promised", 0)
    cancel_order(order, why="customer", by=BY, at=now())
    payment.refresh_from_db()
    assert (payment.state, payment.reason, Refund.objects.count()) == ("failed", "called_off", 0)


@pytest.mark.django_db
def test_a_whole_order_goes_back_stock_word_and_money():
    order = stocked(ordered())
    promise, payment = promised(order), paid(order)
    pack(order, pieces(order, atlas=1), by=BY, at=now())
    credit = cancel_order(order, why="customer", by=BY, at=now())
    assert cancel_order(order, why="customer", by=BY, at=now()) is None
    order.refresh_from_db()
    promise.refresh_from_db()
    payment.refresh_from_db()
    assert (order.cancelled, promise.state, shelf("atlas"), shelf("novel")) == (True, State.CANCELLED, (10, 0), (10, 0))
    assert (credit.total_minor, Refund.objects.get().amount_minor, payment.owed_back_minor) == (800_000,) * 3
    assert Message.objects.get(template="fulfilment.cancelled").context["back"] == [800_000, "IRR"]


@pytest.mark.django_db
def test_one_piece_costs_its_share_of_what_was_taken_off_and_no_delivery():
    order = ordered("V-1", line("atlas", 3, 100_000, discount_minor=10_000, tax_minor=23_967))
    credits = [give_back(order, GivenBack("customer", pieces(order, atlas=1)), by=BY, at=now()) for _each in range(3)]
    assert [each.total_minor for each in credits] == [96_667, 96_666, 96_667]
    assert sum(each.tax_minor for each in credits) == 23_967
    assert Order.objects.get().cancelled


@pytest.mark.django_db
def test_nothing_is_owed_of_an_order_that_is_not_paid():
    order = ordered()
    paid(order, state="promised", kind="cash")
    assert not cancel_order(order, why="customer", by=BY, at=now()).owed
    assert not Refund.objects.exists()


@pytest.mark.django_db
def test_what_has_left_is_given_back_once_and_to_no_shelf():
    order = stocked(ordered())
    paid(order)
    send_parcel(pack(order, everything(order), by=BY, at=now()), Leaving(), by=BY, at=now())
    give_back(order, GivenBack("lost", had_left=pieces(order, atlas=2)), by=BY, at=now())
    assert (Refund.objects.get().amount_minor, shelf("atlas")) == (600_000, (8, 0))
    with pytest.raises(Problem) as refused:
        give_back(order, GivenBack("lost", had_left=pieces(order, atlas=1)), by=BY, at=now())
    assert (refused.value.code, Credit.objects.count()) == ("not-in-order", 1)


@pytest.mark.django_db
def test_packed_pieces_are_unpacked_first():
    order = ordered()
    pack(order, everything(order), by=BY, at=now())
    with pytest.raises(Problem) as refused:
        give_back(order, GivenBack("customer", pieces(order, atlas=1)), by=BY, at=now())
    assert (refused.value.code, Credit.objects.count()) == ("not-in-order", 0)


@pytest.mark.django_db
def test_the_invoice_leaves_out_what_was_given_back_before_and_a_credit_note_says_what_was_after():
    order = ordered()
    give_back(order, GivenBack("customer", pieces(order, atlas=1)), by=BY, at=now())
    invoice = write_invoice(order, by=BY, at=now())
    assert (invoice.number, invoice.body["total_minor"], [row["quantity"] for row in invoice.body["lines"]]) == (
        1, 500_000, [1, 1],
    )  # fmt: skip
    after = give_back(order, GivenBack("customer", pieces(order, novel=1)), by=BY, at=now())
    assert (after.number, write_invoice(order, by=BY, at=now()).pk) == (1, invoice.pk)


@pytest.mark.django_db
def test_the_voucher_of_an_order_that_will_not_be_can_be_used_again():
    order = ordered()
    issued = issue(key="v", customer_ref="C-1", value=Value.of_amount(1000), currency="IRR",
                   valid_until=now() + timedelta(days=9), reason="remedy:1")  # fmt: skip
    redeem(issued.code, Basket(order.number, 750_000, 50_000, "IRR"))
    give_back(order, GivenBack("customer", pieces(order, atlas=1)), by=BY, at=now())
    issued.refresh_from_db()
    assert issued.redeemed_at is not None
    cancel_order(order, why="customer", by=BY, at=now())
    issued.refresh_from_db()
    assert issued.redeemed_at is None
