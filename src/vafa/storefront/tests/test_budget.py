"""What a page of the shop window may cost: five questions to the database, whichever page it is."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from vafa.catalog.actions.options import ValueTerms
from vafa.catalog.models import Product
from vafa.catalog.tests import make as goods
from vafa.checkout.models import BasketLine
from vafa.checkout.tests import make
from vafa.kit import clock
from vafa.shop.actions import save_settings
from vafa.storefront.tests.test_checkout import order, to_pay

pytestmark = pytest.mark.django_db
MOST_QUERIES = 5
PAGES = [
    "/shop/",
    "/shop/c/books/",
    "/shop/search/?q=hafez",
    "/shop/p/divan/",
    "/shop/p/divan/opinions/",
    "/shop/compare/?p=divan",
    "/shop/basket/",
    "/shop/checkout/",
    "/shop/checkout/delivery/",
    "/shop/checkout/pay/",
    "/shop/info/delivery/",
    "/shop/info/returns/",
    "/shop/info/guarantees/",
    "/my/",
]


@pytest.fixture(autouse=True)
def shop(db, settings, tmp_path):
    settings.HOME = tmp_path
    make.a_window(until=clock.now())
    save_settings(default_language="en", languages=["en", "fa", "ar"])


def questions(client: Client, path: str) -> int:
    """How many the page asks once what is remembered has been read."""
    client.get(path)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    return len(asked)


@pytest.fixture
def paying(client: Client) -> Callable[[], str]:
    """A visitor who has chosen his place and is about to pay."""
    client.post("/shop/place/", {"to": "Shiraz"})
    return lambda: to_pay(client)


def test_no_page_on_the_way_to_an_order_asks_more_than_five_questions(client, paying):
    paying()
    assert {path: asked for path in PAGES if (asked := questions(client, path)) > MOST_QUERIES} == {}


def test_nor_does_the_page_of_a_product_that_tells_search_engines_the_time_to_the_shops_own_city(client):
    save_settings(city="Shiraz")
    assert questions(client, "/shop/p/divan/") <= MOST_QUERIES


def test_the_page_that_confirms_an_order_asks_no_more(client, paying):
    confirmed = order(client, paying()).redirect_chain[-1][0]
    assert questions(client, confirmed) <= MOST_QUERIES


def test_nor_does_it_for_who_has_ordered_before(client, paying):
    order(client, paying())
    paying()
    assert {path: asked for path in PAGES if (asked := questions(client, path)) > MOST_QUERIES} == {}


def test_nor_do_the_pages_of_what_is_made_of_articles(client, paying):
    goods.book("skin", None, title={"en": "Goatskin"}, pieces=5)
    leather = ValueTerms({"en": "Leather"}, parts={"skin-1": 2})
    goods.option(Product.objects.get(code="divan"), "Cover", ValueTerms({"en": "Cloth"}), leather, needed=True)
    order(client, paying())
    paying()
    client.post("/shop/basket/put/", {"sku": "divan-1", "o.o1": "v2", "key": "leather"})
    assert BasketLine.objects.filter(made__counted={"skin-1": 2}).count() == 1
    paths = [*PAGES, "/shop/p/divan/?o.o1=v2"]
    assert {path: asked for path in paths if (asked := questions(client, path)) > MOST_QUERIES} == {}


def test_the_parts_of_a_product_are_looked_up_with_its_articles(client):
    goods.book("skin", None, title={"en": "Goatskin"}, pieces=5)
    before = questions(client, "/shop/p/divan/")
    leather = ValueTerms({"en": "Leather"}, parts={"skin-1": 2})
    goods.option(Product.objects.get(code="divan"), "Cover", ValueTerms({"en": "Cloth"}), leather, needed=True)
    assert questions(client, "/shop/p/divan/?o.o1=v2") == before


def test_the_customers_own_order_asks_ten_at_most(client, paying):
    confirmed = order(client, paying()).content.decode()
    (own, *_same) = re.findall(r'href="(/order/[^"/]+/)"', confirmed)
    assert questions(client, own) <= 10
