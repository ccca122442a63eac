"""Orders as their customers see them, and that nobody else does."""

from __future__ import annotations

import pytest
from django.test import Client

from vafa.customers.tests.make import sara
from vafa.orders.links import order_word
from vafa.storefront.tests.make import an_order, browser_of, saras_order
from vafa.storefront.urls import ORDER_PAGES, urlpatterns

pytestmark = pytest.mark.django_db


def test_the_link_opens_its_order_and_no_more(client):
    saras_order()
    page = client.get(f"/order/{order_word('V-1')}/")
    assert page.status_code == 200
    assert "V-1" in page.content.decode()
    assert client.get("/my/orders/").status_code == 302


def test_a_forged_link_says_that_it_has_ended(client):
    word = order_word(saras_order().number)
    assert client.get(f"/order/{word[:-1]}x/").status_code == 410


def test_the_list_holds_ones_own_orders_the_newest_first():
    saras_order("V-1")
    an_order("V-2", customer_ref="C-1")
    an_order("V-3", customer_ref="C-2")
    page = browser_of(sara()).get("/my/orders/").content.decode()
    assert page.index("V-2") < page.index("V-1")
    assert "V-3" not in page


@pytest.fixture
def doors():
    """Every address of an order by number and by word, as the URL list has them."""
    saras_order("V-1")
    sara(ref="C-2", contacts=(("email", "other@example.org"),))
    an_order("V-2", customer_ref="C-2")
    return [f"/my/orders/V-1/{end}" for end, _view in ORDER_PAGES.values()]


@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_reaches_anothers_order_by_any_address(doors, owner_client, agent_client, method):
    from vafa.customers.models import Customer

    other = browser_of(Customer.objects.get(ref="C-2"))
    for address in doors:
        assert getattr(other, method)(address).status_code in {404, 405}, address
        for stranger in (Client(), owner_client, agent_client):
            answer = getattr(stranger, method)(address)
            assert answer.status_code in {302, 405}, address
            assert answer.status_code == 405 or answer["Location"].startswith("/my/"), address


@pytest.mark.parametrize("method", ["get", "post"])
def test_no_word_but_its_own_opens_an_order(doors, client, method):
    from datetime import timedelta

    from vafa.kit.signing import seal_word

    words = ["V-1", "nonsense", seal_word("watch", {"o": "V-1"}, timedelta(days=1)), order_word("V-9")]
    words.append(seal_word("order", {"o": "V-1"}, timedelta(days=-1)))
    for end, _view in ORDER_PAGES.values():
        for word in words:
            assert getattr(client, method)(f"/order/{word}/{end}").status_code in {410, 405}


def test_every_address_of_a_customer_is_behind_one_of_the_doors(client):
    """A new page below /my/ or /order/ is either an order's, behind both doors, or asks who is signed in."""
    found = {str(each.pattern) for each in urlpatterns if str(each.pattern).startswith(("my/", "order/"))}
    ways = ("order/<str:word>/", "my/orders/<str:number>/")
    both = {f"{way}{end}" for end, _view in ORDER_PAGES.values() for way in ways}
    open_to_all = {"my/", "my/code/<uuid:public_id>/", "my/sign-out"}
    for address in found - both - open_to_all:
        for method in ("get", "post"):
            answer = getattr(client, method)(f"/{address}")
            assert answer.status_code in {302, 405}, address
            assert answer.status_code == 405 or answer["Location"].startswith("/my/"), address
