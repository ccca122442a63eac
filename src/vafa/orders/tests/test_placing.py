from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction

from vafa.kit.problems import Problem
from vafa.orders.actions import cancel_pieces, erase_recipient, place
from vafa.orders.models import Bill, Order, OrderLine, Recipient
from vafa.orders.queries import bill_of, lines_of, orders_of, recipient_of
from vafa.orders.tests.make import NOON, an_order, line, placed

pytestmark = pytest.mark.django_db


def test_an_order_is_placed_with_its_lines_its_bill_and_who_gets_it():
    order = an_order("V-1", line("atlas", 2, 300), line("novel", 1, 150, weight_g=200.0), delivery_minor=50)
    assert [(each.position, each.sku, each.wanted, each.amount_minor) for each in lines_of(order)] == [
        (0, "atlas", 2, 600),
        (1, "novel", 1, 150),
    ]
    assert (bill_of(order).total_minor, order.items, order.price_minor, order.freight_minor) == (800, 3, 750, 50)
    assert recipient_of(order).name == "Narges Karimi"


def test_the_same_number_again_is_the_same_order_and_changes_nothing():
    first = an_order("V-1", line("atlas"))
    again, is_new = place(placed("V-1", line("novel", 3)))
    assert (again.pk, is_new) == (first.pk, False)
    assert [each.sku for each in OrderLine.objects.all()] == ["atlas"]


def test_an_order_of_nothing_is_refused_and_nothing_is_written():
    with pytest.raises(ValueError, match="without lines"):
        place(replace(placed(), lines=()))
    assert not Order.objects.exists()


def test_the_weight_is_known_where_that_of_every_line_is():
    assert an_order("V-1", line("a", 2, weight_g=150.0), line("b", weight_g=100.0)).weight_g == 400.0
    assert an_order("V-2", line("a", 2, weight_g=150.0), line("b")).weight_g is None


def test_a_bill_that_does_not_add_up_is_refused_by_the_database():
    order = an_order()
    with pytest.raises(IntegrityError), transaction.atomic():
        Bill.objects.filter(order=order).update(total_minor=1)


def test_pieces_are_taken_out_and_the_order_stays_for_the_rest():
    order = an_order("V-1", line("atlas", 2), line("novel", 1))
    cancel_pieces(order, {each.pk: 1 for each in lines_of(order)}, at=NOON)
    order.refresh_from_db()
    assert [each.wanted for each in lines_of(order)] == [1, 0]
    assert not order.cancelled


def test_with_its_last_piece_the_order_is_cancelled():
    order = an_order("V-1", line("atlas", 2))
    cancel_pieces(order, {each.pk: 2 for each in lines_of(order)}, at=NOON)
    order.refresh_from_db()
    assert (order.cancelled, order.cancelled_at) == (True, NOON)


def test_more_than_is_left_cannot_be_taken_out_and_nothing_is():
    order = an_order("V-1", line("atlas", 2), line("novel", 1))
    atlas, novel = lines_of(order)
    with pytest.raises(Problem) as refused:
        cancel_pieces(order, {atlas.pk: 1, novel.pk: 2}, at=NOON)
    assert refused.value.code == "not-in-order"
    assert [each.wanted for each in lines_of(order)] == [2, 1]


def test_the_person_can_be_erased_and_what_was_sold_stays():
    order = an_order()
    assert (erase_recipient(order), erase_recipient(order)) == (True, False)
    assert not Recipient.objects.exists()
    assert (len(lines_of(order)), bill_of(order).total_minor) == (1, 550_000)


def test_orders_of_a_customer_come_newest_first_and_nobody_has_none():
    an_order("V-1", customer_ref="C-1")
    an_order("V-2", customer_ref="C-1", placed_at=NOON.replace(hour=10))
    an_order("V-3")
    assert [order.number for order in orders_of("C-1")] == ["V-2", "V-1"]
    assert not orders_of("").exists()
