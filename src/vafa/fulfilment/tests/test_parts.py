"""Articles that go into what was made: picked, sent and given back with it."""

from __future__ import annotations

import pytest

from vafa.catalog.actions import StockRow, reserve, set_stock
from vafa.catalog.models import Stock
from vafa.catalog.tests import make as goods
from vafa.catalog.tests.make import AT
from vafa.fulfilment.actions.cancelling import GivenBack, give_back
from vafa.fulfilment.actions.packing import pack
from vafa.fulfilment.actions.shipping import Leaving, send_parcel, take_parcel_back
from vafa.fulfilment.queries.picking import orders_to_pick, walks_for
from vafa.fulfilment.tests.make import BY
from vafa.kit.clock import now
from vafa.orders.actions import Line
from vafa.orders.models import Order
from vafa.orders.tests.make import an_order
from vafa.shop.actions import save_settings

pytestmark = pytest.mark.django_db


@pytest.fixture
def order(db) -> Order:
    """Three copies: one bound in cloth, two in leather, which takes two skins each."""
    save_settings(name="Bookshop", default_language="en", languages=["en", "fa"], currency="IRR")
    goods.shelves()
    goods.book("divan", pieces=0)
    goods.book("skin", pieces=0, title={"en": "Goatskin"})
    set_stock([StockRow("divan-1", 10), StockRow("skin-1", 5)], at=AT)
    reserve({"divan-1": 3, "skin-1": 4}, at=AT)
    plain = Line("divan-1", {"en": "Divan"}, 1, 1000)
    leather = Line("divan-1", {"en": "Divan"}, 2, 2000, choices={"option.o1": {"en": "Cover: Leather"}},
                   parts={"skin-1": 2}, counted={"skin-1": 2})  # fmt: skip
    return an_order("V-1", plain, leather)


def shelves() -> list[tuple[int, int]]:
    return list(Stock.objects.order_by("variant__sku").values_list("on_hand", "reserved"))


def test_parts_are_picked_as_articles_of_their_own(order):
    (walk,) = walks_for(orders_to_pick())
    assert [(row.sku, row.pieces, row.title["en"]) for row in walk.articles] == [
        ("divan-1", 1, "Divan"), ("divan-1", 2, "Divan"), ("skin-1", 4, "Goatskin"),
    ]  # fmt: skip


def test_pieces_given_back_give_back_what_would_have_gone_into_them_and_are_of_the_line_that_was_meant(order):
    plain, leather = order.lines.all()
    give_back(order, GivenBack("customer", {leather.pk: 1}), by=BY, at=now())
    assert shelves() == [(10, 2), (5, 2)]
    assert [line.cancelled for line in order.lines.all()] == [0, 1]
    give_back(order, GivenBack("customer", {plain.pk: 1}), by=BY, at=now())
    assert shelves() == [(10, 1), (5, 2)]


def test_a_parcel_takes_the_parts_of_what_is_in_it_and_brings_them_back(order):
    _plain, leather = order.lines.all()
    parcel = pack(order, {leather.pk: 2}, by=BY, at=now())
    send_parcel(parcel, Leaving(), by=BY, at=now())
    assert shelves() == [(8, 1), (1, 0)]
    take_parcel_back(parcel, by=BY, at=now())
    assert shelves() == [(10, 3), (5, 4)]
