"""The list for Google: true, the same XML whatever words stand in it, and never whole in memory."""

from __future__ import annotations

import gzip
from datetime import timedelta
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from asgiref.sync import async_to_sync
from django.db import connection
from django.test import AsyncClient
from django.test.utils import CaptureQueriesContext

from vafa.catalog.actions import ProductRow, StockRow, record_products, reserve, set_stock
from vafa.catalog.models import Product
from vafa.catalog.queries import wares
from vafa.catalog.tests import make
from vafa.catalog.tests.make import AT, VariantRow
from vafa.shop.actions import save_settings

pytestmark = pytest.mark.django_db
ADDRESS = "/feeds/google.xml"
G = "{http://base.google.com/ns/1.0}"


@pytest.fixture(autouse=True)
def window(db, settings, tmp_path):
    settings.HOME, settings.PUBLIC_URL = tmp_path, "https://shop.example"
    save_settings(name="Books & more", default_language="en", languages=["en", "fa", "ar"])
    make.shelves()


def body(response):
    return b"".join(response.streaming_content)


def items(content):
    root = ElementTree.fromstring(content)
    return [{each.tag.removeprefix(G): each.text for each in item} for item in root.iter("item")]


def many(count, first=0):
    rows = [
        ProductRow(code=f"b{number}", category="novels", title={"en": f"Book {number}"},
                   variants=[VariantRow(f"b{number}-1", 1000 + number, "IRR")])
        for number in range(first, first + count)
    ]  # fmt: skip
    record_products(rows, made_by="test", at=AT)


def test_every_article_is_an_item(client):
    make.book("divan", price=560_000, description={"en": "Poems of </item> love & wine\u0001"})
    variants = [
        VariantRow("hard", 990, "EUR", {"binding": "hard"}),
        VariantRow("soft", 500, "EUR", {"binding": "soft"}),
    ]
    make.book("novel", title={"en": "A <b>novel</b>"}, brand="", variants=variants, pieces=0)
    make.book("priceless", price=None)
    make.book("hidden")
    Product.objects.filter(code="hidden").update(public=False)
    content = body(client.get(ADDRESS))
    assert ElementTree.fromstring(content).findtext("channel/title") == "Books & more"
    divan, hard, soft = items(content)
    assert divan == {
        "id": "divan-1",
        "title": "Divan of Hafez",
        "description": "Poems of </item> love & wine",
        "link": "https://shop.example/shop/p/divan/?v=divan-1",
        "price": "560000 IRR",
        "availability": "in_stock",
        "condition": "new",
        "brand": "Hafez",
        "product_type": "Poetry",
    }
    assert (hard["id"], hard["item_group_id"], hard["title"]) == ("hard", "novel", "A <b>novel</b>, hard")
    assert (hard["price"], hard["availability"], "brand" in hard) == ("9.90 EUR", "out_of_stock", False)
    assert (soft["item_group_id"], soft["link"]) == ("novel", "https://shop.example/shop/p/novel/?v=soft")


def test_it_is_in_the_shops_first_language(client):
    make.book("divan")
    save_settings(default_language="fa")
    assert items(body(client.get(ADDRESS)))[0]["title"] == "دیوان حافظ"


def test_what_has_not_changed_is_not_sent_again(client):
    make.book("divan", pieces=3)

    def etag():
        return client.get(ADDRESS).headers["ETag"]

    first = etag()
    again = client.get(ADDRESS, headers={"If-None-Match": first})
    assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", first)
    seen = [first]
    reserve({"divan-1": 1}, at=AT)
    assert etag() == first  # two are there
    for change in (
        lambda: reserve({"divan-1": 2}, at=AT),
        lambda: set_stock([StockRow("divan-1", 9)], at=AT),
        lambda: make.book("divan", price=4_000_000, pieces=0),
        lambda: make.book("golestan"),
        lambda: record_products(
            [ProductRow("divan", "poetry", {"en": "Other"}, [])], made_by="t", at=AT + timedelta(1)
        ),
        lambda: Product.objects.filter(code="golestan").update(public=False),
        lambda: save_settings(name="Another"),
    ):
        change()
        seen.append(etag())
    assert all(before != after for before, after in pairwise(seen))
    assert seen.count(first) == 2  # some are there again: it is the same list


def test_it_is_packed_for_who_can_unpack_it(client):
    many(20)
    packed = client.get(ADDRESS, headers={"Accept-Encoding": "gzip, br"})
    plain = client.get(ADDRESS)
    assert (packed.headers["Content-Encoding"], "Content-Encoding" in plain.headers) == ("gzip", False)
    assert packed.headers["Vary"].startswith("Accept-Encoding") or "Accept-Encoding" in packed.headers["Vary"]
    assert packed.headers["ETag"] != plain.headers["ETag"]
    assert gzip.decompress(body(packed)) == body(plain)


def test_questions_grow_by_the_portion_and_one_portion_is_read_at_a_time(client, monkeypatch):
    monkeypatch.setattr(wares, "PORTION", 10)
    many(30)

    def questions():
        with CaptureQueriesContext(
            connection,
        ) as asked:
            found = len(items(body(client.get(ADDRESS))))
        return found, len(asked)

    (few, before), _more = questions(), many(70, first=30)
    all_of_them, after = questions()
    assert (few, all_of_them) == (30, 100)
    assert after - before == 7 * 4  # four a portion
    with CaptureQueriesContext(connection) as asked:
        portions = iter(client.get(ADDRESS).streaming_content)
        next(portions)
        started = len(asked)
        next(portions)
        assert len(asked) - started == 4  # the other nine are still in the database


@pytest.mark.django_db(transaction=True)
def test_it_leaves_portion_by_portion_under_the_server_too(monkeypatch):
    monkeypatch.setattr(wares, "PORTION", 10)
    many(25)

    async def portions_of():
        response = await AsyncClient().get(ADDRESS)
        return [portion async for portion in response.streaming_content]

    portions = async_to_sync(portions_of)()
    assert [portion.count(b"<item>") for portion in portions] == [0, 10, 10, 5, 0]
    assert len(items(b"".join(portions))) == 25


@pytest.mark.usefixtures("window_stands")
def test_who_asks_too_often_waits(client):
    statuses = [client.head(ADDRESS).status_code for _time in range(13)]
    assert statuses == [200] * 12 + [429]
