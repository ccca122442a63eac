"""What is there is given away once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connection, transaction

from vafa.catalog.actions import StockRow, StorehouseRow, release, remember_storehouses, reserve, set_stock
from vafa.catalog.models import Stock, Storehouse
from vafa.catalog.queries import cards
from vafa.catalog.tests import make
from vafa.catalog.tests.make import AT
from vafa.engine.history import Place
from vafa.kit.bulk import Recorded
from vafa.kit.problems import Problem
from vafa.shop.actions import remember_places

pytestmark = pytest.mark.django_db


@pytest.fixture
def books(db):
    make.shelves()
    make.book("divan", pieces=5)
    make.book("golestan", pieces=1)


def pieces(code):
    return cards([code])[0].offers[0].pieces


def test_an_order_takes_all_its_pieces_or_none(books):
    with pytest.raises(Problem) as refused, transaction.atomic():
        reserve({"divan-1": 2, "golestan-1": 2}, at=AT)
    assert (refused.value.code, refused.value.about) == ("sold-out", {"skus": "golestan-1"})
    assert (pieces("divan"), pieces("golestan")) == (5, 1)
    reserve({"divan-1": 2, "golestan-1": 1}, at=AT)
    assert (pieces("divan"), pieces("golestan")) == (3, 0)
    release({"divan-1": 2}, at=AT)
    assert pieces("divan") == 5


def test_fewer_than_orders_hold_cannot_be_counted(books):
    reserve({"divan-1": 4}, at=AT)
    with pytest.raises(Problem) as refused:
        set_stock([StockRow("divan-1", 3)], at=AT)
    assert refused.value.code == "below-reserved"
    assert (Stock.objects.get(variant__sku="divan-1").on_hand, pieces("divan")) == (5, 1)


def test_the_database_refuses_to_give_away_what_is_not_there(books):
    with pytest.raises(IntegrityError), transaction.atomic():
        Stock.objects.filter(variant__sku="golestan-1").update(reserved=2)


@pytest.mark.django_db(transaction=True)
def test_twenty_at_once_for_five_pieces_give_five(books):
    def take(_number):
        try:
            with transaction.atomic():
                reserve({"divan-1": 1}, at=AT)
        except Problem as refused:
            return refused.code
        finally:
            connection.close()
        return "taken"

    with ThreadPoolExecutor(8) as pool:
        done = sorted(pool.map(take, range(20)))
    assert done == ["sold-out"] * 15 + ["taken"] * 5
    assert pieces("divan") == 0


def test_a_storehouse_has_a_name_and_a_place_and_may_be_renamed():
    remember_places([Place("14", "Tehran", "Tehran", "IR", 35.7, 51.4)])
    assert remember_storehouses(
        [StorehouseRow("main", {"en": "Shop"}, place="14"), StorehouseRow("hall", {})]
    ) == Recorded(2)
    assert remember_storehouses([StorehouseRow("main", {"en": "The shop"})]) == Recorded(updated=1)
    assert list(Storehouse.objects.order_by("code").values_list("code", "name", "place__code")) == [
        ("hall", {}, None),
        ("main", {"en": "The shop"}, "14"),
    ]


def test_a_storehouse_at_a_place_that_nobody_knows_is_refused():
    with pytest.raises(LookupError, match="nowhere"):
        remember_storehouses([StorehouseRow("main", {}), StorehouseRow("hall", {}, place="nowhere")])
    assert not Storehouse.objects.exists()
