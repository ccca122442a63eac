"""From an empty installation to a shop that sells: each step by itself, in any order, twice, and with wrong input."""

from __future__ import annotations

from urllib.parse import unquote

import pytest
from django.test import Client

from vafa.accounts.actions import welcome_word
from vafa.catalog.models import Product, Stock, Variant
from vafa.delivery.models import DeliveryOption, PickupPoint
from vafa.opening.models import Opening, Step
from vafa.payments.models import GatewayAccount
from vafa.shop.actions import save_settings
from vafa.shop.queries import the_shop

pytestmark = pytest.mark.django_db
SHOP = {"name": "باغ چای", "languages": ["fa", "en"], "default_language": "fa", "money": "IRR-toman"}
PLACE = {"country": "IR", "city": "شیراز", "zone": ""}
HOURS = {"day_5": "۹:۰۰-۱۷:۰۰", "day_6": "09:00-17:00", "cut_off": "۱۲:۳۰", "keeps_holidays": "on"}
ONE = {"title": "چای لاهیجان", "price": "۲۶۰٬۰۰۰", "pieces": "۲۰"}
WAYS = {"post_on": "on", "post_price": "70000", "post_days": "4", "courier_on": "on", "courier_price": "120000",
        "courier_days": "1", "free_from": "900000"}  # fmt: skip
PAID = {"cash_on": "on", "sandbox_on": "on"}
STEPS = {"shop": SHOP, "place": PLACE, "hours": HOURS, "products": ONE, "delivery": WAYS, "payment": PAID}


def send(client, step: str, **changed):
    return client.post(f"/first-steps/{step}/", {**STEPS[step], **changed})


def test_a_new_owner_is_led_from_step_to_step_until_the_shop_is_open(client):
    sent = {"username": "narges", "password": "a-long-password", "repeated": "a-long-password"}
    assert client.post(f"/welcome/{welcome_word()}/", sent)["Location"] == "/first-steps/"
    for step, following in zip(STEPS, [*list(STEPS)[1:], "open"], strict=True):
        assert client.get("/first-steps/", follow=True).redirect_chain[-1][0] == f"/first-steps/{step}/"
        assert client.get(f"/first-steps/{step}/").status_code == 200
        there = send(client, step)["Location"]
        assert there == (f"/first-steps/{step}/" if step == "products" else f"/first-steps/{following}/")
    shop = the_shop()
    assert (shop.name, shop.currency, shop.shows_toman, shop.zone) == ("باغ چای", "IRR", True, "Asia/Tehran")
    assert (shop.languages, shop.holiday_country, str(shop.cut_off)) == (["fa", "en"], "IR", "12:30:00")
    assert sorted(shop.working_week) == ["5", "6"]
    assert Variant.objects.get().price.amount_minor == 2_600_000
    assert Stock.objects.get().on_hand == 20
    assert dict(DeliveryOption.objects.values_list("code", "price_minor")) == {"post": 700_000, "courier": 1_200_000}
    assert DeliveryOption.objects.get(code="courier").regions == ["شیراز"]
    assert DeliveryOption.objects.get(code="post").free_from_minor == 9_000_000
    assert {row["option"]: row["days"] for row in shop.stated_times} == {"post": 4, "courier": 1}
    assert set(GatewayAccount.objects.values_list("kind", flat=True)) == {"cash", "sandbox"}
    assert client.get("/first-steps/")["Location"] == "/first-steps/open/"
    assert f"/shop/p/{Product.objects.get().code}" in unquote(client.get("/first-steps/open/").content.decode())


@pytest.mark.parametrize("step", STEPS)
def test_a_step_that_is_sent_twice_or_again_after_going_back_is_one(owner_client, step):
    send(owner_client, "place")
    for _click in range(2):
        assert send(owner_client, step).status_code == 302
    assert GatewayAccount.objects.count() in (0, 2)
    assert DeliveryOption.objects.count() in (0, 2)
    assert Opening.objects.count() == 1


WRONG = [
    ("shop", {"name": ""}, "name"),
    ("shop", {"languages": []}, "languages"),
    ("shop", {"default_language": "ar"}, "default_language"),
    ("shop", {"money": "XXQ"}, "money"),
    ("place", {"country": "ZZ"}, "country"),
    ("place", {"city": " "}, "city"),
    ("place", {"zone": "Mars/Base"}, "zone"),
    ("hours", {"day_5": "nine to five"}, "day_5"),
    ("hours", {"day_5": "", "day_6": ""}, "__all__"),
    ("hours", {"cut_off": "later"}, "cut_off"),
    ("products", {"title": ""}, "title"),
    ("products", {"price": "0"}, "price"),
    ("products", {"price": "9" * 40}, "price"),
    ("products", {"pieces": "-1"}, "pieces"),
    ("delivery", {"post_on": "", "courier_on": ""}, "__all__"),
    ("delivery", {"post_price": ""}, "post_price"),
    ("delivery", {"post_days": "soon"}, "post_days"),
    ("delivery", {"pickup_on": "on", "pickup_price": "0", "pickup_days": "1"}, "address"),
    ("payment", {"cash_on": "", "sandbox_on": ""}, "__all__"),
    ("payment", {"transfer_on": "on", "transfer_holder": "Narges"}, "transfer_iban"),
    ("payment", {"zarinpal_on": "on"}, "zarinpal_merchant_id"),
]


