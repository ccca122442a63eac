"""The address in the checkout, where the fields follow what is chosen."""

from __future__ import annotations

import pytest

from vafa.checkout.tests import make
from vafa.kit import clock
from vafa.shop.actions import save_settings

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_postal_code_follows_the_country_at_once_and_what_was_written_stays(visit, live_server, client):
    make.a_window(until=clock.now())
    save_settings(default_language="en", languages=["en", "fa", "ar"])
    client.post("/shop/basket/put/", {"sku": "divan-1"})
    page = visit("/shop/info/delivery/")
    basket = client.cookies["vafa_basket"].value
    page.context.add_cookies([{"name": "vafa_basket", "value": basket, "url": live_server.url}])
    page.goto(f"{live_server.url}/shop/checkout/")
    page.fill("[name=name]", "Narges Karimi")
    page.select_option("[name=country]", "AE")
    page.get_by_text("Letters there carry none.").wait_for()
    assert page.locator("#postal .field-optional").count() == 1
    page.select_option("[name=country]", "IR")
    page.locator("#postal .field-optional").wait_for(state="detached")
    page.fill("[name=postal_code]", "12")
    page.locator("[name=note]").focus()
    page.get_by_text("A postal code of that country looks like").wait_for()
    assert page.input_value("[name=postal_code]") == "12"
    assert page.input_value("[name=name]") == "Narges Karimi"
    assert page.faults == []
