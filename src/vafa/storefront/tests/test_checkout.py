"""The way from the shelf to the order, as a browser without JavaScript walks it."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from vafa.catalog.models import Stock
from vafa.checkout.models import Basket, Purchase
from vafa.checkout.tests import make
from vafa.kit import clock
from vafa.messages.models import Message
from vafa.orders.models import Order
from vafa.orders.queries import recipient_of
from vafa.shop.actions import save_settings

ADDRESS = {
    "name": "Narges Karimi", "phone": "۰۹۱۲ ۱۲۳ ۴۵۶۷", "country": "IR", "city": "Shiraz", "street": "Zand 12",
    "postal_code": "۷۱۹۳۶-۵۳۴۷۱",
}  # fmt: skip

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def shop(db, settings, tmp_path):
    settings.HOME = tmp_path
    make.a_window(until=clock.now())
    save_settings(default_language="en", languages=["en", "fa", "ar"])


def text(response) -> str:
    return response.content.decode()


def to_pay(client: Client, **address: str) -> str:
    """A basket with one book, all said; what the last page asks to agree to."""
    client.post("/shop/basket/put/", {"sku": "divan-1"})
    client.post("/shop/checkout/", {**ADDRESS, **address})
    client.post("/shop/checkout/delivery/", {"option": "standard"})
    return re.search(r'name="agreed" value="([^"]+)"', text(client.get("/shop/checkout/pay/")))[1]


def order(client: Client, agreed: str):
    return client.post("/shop/checkout/pay/", {"way": "cash", "agreed": agreed}, follow=True)


def test_from_the_shelf_to_a_confirmed_order(client):
    page = order(client, to_pay(client))
    placed = Purchase.objects.get()
    assert page.redirect_chain[-1][0].startswith("/shop/checkout/done/")
    assert placed.number in text(page)
    assert "With you by" in text(page)
    assert "Please keep the page of your order" in text(page)  # no gateway is there that could tell him
    assert "on its way to you" not in text(page)
    assert recipient_of(Order.objects.get(number=placed.number)).phone == "+989121234567"
    assert "vafa_basket" not in {name for name, cookie in page.cookies.items() if cookie.value}
    assert Message.objects.get().context["order"] == placed.number


def test_ordering_twice_is_one_order(client):
    agreed = to_pay(client)
    cookie = client.cookies["vafa_basket"].value
    first = order(client, agreed)
    client.cookies["vafa_basket"] = cookie
    again = order(client, agreed)
    assert (text(first).count(Purchase.objects.get().number), again.status_code) == (1, 200)
    assert Stock.objects.get(variant__sku="divan-1").reserved == 1


def test_the_basket_says_how_long_its_price_holds_and_what_it_costs(client):
    client.post("/shop/place/", {"to": "Shiraz"})
    client.post("/shop/basket/put/", {"sku": "divan-1"})
    page = text(client.get("/shop/basket/"))
    assert "This price is promised to you until" in page
    assert "With you by" in page
    assert "560,000" in page


def test_a_basket_page_asks_few_questions(client, django_assert_max_num_queries):
    client.post("/shop/place/", {"to": "Shiraz"})
    client.post("/shop/basket/put/", {"sku": "divan-1"})
    client.get("/shop/basket/")
    with django_assert_max_num_queries(6):
        client.get("/shop/basket/")


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"postal_code": "1234567890"}, "postal code of that country looks like"),
        ({"postal_code": ""}, "without a postal code"),
        ({"phone": "02188776655"}, "not a mobile number"),
        ({"phone": "", "email": ""}, "mobile number or an e-mail"),
        ({"email": "nobody@"}, "not an e-mail"),
    ],
)
def test_an_address_that_cannot_be_is_refused_where_it_stands(client, wrong, field):
    client.post("/shop/basket/put/", {"sku": "divan-1"})
    page = client.post("/shop/checkout/", {**ADDRESS, **wrong})
    assert page.status_code == 422
    assert field in text(page)
    assert 'value="Narges Karimi"' in text(page)
    assert Basket.objects.get().said == {}


@pytest.mark.parametrize(
    ("country", "written", "optional", "shown"),
    [
        ("IR", "", False, "Like 1193653471."),
        ("IR", "12", False, "A postal code of that country looks like"),
        ("IR", "۷۱۹۳۶-۵۳۴۷۱", False, 'value="۷۱۹۳۶-۵۳۴۷۱"'),
        ("KW", "", True, "Like 13001."),
        ("KW", "13001", True, 'value="13001"'),
        ("AE", "", True, "Letters there carry none."),
        ("XX", "", True, "Some countries need it"),
    ],
)
def test_the_postal_code_follows_the_country_before_the_page_is_sent(client, country, written, optional, shown):
    field = text(client.post("/shop/checkout/postal/", {"country": country, "postal_code": written}))
    assert (shown in field, "(optional)" in field, 'id="postal"' in field) == (True, optional, True)
    assert ("looks like" in field) == (written == "12")
    assert "without a postal code" not in field  # nobody is blamed for what he has not written yet


def test_a_date_or_cost_that_changed_is_shown_and_asked_again(client):
    to_pay(client)
    page = order(client, "1/1/standard/2026-01-01")
    assert page.status_code == 409
    assert "has changed meanwhile" in text(page)
    assert (Purchase.objects.count(), Stock.objects.get(variant__sku="divan-1").reserved) == (0, 0)


@pytest.mark.parametrize("page", ["/shop/checkout/", "/shop/checkout/delivery/", "/shop/checkout/pay/"])
def test_without_a_basket_the_checkout_leads_to_it(client, page):
    assert client.get(page)["Location"] == "/shop/basket/"
    assert "Your basket is empty" in text(client.get("/shop/basket/"))


def test_nobody_guesses_the_page_of_a_purchase(client):
    order(client, to_pay(client))
    assert Client().get(f"/shop/checkout/done/{Purchase.objects.get().public_id}/").status_code == 404
    assert Client().get("/shop/checkout/done/nonsense/").status_code == 404
