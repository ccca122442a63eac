"""From the search box to a confirmed order, in each language, without an account."""

from __future__ import annotations

import re

import pytest

from vafa.catalog.actions.indexing import rebuild_index
from vafa.checkout.models import Purchase
from vafa.checkout.tests import make
from vafa.kit import clock
from vafa.orders.models import Order
from vafa.shop.actions import save_settings

WORDS = {
    "fa": ("دیوان", "بگذار در سبد", "ادامهٔ خرید", "سپاس"),
    "ar": ("ديوان", "أضف إلى السلة", "إتمام الشراء", "شكرًا لك"),
    "en": ("divan", "Add to basket", "To the checkout", "Thank you"),
}


@pytest.mark.parametrize("language", WORDS)
def test_from_the_search_to_a_confirmed_order(visit, language, settings, tmp_path):
    settings.HOME = tmp_path
    make.a_window(until=clock.now())
    save_settings(default_language=language, languages=["fa", "ar", "en"])
    rebuild_index()
    word, put, to_checkout, thanks = WORDS[language]
    page = visit("/shop/", language=language, width=360)
    page.locator("#window-q").fill(word)
    page.keyboard.press("Enter")
    page.locator(".ware h2 a, .ware h3 a").first.click()
    page.locator(".product-words").get_by_role("button", name=put).click()
    page.get_by_role("link", name=to_checkout).click()
    page.locator("#id_name").fill("Narges Karimi")
    page.locator("#id_phone").fill("۰۹۱۲۱۲۳۴۵۶۷")
    page.locator("#id_city").fill("Shiraz")
    page.locator("#id_street").fill("Zand 12")
    page.locator("#id_postal_code").fill("۷۱۹۳۶۵۳۴۷۱")
    page.locator("#id_country").select_option("IR")
    page.locator(".checkout-form button.btn-primary").click()
    page.locator(".checkout-form > .actions button").click()
    page.locator(".pay-way").first.click()
    page.locator(".checkout-form > .actions button").click()
    assert thanks in page.locator("h1").inner_text()
    assert re.sub(r"\D", "", page.locator(".done-number").inner_text()) == Purchase.objects.get().number
    assert Order.objects.filter(number=Purchase.objects.get().number).count() == 1