@pytest.mark.parametrize(("step", "changed", "field"), WRONG)
def test_wrong_input_is_said_at_its_field_and_changes_nothing(owner_client, step, changed, field):
    send(owner_client, "place")
    before = Opening.objects.values().get()
    answer = send(owner_client, step, **changed)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert Opening.objects.values().get() == before
    assert (Product.objects.count(), DeliveryOption.objects.count(), GatewayAccount.objects.count()) == (0, 0, 0)


def test_the_country_brings_its_zone_and_its_week_until_the_owner_has_said_his_own(owner_client):
    send(owner_client, "place", country="SA", city="Riyadh")
    assert (the_shop().zone, the_shop().holiday_country) == ("Asia/Riyadh", "SA")
    assert sorted(the_shop().working_week) == ["0", "1", "2", "3", "6"]
    send(owner_client, "hours")
    send(owner_client, "place", country="EG", city="Cairo", zone="Asia/Riyadh")  # as the page had filled it in
    assert the_shop().zone == "Africa/Cairo"
    assert sorted(the_shop().working_week) == ["5", "6"]


def test_without_holidays_none_is_kept_and_they_can_be_kept_again(owner_client):
    send(owner_client, "place")
    send(owner_client, "hours", keeps_holidays="")
    assert the_shop().holiday_country == ""
    send(owner_client, "hours")
    assert the_shop().holiday_country == "IR"


def test_a_way_that_is_no_longer_ticked_is_no_longer_offered_and_keeps_what_was_said_of_it(owner_client):
    send(owner_client, "place")
    send(owner_client, "delivery")
    DeliveryOption.objects.filter(code="post").update(most_weight_g=20_000)
    send(owner_client, "delivery", courier_on="", post_price="80000")
    assert DeliveryOption.objects.get(code="courier").active is False
    post = DeliveryOption.objects.get(code="post")
    assert (post.price_minor, post.most_weight_g) == (800_000, 20_000)
    assert [row["option"] for row in the_shop().stated_times] == ["post"]
    assert 'value="۸۰' in owner_client.get("/first-steps/delivery/", headers={"Accept-Language": "fa"}).content.decode()


def test_who_lets_customers_collect_has_a_point_with_his_address_and_hours(owner_client):
    send(owner_client, "place")
    send(owner_client, "delivery", pickup_on="on", pickup_price="0", pickup_days="1", address="زند ۱۲")
    point = PickupPoint.objects.get()
    assert (point.city, point.address, point.option.code) == ("شیراز", {"fa": "زند ۱۲"}, "pickup")
    assert point.week == the_shop().working_week


def test_a_secret_goes_into_no_page(owner_client):
    save_settings(currency="EUR")
    send(owner_client, "payment", stripe_on="on", stripe_secret_key="sk_test_abc")
    assert GatewayAccount.objects.filter(kind="stripe").count() == 1
    assert "sk_test_abc" not in owner_client.get("/first-steps/payment/").content.decode()


def test_two_products_of_one_name_have_two_codes(owner_client):
    send(owner_client, "products")
    send(owner_client, "products", pieces="3")
    assert list(Product.objects.order_by("pk").values_list("code", flat=True)) == ["چای-لاهیجان", "چای-لاهیجان-2"]


def test_what_is_put_off_stands_on_the_home_page_until_it_is_done_or_dismissed(owner_client):
    assert "opening:" not in owner_client.get("/").content.decode()
    send(owner_client, "shop")
    assert owner_client.post("/first-steps/later/place/")["Location"] == "/first-steps/hours/"
    home = owner_client.get("/").content.decode()
    assert all(f'href="/first-steps/{step}/"' in home for step in ("place", "hours", "payment"))
    assert 'href="/first-steps/shop/"' not in home
    assert owner_client.get("/first-steps/")["Location"] == "/first-steps/hours/"
    owner_client.post("/first-steps/dismiss/")
    assert 'href="/first-steps/place/"' not in owner_client.get("/").content.decode()
    assert owner_client.get("/first-steps/place/").status_code == 200
    assert owner_client.post("/first-steps/later/nonsense/").status_code == 404


def test_agents_are_not_bothered(agent_client):
    assert agent_client.get("/first-steps/").status_code == 403
    assert "/first-steps/" not in agent_client.get("/").content.decode()


def test_nobody_is_led_in_a_shop_that_was_there_before(owner_client):
    assert "/first-steps/hours/" not in owner_client.get("/").content.decode()
    assert Opening.objects.count() == 0


@pytest.mark.parametrize("language", ["fa", "ar", "en"])
@pytest.mark.parametrize("step", [*Step.values, "open"])
def test_every_step_is_there_in_every_language(owner_client, step, language):
    page = owner_client.get(f"/first-steps/{step}/", headers={"Accept-Language": language})
    assert page.status_code == 200
    assert f'lang="{language}"' in page.content.decode()


def test_the_pages_of_strangers_stay_closed():
    assert Client().get("/first-steps/shop/")["Location"].startswith("/sign-in/")
