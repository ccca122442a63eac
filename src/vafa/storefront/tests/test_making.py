"""A product that is made as its customer chooses, in a browser without scripts."""

from __future__ import annotations

import re

import pytest

from vafa.catalog.actions.indexing import rebuild_index
from vafa.catalog.actions.options import ValueTerms
from vafa.catalog.models import Product, Stock
from vafa.catalog.tests import make
from vafa.checkout.models import BasketLine
from vafa.checkout.tests.make import a_window
from vafa.kit.clock import now

pytestmark = pytest.mark.django_db
PAGE = "/shop/p/bookcase/"


@pytest.fixture(autouse=True)
def window(db, settings, tmp_path):
    settings.HOME = tmp_path
    a_window(until=now())
    make.a_bookcase()


def words(page) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))


def page_of(client, **chosen):
    said = {"v": "bookcase-1", **{f"o.{option}": value for option, value in chosen.items()}}
    return client.get(PAGE, said if chosen else {}, headers={"accept-language": "en"})


def test_what_is_chosen_from_the_start_costs_what_the_shelf_says(client):
    page = page_of(client).content.decode()
    assert re.findall(r'name="(o\.\w+)" value="(\w*)" checked', page) == [
        ("o.o1", "v1"), ("o.o2", "v1"), ("o.o3", ""), ("o.o4", ""),
    ]  # fmt: skip
    assert "Add to basket" in page


def test_a_shelf_says_the_lowest_price_where_a_choice_may_cost_more(client):
    rebuild_index()
    shelf = client.get("/shop/c/books/", headers={"accept-language": "en"}).content.decode()
    prices = dict(re.findall(r'<h[23]><a href="/shop/p/(\w+)/">.*?class="ware-price">([^<]+)<', shelf, re.DOTALL))
    assert prices["bookcase"].startswith("from ")
    assert not prices["divan"].startswith("from ")


def test_price_and_days_of_a_choice_are_told_in_one_look(client):
    said = words(page_of(client, o1="v2", o2="v2", o3="v1"))
    assert "14,900,000" in said
    assert "Made for you in 6 working days" in said


def test_why_it_does_not_go_together_stands_beside_it_with_what_would(client):
    response = page_of(client, o1="v2", o2="v1", o3="v1")
    page, said = response.content.decode(), words(response)
    assert "“Glass” needs “Oak”. Pine would bend under it." in said
    assert re.findall(r'class="btn btn-quiet btn-sm" href="([^"]+)">([^<]+)', page) == [
        ("?v=bookcase-1&amp;o.o1=v2&amp;o.o2=v1&amp;o.o3=&amp;o.o4=", "Without “Glass”"),
        ("?v=bookcase-1&amp;o.o1=v2&amp;o.o2=v2&amp;o.o3=v1&amp;o.o4=", "Wood: Oak"),
    ]
    assert "Add to basket" not in said
    assert "Show price and date" in said


def test_what_is_put_in_is_what_was_chosen_and_the_basket_says_so(client):
    sent = {"sku": "bookcase-1", "product": "bookcase", "o.o1": "v2", "o.o2": "v2", "o.o3": "v1", "o.o4": ""}
    assert client.post("/shop/basket/put/", sent).headers["Location"] == "/shop/basket/"
    assert BasketLine.objects.get().made["chosen"] == {"o1": "v2", "o2": "v2", "o3": "v1"}
    page = client.get("/shop/basket/", headers={"accept-language": "en"})
    assert "Size: Large , Wood: Oak , Doors: Glass" in words(page)
    made = re.search(r'name="made" value="(\w+)"', page.content.decode())[1]
    client.post("/shop/basket/change/", {"sku": "bookcase-1", "made": made, "pieces": "0"})
    assert not BasketLine.objects.exists()


def test_what_cannot_be_put_in_leads_back_to_where_the_reason_stands(client):
    sent = {"sku": "bookcase-1", "product": "bookcase", "o.o1": "v1", "o.o2": "v1", "o.o3": "v1"}
    back = client.post("/shop/basket/put/", sent).headers["Location"]
    assert back == "/shop/p/bookcase/?v=bookcase-1&o.o1=v1&o.o2=v1&o.o3=v1"
    assert client.post("/shop/basket/put/", {**sent, "o.o3": "", "look": "1"}).headers["Location"] == (
        "/shop/p/bookcase/?v=bookcase-1&o.o1=v1&o.o2=v1"
    )
    assert not BasketLine.objects.exists()


