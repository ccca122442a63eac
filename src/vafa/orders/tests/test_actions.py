from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from vafa.engine.history import Place
from vafa.orders.actions import (
    OrderRow,
    Recorded,
    ReviewRow,
    SellerRow,
    record_orders,
    record_reviews,
    remember_sellers,
)
from vafa.orders.models import Order, Review, Seller
from vafa.shop.actions import remember_places

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def shiraz() -> str:
    remember_places([Place("71", "Shiraz", "Fars", "IR")])
    remember_sellers([SellerRow("books", "Books", place="71")])
    return "71"


def row(number: str, **said: object) -> OrderRow:
    return OrderRow(number, **{"placed_at": NOON, "price_minor": 500, "currency": "IRR", **said})


def test_new_orders_are_inserted_with_place_and_seller(shiraz):
    done = record_orders([row("A1", place="71", seller="books"), row("A2")])
    assert done == Recorded(created=2)
    order = Order.objects.get(number="A1")
    assert (order.place.city, order.seller.name, order.price_minor) == ("Shiraz", "Books", 500)


def test_the_same_rows_again_change_nothing(shiraz):
    rows = [row("A1", place="71", seller="books", weight_g=120.5), row("A2")]
    record_orders(rows)
    before = list(Order.objects.order_by("pk").values())
    assert record_orders(rows) == Recorded(unchanged=2)
    assert list(Order.objects.order_by("pk").values()) == before


def test_only_what_differs_is_updated_and_the_public_id_stays():
    record_orders([row("A1"), row("A2")])
    public = Order.objects.get(number="A1").public_id
    assert record_orders([row("A1", price_minor=600), row("A2")]) == Recorded(updated=1, unchanged=1)
    order = Order.objects.get(number="A1")
    assert (order.price_minor, order.public_id) == (600, public)


def test_what_a_row_does_not_say_stays():
    record_orders([row("A1", option="express", cancelled=True, items=3)])
    assert record_orders([row("A1", price_minor=None, currency="")]) == Recorded(unchanged=1)
    order = Order.objects.get()
    assert (order.option, order.cancelled, order.items, order.price_minor) == ("express", True, 3, 500)


def test_a_cancellation_can_be_taken_back():
    record_orders([row("A1", cancelled=True)])
    assert record_orders([row("A1", cancelled=False)]) == Recorded(updated=1)
    assert not Order.objects.get().cancelled


def test_a_number_twice_in_one_batch_is_one_order_and_the_last_word_counts():
    assert record_orders([row("A1"), row("A1", price_minor=700)]) == Recorded(created=1, updated=1)
    assert Order.objects.get().price_minor == 700


def test_an_unknown_place_or_seller_refuses_the_whole_batch(shiraz):
    for wrong in (row("A2", place="99"), row("A2", seller="nobody")):
        with pytest.raises(LookupError):
            record_orders([row("A1"), wrong])
    assert Order.objects.count() == 0


def test_a_seller_is_remembered_once_and_can_move(shiraz):
    remember_places([Place("11", "Tehran")])
    assert remember_sellers([SellerRow("books", place="11")]) == Recorded(updated=1)
    assert remember_sellers([SellerRow("books")]) == Recorded(unchanged=1)
    assert Seller.objects.get().place.city == "Tehran"


def test_one_review_an_order_and_the_newest_stays():
    record_orders([row("A1")])
    record_reviews([ReviewRow("A1", 2, NOON)])
    assert record_reviews([ReviewRow("A1", 5, NOON + timedelta(days=1))]) == Recorded(updated=1)
    assert record_reviews([ReviewRow("A1", 5)]) == Recorded(unchanged=1)
    assert Review.objects.get().stars == 5


def test_recording_takes_few_queries_however_many_rows(django_assert_max_num_queries):
    rows = [row(f"A{number}") for number in range(200)]
    with django_assert_max_num_queries(8):
        record_orders(rows)
    with django_assert_max_num_queries(8):
        record_orders(rows)
