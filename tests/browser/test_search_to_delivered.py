"""From the search box to the delivered parcel, in each language: the customer, the staff, the carrier, the ledger."""

from __future__ import annotations

import json
import re

import pytest

from vafa.catalog.actions.indexing import rebuild_index
from vafa.checkout.models import Purchase
from vafa.checkout.tests import make
from vafa.connectors.actions.asking import ask_source
from vafa.connectors.tests.carrier import TASKS, a_source, answering
from vafa.jobs.doing import do_all
from vafa.kit import clock
from vafa.kit.clock import real_now
from vafa.orders.models import Opinion, Order
from vafa.promises.models import Promise
from vafa.shop.actions import save_settings

WORDS = {
    "fa": ("دیوان", "بگذار در سبد", "ادامهٔ خرید", "سپاس", "تحویل شد"),
    "ar": ("ديوان", "أضف إلى السلة", "إتمام الشراء", "شكرًا لك", "سُلِّم"),
    "en": ("divan", "Add to basket", "To the checkout", "Thank you", "Delivered"),
}
NUMBER = "RX123456789IR"


@pytest.mark.parametrize("language", WORDS)
def test_from_the_search_to_a_promise_kept(visit, orders_on, owner, language, settings, tmp_path):
    settings.HOME = tmp_path
    make.a_window(until=clock.now())
    save_settings(default_language=language, languages=["fa", "ar", "en"])
    rebuild_index()
    customer = visit("/shop/", language=language, width=360)
    order = ordered(customer, language, orders_on)
    customer.locator(".actions .btn-primary").click()
    assert customer.locator(".order-way [aria-current=step]").count() == 1

    sent(visit("/orders/", language=language, user=owner), order)
    with answering({f"/track/{NUMBER}": (200, scans(), {})}) as (address, asked):
        assert ask_source(a_source("signed", code="chapar", asks=address + "/track/{number}")) == 1
    assert len(asked) == 1
    do_all(TASKS)

    customer.reload()
    assert WORDS[language][4] in customer.locator("main header").first.inner_text()
    assert customer.locator(".order-way .done").count() == 4
    promise = Promise.objects.get(kind="delivery", subject_ref=order.number)
    assert promise.state == "kept"
    customer.locator(".order-lines a.prose-link").click()
    customer.locator("[name=stars][value='5']").check(force=True)
    customer.locator("main form .btn-primary").click()
    assert Opinion.objects.get().line.order == order
    assert customer.faults == []


def ordered(page, language, orders_on) -> Order:
    """The walk of a customer without an account: search, product, basket, checkout."""
    word, put, to_checkout, thanks, _delivered = WORDS[language]
    page.locator("#window-q").fill(word)
    page.keyboard.press("Enter")
    page.locator(".ware h2 a, .ware h3 a").first.click()
    page.locator(".product-words").get_by_role("button", name=put).click()
    page.get_by_role("link", name=to_checkout).click()
    to = {"city": "Shiraz", "street": "Zand 12", "postal_code": "۷۱۹۳۶۵۳۴۷۱"}
    orders_on(page, name="Narges Karimi", phone="۰۹۱۲۱۲۳۴۵۶۷", **to)
    assert thanks in page.locator("h1").inner_text()
    assert re.sub(r"\D", "", page.locator(".done-number").inner_text()) == Purchase.objects.get().number
    return Order.objects.get(number=Purchase.objects.get().number)


def sent(page, order: Order) -> None:
    """What the staff do with it: found, picked by the list, packed by a scanner, sent with its number."""
    page.locator("[name=q]").fill(order.number)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{order.get_absolute_url()}")
    page.goto(page.url.split("/orders/")[0] + "/orders/pick/")
    page.locator(f'a[href="{order.get_absolute_url()}pack/"]').click()
    page.locator("#scan:focus").wait_for()
    page.keyboard.type("divan-1")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.locator("button[name=close]").click()
    page.locator("[name=carrier]").fill("Chapar")
    page.locator("[name=tracking_number]").fill(NUMBER)
    with page.expect_navigation():
        page.locator("form[action$='/send'] button").click()
    order.refresh_from_db()
    assert order.stage == "sent"
    assert page.faults == []


def scans() -> bytes:
    """What the carrier answers when it is asked: out for delivery, then handed over."""
    at = real_now().isoformat()
    told = [{"tracking_number": NUMBER, "status": status, "at": at} for status in ("out_for_delivery", "delivered")]
    return json.dumps(told).encode()
