"""The list turns page by page, whatever comes in meanwhile."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from vafa.fulfilment.queries.finding import keys_found
from vafa.fulfilment.queries.listing import BEGINNING, Cursor, counts, orders_in, page_of
from vafa.fulfilment.tests.make import ordered, paid
from vafa.kit.clock import now
from vafa.orders.actions import SendTo
from vafa.orders.actions.erasing import erase_recipient
from vafa.orders.models import NameWord, Order
from vafa.orders.queries import recipients_named

pytestmark = pytest.mark.django_db


def many(count: int) -> None:
    """Orders of which several were placed at the same moment."""
    at = now()
    Order.objects.bulk_create(
        Order(number=f"A{number}", placed_at=at - timedelta(minutes=number // 3)) for number in range(count)
    )


@given(micros=st.integers(0, 10**16), pk=st.integers(1, 10**12), newer=st.booleans())
def test_a_place_in_the_list_is_read_as_it_was_written(micros, pk, newer):
    cursor = Cursor(BEGINNING + timedelta(microseconds=micros), pk, newer)
    assert Cursor.read(str(cursor)) == cursor


@pytest.mark.parametrize("text", ["", "o", "o1", "x1-1", "o1-1'", "o-1-1", "o١-1", f"o{'9' * 18}-1"])
def test_a_place_that_is_none_is_the_first_page(text):
    assert Cursor.read(text) is None


def test_all_orders_are_seen_once_forwards_and_backwards():
    many(23)
    found, seen, cursor = Order.objects.all(), [], None
    while True:
        page = page_of(found, cursor, 5)
        seen += [order.number for order in page.orders]
        if page.older is None:
            break
        cursor = page.older
    assert sorted(seen) == sorted(f"A{number}" for number in range(23))
    back = [order.number for order in page.orders]
    while page.newer is not None:
        page = page_of(found, page.newer, 5)
        back = [order.number for order in page.orders] + back
    assert back == seen


def test_new_orders_move_nothing_on_the_next_page():
    many(10)
    first = page_of(Order.objects.all(), None, 4)
    expected = [order.number for order in page_of(Order.objects.all(), first.older, 4).orders]
    Order.objects.create(number="new", placed_at=now() + timedelta(minutes=1))
    assert [order.number for order in page_of(Order.objects.all(), first.older, 4).orders] == expected


def test_an_order_is_in_the_tab_of_what_is_to_do():
    ordered("pack")
    waits = ordered("waits")
    paid(waits, state="promised", kind="transfer")
    ordered("gone")
    Order.objects.filter(number="gone").update(cancelled=True)
    assert {tab: [order.number for order in orders_in(tab)] for tab in ("to_pack", "unpaid", "cancelled")} == {
        "to_pack": ["pack"], "unpaid": ["waits"], "cancelled": ["gone"],
    }  # fmt: skip
    assert counts() == {"to_pack": 1, "packed": 0, "late": 0, "held": 0, "unpaid": 1}


def test_an_order_is_found_by_whatever_people_have_at_hand():
    to = SendTo("Nargés Kárimi", "IR", phone="+989121234567", email="n@example.org")
    order = ordered("V-77", to=to)
    for words in ("V-77", "v-77", "۰۹۱۲۱۲۳۴۵۶۷", "n@example.org", "karimi", "NARGES", "kar nar"):
        assert keys_found(words) == [order.pk], words
    assert keys_found("nobody") == keys_found("karimi nobody") == keys_found("arimi") == []
    assert keys_found("\x00") == []


def test_a_name_is_found_without_reading_every_recipient():
    ordered("V-77", to=SendTo("Nargés Kárimi", "IR", phone="+989121234567"))
    plan = recipients_named("narges karimi").order_by("-pk").explain()
    assert "name_word_begins" in plan or connection.vendor != "sqlite"


def test_erasing_a_recipient_forgets_the_words_of_his_name():
    order = ordered("V-77", to=SendTo("Nargés Kárimi", "IR", phone="+989121234567"))
    assert NameWord.objects.count() == 2
    erase_recipient(order)
    assert not NameWord.objects.exists()


def test_the_list_asks_as_often_for_forty_orders_as_for_one(owner_client):
    many(1)
    _queries(owner_client)
    before = _queries(owner_client)
    Order.objects.bulk_create(Order(number=f"B{number}", placed_at=now()) for number in range(60))
    assert _queries(owner_client) == before


def _queries(client) -> int:
    with CaptureQueriesContext(connection) as asked:
        client.get("/orders/?view=all")
    return len(asked)
