"""The widget on the page of another store: another origin, a strict policy, nothing of ours but a script."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from vafa.catalog.queries import all_entries, cards
from vafa.demo.tests.make import small_shop
from vafa.kit import clock
from vafa.orders.links import order_word
from vafa.orders.tests.make import NARGES, an_order
from vafa.storefront.actions import open_widget_site
from vafa.storefront.widget.elsewhere import Store, store_on

LANGUAGES = {"fa": ("rtl", "شیراز"), "ar": ("rtl", "شيراز"), "en": ("ltr", "Shiraz")}
SHIFT = """() => new Promise((tell) => {
  let shift = 0;
  const count = (list) => { for (const entry of list.getEntries()) shift += entry.value; };
  new PerformanceObserver(count).observe({ type: "layout-shift", buffered: true });
  requestAnimationFrame(() => requestAnimationFrame(() => tell(shift)));
})"""


@pytest.fixture
def elsewhere(live_server: Any) -> Iterator[Callable[..., str]]:
    """`elsewhere(allowed=…, vafa=…)`: the address of a store's page, on an origin that is allowed or not."""
    small_shop()
    card = next(card for card in cards([each.code for each in all_entries() if each.there][:50]) if card.is_there)
    servers = []

    def serve(*, allowed: bool = True, vafa: str = "") -> str:
        server = store_on(0, Store(vafa or live_server.url, "", card.code, card.title))
        origin = f"http://127.0.0.1:{server.server_port}"
        site = open_widget_site("Elsewhere", [origin if allowed else "https://other.example"], at=clock.now())
        server.RequestHandlerClass.store = Store(vafa or live_server.url, site.key, card.code, card.title)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return f"{origin}/"

    yield serve
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture
def browser(chromium: Any) -> Iterator[Any]:
    """A phone of somebody who has never been here."""
    context = chromium.new_context(viewport={"width": 360, "height": 800}, reduced_motion="reduce")
    yield context
    context.close()


def opened(browser: Any, address: str) -> Any:
    page = browser.new_page()
    page.faults = []
    page.on("console", lambda message: page.faults.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: page.faults.append(str(error)))
    page.goto(address)
    return page


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_product_page_elsewhere_says_the_date_and_remembers_the_place(
    browser, transactional_db, faults_of, elsewhere, language
):
    direction, city = LANGUAGES[language]
    page = opened(browser, f"{elsewhere()}?lang={language}")
    page.locator("vafa-promise input").wait_for()
    where = page.locator("#below").bounding_box()
    page.locator("vafa-promise input").fill(city)
    page.locator("vafa-promise form button").click()
    day = page.locator("vafa-promise .day")
    day.wait_for()
    assert page.locator("vafa-promise .box").get_attribute("dir") == direction
    assert day.evaluate("each => each.getRootNode().activeElement === each")
    assert page.locator("#below").bounding_box() == where
    page.locator("vafa-promise summary").click()
    assert page.locator("vafa-promise details p").inner_text()
    assert faults_of(page) == []
    promised = day.inner_text()
    page.reload()
    day.wait_for()
    page.locator("vafa-tracking input").first.wait_for()
    assert day.inner_text() == promised
    assert page.evaluate(SHIFT) == 0
    assert (page.faults, browser.cookies()) == ([], [])


def test_a_place_that_nobody_knows_is_asked_for_again(browser, transactional_db, elsewhere):
    page = opened(browser, elsewhere())
    page.locator("vafa-promise input").fill("Shirazz")
    page.keyboard.press("Enter")
    page.locator("vafa-promise .wrong").wait_for()
    assert page.locator("vafa-promise input").input_value() == "Shirazz"
    assert "Shirazz" in page.locator("vafa-promise [role=status]").inner_text()


def test_price_and_weight_of_the_stores_own_article_are_asked_about_and_anew_when_they_change(
    browser, transactional_db, elsewhere
):
    page = opened(browser, elsewhere())
    page.locator("vafa-promise input").fill("Shiraz")
    page.keyboard.press("Enter")
    page.locator("vafa-promise .day").wait_for()
    own = "each => { each.removeAttribute('product'); each.setAttribute('price', '990000'); }"
    page.locator("vafa-promise").evaluate(own)
    with page.expect_response(lambda told: "weight=90000" in told.url) as told:
        page.locator("vafa-promise").evaluate("each => each.setAttribute('weight', '90000')")
    asked = parse_qs(urlsplit(told.value.url).query)
    assert (asked["price"], asked["weight"], asked.get("product")) == (["990000"], ["90000"], None)
    assert told.value.status == 200
    page.locator("vafa-promise .day, vafa-promise .quiet").first.wait_for()
    assert page.faults == []


def test_an_order_is_followed_by_the_keyboard_alone(browser, transactional_db, faults_of, elsewhere):
    page = opened(browser, elsewhere())
    an_order("V-1")
    page.locator("vafa-tracking input").first.focus()
    page.keyboard.type("V-1")
    page.keyboard.press("Tab")
    page.keyboard.type("nobody@example.org")
    page.keyboard.press("Enter")
    page.locator("vafa-tracking .wrong").wait_for()
    page.keyboard.press("Tab")
    page.keyboard.press("ControlOrMeta+A")
    page.keyboard.type(NARGES.email or NARGES.phone)
    page.keyboard.press("Enter")
    page.locator("vafa-tracking .steps").wait_for()
    assert page.locator("vafa-tracking h2").inner_text() == "Being prepared"
    assert page.locator("vafa-tracking [role=status]").inner_text() == "Being prepared"
    assert faults_of(page) == []


def test_the_link_of_a_message_opens_its_order_at_once(browser, transactional_db, elsewhere):
    address = elsewhere()
    an_order("V-1")
    page = opened(browser, f"{address}#vafa-order={order_word('V-1')}")
    page.locator("vafa-tracking .steps").wait_for()
    assert page.locator("vafa-tracking bdi").first.inner_text() == "V-1"
    assert page.faults == []


def test_a_store_that_the_owner_has_not_entered_gets_a_short_sentence(browser, transactional_db, elsewhere):
    page = opened(browser, elsewhere(allowed=False))
    page.locator("vafa-promise .quiet").wait_for()
    assert page.locator("vafa-promise .quiet").inner_text() == "This cannot be shown just now."
    assert page.locator("#below").is_visible()


def test_where_the_shop_is_away_the_page_goes_on_without_it(browser, transactional_db, elsewhere):
    page = opened(browser, elsewhere(vafa="http://127.0.0.1:9"))
    assert page.locator("vafa-tracking a").is_visible()
    assert page.locator("h1").is_visible()
