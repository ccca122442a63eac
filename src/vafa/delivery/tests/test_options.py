from datetime import time

import pytest
from django.urls import reverse

from vafa.catalog.tests import make as goods
from vafa.delivery.actions.quotes import make_quote
from vafa.delivery.models import DeliveryOption
from vafa.delivery.queries.unpriced import unpriced
from vafa.delivery.questions import Asked
from vafa.delivery.tests import make
from vafa.delivery.tests.make import NOW
from vafa.shop.actions import stamp_shop

pytestmark = pytest.mark.django_db
TERMS = {
    "code": "post", "name_en": "Post", "delivery_weekdays": [5, 6, 0], "cut_off": "", "minimum_days": 2,
    "regions": "Fars\nTehran", "price": "۴۵۰۰۰", "position": 1, "active": "on",
}  # fmt: skip


def text(response) -> str:
    return response.content.decode()


def test_an_owner_describes_a_way_of_delivery(owner_client):
    make.a_shop()
    assert owner_client.post(reverse("delivery:new-option"), TERMS).status_code == 302
    option = DeliveryOption.objects.get()
    assert (option.code, option.name, option.delivery_weekdays) == ("post", {"en": "Post"}, [0, 5, 6])
    assert (option.regions, option.minimum_days) == (["Fars", "Tehran"], 2)


@pytest.mark.parametrize(("shows_toman", "rials", "unit"), [(True, 450_000, "toman"), (False, 45_000, "rial")])
def test_a_price_is_typed_in_the_unit_in_which_the_shop_shows_money(owner_client, shows_toman, rials, unit):
    make.a_shop(shows_toman=shows_toman)
    owner_client.post(reverse("delivery:new-option"), TERMS)
    assert DeliveryOption.objects.get().price_minor == rials
    page = owner_client.get(reverse("delivery:option", args=["post"])).content.decode()
    assert f"Price in {unit}" in page
    assert 'value="45000"' in page


def test_an_option_is_changed_but_keeps_its_code(owner_client):
    make.a_shop()
    DeliveryOption.objects.create(code="post")
    owner_client.post(reverse("delivery:option", args=["post"]), {**TERMS, "code": "other"})
    assert DeliveryOption.objects.get().code == "post"
    assert "Post" in owner_client.get(reverse("delivery:options")).content.decode()


def test_an_option_that_never_delivers_is_refused(owner_client):
    response = owner_client.post(reverse("delivery:new-option"), {**TERMS, "delivery_weekdays": []})
    assert response.status_code == 422
    assert not DeliveryOption.objects.exists()


def test_an_agent_reads_options_and_changes_none(agent_client):
    assert agent_client.get(reverse("delivery:options")).status_code == 200
    assert agent_client.post(reverse("delivery:new-option"), TERMS).status_code == 403
    assert not DeliveryOption.objects.exists()


def test_a_least_lead_counts_from_the_day_on_which_the_order_counts():
    make.a_shop(working_week={str(day): [["08:00", "20:00"]] for day in range(7)})
    make.orders(60)
    option = DeliveryOption.objects.create(code="post", minimum_days=9, cut_off=time(18))
    in_time = make_quote(Asked(to="Shiraz"), at=NOW).answers[0]["days"]
    DeliveryOption.objects.filter(pk=option.pk).update(cut_off=time(9))  # it is 11:30 in Tehran
    stamp_shop()
    assert make_quote(Asked(to="Shiraz"), at=NOW).answers[0]["days"] == in_time + 1


def test_a_shop_that_sells_is_told_where_it_acts_which_ways_nobody_can_choose(owner_client, agent_client):
    make.a_shop()
    pages = ["/", reverse("delivery:options")]
    goods.shelves()
    for page in pages:  # nothing is sold here: orders come from elsewhere
        assert "State the price" not in text(owner_client.get(page))
    goods.book("divan", price=5_600_000, pieces=0)
    for page in pages:
        shown = text(owner_client.get(page))
        assert "Nobody can order yet: no way of delivery has a price" in shown
        assert f'href="{reverse("delivery:new-option")}">State the price' in shown
        assert "Nobody can order yet" in text(agent_client.get(page))
        assert "State the price" not in text(agent_client.get(page))  # not his to state
    post = DeliveryOption.objects.create(code="post", name={"en": "Post"}, price_minor=0)
    fetch = DeliveryOption.objects.create(code="fetch", name={"en": "Fetch"})
    stamp_shop()
    for page in pages:
        shown = text(owner_client.get(page))
        assert "Ways of delivery without a price" in shown
        assert f'href="{reverse("delivery:option", args=["fetch"])}">State the price' in shown
    fetch.prices.create(places=["Fars"], price_minor=20_000)
    stamp_shop()
    assert (unpriced(), post.price_minor) == (None, 0)
