"""Pages of the shop window stand still while they load, and the living page is used by the keyboard alone."""

from __future__ import annotations

import re

import pytest

from vafa.catalog.queries import all_entries
from vafa.demo.tests.make import small_shop

DRAWN = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => done(true)))))"
LATE = re.compile(r"/pictures/|\.woff2")
MOST_SHIFT = 0.05  # of the layout, as browsers count it (cumulative layout shift)
SHIFT = """() => new Promise((tell) => {
  let shift = 0;
  const count = (list) => { for (const entry of list.getEntries()) if (!entry.hadRecentInput) shift += entry.value; };
  new PerformanceObserver(count).observe({ type: "layout-shift", buffered: true });
  requestAnimationFrame(() => requestAnimationFrame(() => tell(shift)));
})"""


@pytest.mark.parametrize("path", ["/shop/", "/shop/search/?q=nothing", "/shop/place/", "/shop/info/delivery/"])
def test_a_page_stands_still_while_it_loads(visit, path):
    page = visit(path, language="fa", width=360)
    assert page.evaluate(SHIFT) <= MOST_SHIFT


def test_a_page_with_goods_stands_still_while_it_loads_on_the_whole_way_to_the_order(visit, transactional_db):
    small_shop()
    there = next(each.code for each in all_entries() if each.there)
    page = visit("/shop/place/", language="fa", width=360)
    page.fill("input[name=to]", "تهران")
    page.locator("main form button").first.click()
    moved = {}
    for path in ("/shop/", "/shop/c/novels/", "/shop/search/?q=داستان", f"/shop/p/{there}/"):
        open_with_late_files(page, page.url.split("/shop/")[0] + path)
        moved[path] = page.evaluate(SHIFT)
    for step in (put_into_the_basket, to_the_checkout, say_where_to, choose_how, order):
        with page.expect_navigation():
            step(page)
        moved[page.url.split("/shop/")[1]] = page.evaluate(SHIFT)
    assert "checkout/done/" in page.url
    assert {path: shift for path, shift in moved.items() if shift > MOST_SHIFT} == {}


def open_with_late_files(page, address) -> None:
    """The page is drawn without its pictures and its letters; they come when it stands."""
    held = []
    page.route(LATE, lambda file: held.append(file))
    page.goto(address, wait_until="domcontentloaded")
    page.evaluate(DRAWN)
    for file in held:
        file.continue_()
    page.unroute(LATE)
    page.wait_for_load_state("load")
    page.evaluate("document.fonts.ready.then(() => true)")
    page.evaluate(DRAWN)


def put_into_the_basket(page) -> None:
    page.locator(".product-words form button").first.click()


def to_the_checkout(page) -> None:
    page.locator('a[href="/shop/checkout/"]').click()


def say_where_to(page) -> None:
    said = {"name": "Narges", "phone": "09121234567", "city": "تهران", "street": "Zand 12", "postal_code": "1415893461"}
    page.locator("#id_country").select_option("IR")
    for field, value in said.items():
        page.fill(f"#id_{field}", value)
    page.locator(".checkout-form button.btn-primary").click()


def choose_how(page) -> None:
    page.locator("[name=option][value=pishtaz]").check()
    page.locator(".checkout-form > .actions button").click()


def order(page) -> None:
    page.locator("[name=way][value=cash]").check(force=True)
    page.locator(".checkout-form > .actions button").click()


def test_a_dialog_is_opened_left_and_the_choice_made_by_the_keyboard_alone(visit, owner):
    page = visit("/components/", user=owner)
    page.locator("[data-opens]").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.closest('dialog').id") == "sure"
    page.keyboard.press("Escape")
    assert not page.locator("#sure").is_visible()
    assert page.evaluate("document.activeElement.hasAttribute('data-opens')")
    page.locator("[name=way][value=courier]").last.focus()
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.value") == "post"


def test_a_dialog_opens_and_closes_without_scripts(visit, owner):
    page = visit("/components/", user=owner, scripts=False)
    page.locator("[data-opens]").click()
    assert page.locator("#sure").is_visible()
    page.locator("#sure .dialog-close").click()
    assert not page.locator("#sure").is_visible()