@pytest.mark.parametrize("said", [{"o.o1": "nonsense"}, {"o.o9": "v1"}, {"o.": ""}, {"o.\x00": "\x00"}])
def test_nonsense_is_answered_by_a_page(client, said):
    assert client.get(PAGE, said).status_code == 200
    assert client.post("/shop/basket/put/", {"sku": "bookcase-1", "product": "bookcase", **said}).status_code == 302
    assert not BasketLine.objects.exists()


def test_the_page_asks_no_more_of_the_database_than_any_other(client, django_assert_max_num_queries):
    client.post("/shop/place/", {"to": "Shiraz"})
    page_of(client, o1="v2", o2="v2", o3="v1")
    with django_assert_max_num_queries(5):
        page = page_of(client, o1="v2", o2="v2", o3="v1")
    assert "Ways of delivery" in words(page)


def with_plate() -> None:
    product = Product.objects.get(code="bookcase")
    make.option(product, "Plate", ValueTerms({"en": "Brass"}, words_most=12, words_needed=True))


SENT = {"sku": "bookcase-1", "product": "bookcase", "o.o1": "v1", "o.o2": "v1", "o.o5": "v1"}


def test_what_the_customer_writes_is_put_in_and_shown_as_he_wrote_it(client):
    with_plate()
    sent = {**SENT, "w.o5.v1": "<b>سارا</b>"}
    assert client.post("/shop/basket/put/", sent).headers["Location"] == "/shop/basket/"
    assert BasketLine.objects.get().made["inscriptions"] == {"o5": "<b>سارا</b>"}
    page = client.get("/shop/basket/", headers={"accept-language": "en"}).content.decode()
    assert "Plate: Brass</bdi> “<bdi>&lt;b&gt;سارا&lt;/b&gt;</bdi>”" in page


@pytest.mark.parametrize(("words", "told"), [
    ("", "Please write what shall stand there."),
    ("far too long a dedication", "Only 12 characters fit."),
    ("a\tb", "There are characters in it that cannot be written, such as tabs or ends of lines."),
])  # fmt: skip
def test_words_that_cannot_be_made_stay_in_the_form_with_the_reason_and_never_in_an_address(client, words, told):
    with_plate()
    response = client.post("/shop/basket/put/", {**SENT, "w.o5.v1": words}, headers={"accept-language": "en"})
    page = response.content.decode()
    assert response.status_code == 422
    assert told in page
    assert f'name="w.o5.v1" value="{words}"' in page
    assert not BasketLine.objects.exists()
    looked = client.post("/shop/basket/put/", {**SENT, "o.o3": "v1", "w.o5.v1": "For Sara", "look": "1"})
    links = re.findall(r'href="([^"]*o\.o5[^"]*)"', looked.content.decode())
    assert links
    assert all(link.startswith("/shop/p/bookcase/?v=bookcase-1&amp;") and "Sara" not in link for link in links)


def test_words_in_an_address_are_not_read(client):
    with_plate()
    page = client.get(PAGE, {"o.o1": "v1", "o.o2": "v1", "o.o5": "v1", "w.o5.v1": "Sara"}).content.decode()
    assert 'value="Sara"' not in page


def test_a_choice_of_which_a_part_is_used_up_cannot_be_had_and_another_can(client, django_assert_max_num_queries):
    make.book("hide", None, pieces=1)
    make.option(Product.objects.get(code="bookcase"), "Seat", ValueTerms({"en": "Leather"}, parts={"hide-1": 1}))
    client.post("/shop/place/", {"to": "Shiraz"})
    page_of(client, o1="v1", o2="v1", o5="v1")
    with django_assert_max_num_queries(6):  # one for the parts
        page = words(page_of(client, o1="v1", o2="v1", o5="v1"))
    assert "1 in stock." in page
    Stock.objects.filter(variant__sku="hide-1").update(reserved=1)
    page = words(page_of(client, o1="v1", o2="v1", o5="v1"))
    assert "What goes into it is used up. Another choice can still be had." in page
    assert "Add to basket" not in page
    assert "Add to basket" in words(page_of(client, o1="v1", o2="v1"))
