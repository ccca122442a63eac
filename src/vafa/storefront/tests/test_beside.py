"""What stands beside a product: what goes with it, what is bought with it, what is like it."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from vafa.catalog.actions.beside import choose_beside
from vafa.catalog.actions.indexing import rebuild_index
from vafa.catalog.models import Product
from vafa.catalog.tests import make
from vafa.catalog.tests.make import AT
from vafa.kit.problems import Problem
from vafa.orders.actions import Amounts, Line, Placed, SendTo, place
from vafa.orders.actions.together import count_together
from vafa.orders.models import OrderLine
from vafa.shop.actions import save_settings

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def window(db, settings, tmp_path):
    settings.HOME = tmp_path
    save_settings(name="Bookshop", default_language="en", languages=["en", "fa"])
    make.shelves()
    make.book("divan")
    make.book("golestan", title={"en": "Golestan"}, brand="saadi")
    make.book("bustan", title={"en": "Bustan"}, brand="saadi")
    make.book("novel", title={"en": "A novel"}, category="novels", brand="")
    make.book("phone", title={"en": "A phone"}, category="phones", brand="")
    rebuild_index()


def order(number: int, *products: str, at=AT) -> None:
    lines = [Line(f"{code}-1", {"en": code}, 1, 1000, product=code) for code in products]
    place(Placed(str(number), at, lines, Amounts(1000 * len(lines), 0, "IRR"), SendTo("Sara", "IR", email="s@e.org")))


def bought_with(code: str) -> list[tuple[str, int]]:
    return [(each["code"], each["times"]) for each in Product.objects.get(code=code).bought_with]


def sections(page) -> dict[str, list[str]]:
    parts = re.findall(r'<section class="neighbours"><h2>([^<]+)</h2>(.*?)</section>', page.content.decode(), re.DOTALL)
    return {name: re.findall(r'<h3><a href="/shop/p/([^/]+)/">', part) for name, part in parts}


def english(client, path: str):
    return client.get(path, headers={"accept-language": "en"})


def test_what_three_orders_had_together_is_bought_together():
    for number in range(3):
        order(number, "divan", "golestan")
    order(4, "divan", "novel")
    assert count_together(at=AT + timedelta(days=1)) == 2
    assert (bought_with("divan"), bought_with("golestan"), bought_with("novel")) == (
        [("golestan", 3)], [("divan", 3)], [],
    )  # fmt: skip
    assert count_together(at=AT + timedelta(days=1)) == 0


def test_what_was_cancelled_or_is_a_year_old_does_not_count():
    for number in range(3):
        order(number, "divan", "golestan")
    OrderLine.objects.filter(product="golestan", order__number="0").update(cancelled=1)
    assert count_together(at=AT + timedelta(days=1)) == 0
    OrderLine.objects.update(cancelled=0)
    count_together(at=AT + timedelta(days=1))
    assert bought_with("divan") == [("golestan", 3)]
    assert count_together(at=AT + timedelta(days=400)) == 2
    assert bought_with("divan") == []


def test_the_page_shows_what_was_chosen_first_then_what_is_bought_then_what_is_like_it(client):
    for number in range(3):
        order(number, "golestan", "phone")
    count_together(at=AT + timedelta(days=1))
    choose_beside(Product.objects.get(code="golestan"), ["novel"], at=AT)
    assert sections(english(client, "/shop/p/golestan/beside/")) == {
        "Goes with it": ["novel", "phone"], "Like it": ["bustan", "divan"],
    }  # fmt: skip
    Product.objects.filter(code__in=["novel", "bustan"]).update(public=False)
    assert sections(english(client, "/shop/p/golestan/beside/"))["Goes with it"] == ["phone"]


def test_both_lists_put_into_the_basket_by_one_form(client):
    choose_beside(Product.objects.get(code="golestan"), ["novel"], at=AT)
    page = english(client, "/shop/p/golestan/beside/").content.decode()
    assert (len(sections(english(client, "/shop/p/golestan/beside/"))), page.count('<form id="put"')) == (2, 1)


def test_the_product_itself_does_not_wait_for_it(client):
    page = english(client, "/shop/p/golestan/").content.decode()
    assert page.count('"/shop/p/golestan/beside/"') == 2  # for the part, and for who has no JavaScript
    assert 'class="neighbours"' not in page
    assert client.get("/shop/p/nothing/beside/").status_code == 404


def test_a_basket_shows_what_goes_with_what_is_in_it(client):
    choose_beside(Product.objects.get(code="divan"), ["novel", "golestan"], at=AT)
    assert sections(english(client, "/shop/basket/goes-with/")) == {}
    client.post("/shop/basket/put/", {"sku": "divan-1"})
    client.post("/shop/basket/put/", {"sku": "golestan-1"})
    assert sections(english(client, "/shop/basket/goes-with/")) == {"Goes with it": ["novel"]}
    assert 'data-part="/shop/basket/goes-with/"' in english(client, "/shop/basket/").content.decode()


def test_what_goes_with_what_asks_the_database_few_questions(client, django_assert_max_num_queries):
    choose_beside(Product.objects.get(code="divan"), ["novel", "golestan"], at=AT)
    client.post("/shop/basket/put/", {"sku": "divan-1"})
    for path in ("/shop/p/divan/beside/", "/shop/basket/goes-with/"):
        client.get(path)
        with django_assert_max_num_queries(5):
            assert client.get(path).status_code == 200


@pytest.mark.parametrize(
    ("codes", "code"), [(["divan"], "itself"), (["nothing"], "unknown-product"), ([*"abcdefghi"], "too-many")]
)
def test_what_cannot_stand_beside_it_is_refused(codes, code):
    with pytest.raises(Problem) as refused:
        choose_beside(Product.objects.get(code="divan"), codes, at=AT)
    assert refused.value.code == code
    assert Product.objects.get(code="divan").goes_with == []


def test_the_staff_chooses_on_a_page_of_its_own(agent_client):
    page = "/catalogue/products/divan/beside/"
    assert agent_client.post(page, {"codes": "golestan\nnothing"}).status_code == 422
    assert agent_client.post(page, {"codes": "golestan\n\nnovel"}).status_code == 302
    assert Product.objects.get(code="divan").goes_with == ["golestan", "novel"]
    assert "Golestan" in agent_client.get(page).content.decode()
