"""Where a visitor wants it: known places in any spelling, slips of the pen, and places that nobody knows."""

from __future__ import annotations

import pytest

from vafa.checkout.models import Basket
from vafa.checkout.tests import make
from vafa.kit import clock
from vafa.shop.actions import save_settings

pytestmark = pytest.mark.django_db
ELSEWHERE = {"place": "", "option": "", "seller": "", "days": 6}
UNKNOWN = "We do not know <bdi>Nowhereville</bdi> and have sent nothing there yet."
ADDRESS = {
    "name": "Narges Karimi", "phone": "09121234567", "country": "IR", "city": "Nowhereville", "street": "Zand 12",
    "postal_code": "7193653471",
}  # fmt: skip


@pytest.fixture(autouse=True)
def shop(db, settings, tmp_path):
    settings.HOME = tmp_path
    make.a_window(until=clock.now())
    save_settings(default_language="en", languages=["en", "fa", "ar"])


def text(response) -> str:
    return response.content.decode()


def choose(client, to: str, **more: str):
    return client.post("/shop/place/", {"to": to, "next": "/shop/p/divan/", **more})


@pytest.mark.parametrize(
    ("language", "written", "offered"),
    [
        ("en", "Shirazz", "Shiraz"),
        ("en", "sihraz", "Shiraz"),
        ("fa", "شیرزا", "شیراز"),
        ("fa", "تهرانن", "تهران"),
        ("ar", "شيرازز", "شيراز"),
        ("ar", "طهراان", "طهران"),
    ],
)
def test_for_a_slip_of_the_pen_the_name_that_is_meant_is_offered_in_the_readers_language(
    client, settings, language, written, offered
):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    refused = choose(client, written)
    assert (refused.status_code, "vafa_place" in client.cookies) == (422, False)
    button = f'value="{refused.context["near"][0]}"'
    assert (button in text(refused), f"{offered}</button>" in text(refused)) == (True, True)
    assert choose(client, refused.context["near"][0]).status_code == 302
    assert f"<bdi>{offered}</bdi>" in text(client.get("/shop/"))


@pytest.mark.parametrize("written", ["شيراز", "شیراز", " SHIRAZ ", "شــیراز"])
def test_a_known_place_is_taken_in_any_spelling_without_a_question(client, written):
    assert choose(client, written).status_code == 302
    assert "Delivered to <bdi>Shiraz</bdi>" in text(client.get("/shop/"))
    assert "(unknown)" not in text(client.get("/shop/p/divan/"))


def test_a_place_that_nobody_knows_is_not_kept_where_nothing_is_stated_for_it(client):
    refused = choose(client, "Nowhereville")
    assert (refused.status_code, "vafa_place" in client.cookies) == (422, False)
    assert "No place is known by this code or name: Nowhereville" in text(refused)


def test_a_place_that_nobody_knows_is_kept_only_after_it_was_said_what_its_dates_are_counted_by(client):
    save_settings(stated_times=[ELSEWHERE])
    asked = choose(client, "Nowhereville")
    assert (asked.status_code, "vafa_place" in client.cookies) == (200, False)
    assert UNKNOWN in text(asked)
    other = choose(client, "Atlantis", sure="Nowhereville")  # what was said was said of another place
    assert (other.status_code, "vafa_place" in client.cookies) == (200, False)
    assert choose(client, "Nowhereville", sure="Nowhereville").status_code == 302
    page = text(client.get("/shop/p/divan/"))
    assert "Delivered to <bdi>Nowhereville</bdi> (unknown)" in page
    assert UNKNOWN in page


def test_the_checkout_offers_the_name_that_is_meant_at_the_field_of_the_city(client):
    client.post("/shop/basket/put/", {"sku": "divan-1"})
    refused = client.post("/shop/checkout/", {**ADDRESS, "city": "Shirazz"})
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["city"])
    assert 'name="city" value="Shiraz"' in text(refused)
    assert 'value="Narges Karimi"' in text(refused)
    assert Basket.objects.get().said == {}
    client.post("/shop/checkout/", {**ADDRESS, "city": ["Shirazz", "Shiraz"]})  # the button of the name, in its form
    assert Basket.objects.get().said["city"] == "Shiraz"


def test_the_checkout_refuses_a_place_for_which_nobody_can_say_a_date(client):
    client.post("/shop/basket/put/", {"sku": "divan-1"})
    refused = client.post("/shop/checkout/", ADDRESS)
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["city"])


def test_the_checkout_says_by_what_dates_are_counted_for_a_place_that_nobody_knows(client):
    save_settings(stated_times=[ELSEWHERE])
    client.post("/shop/basket/put/", {"sku": "divan-1"})
    client.post("/shop/checkout/", ADDRESS)
    assert UNKNOWN in text(client.get("/shop/checkout/delivery/"))
    client.post("/shop/checkout/delivery/", {"option": "standard"})
    assert UNKNOWN in text(client.get("/shop/checkout/pay/"))
