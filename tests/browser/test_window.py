"""The shop window: beautiful for everyone, light, and usable by keyboard alone."""

from __future__ import annotations

import gzip

import pytest

from vafa.catalog.actions import StockRow, VariantRow, set_stock
from vafa.catalog.actions.beside import choose_beside
from vafa.catalog.actions.indexing import index_changes
from vafa.catalog.actions.pictures import keep_picture
from vafa.catalog.models import Product
from vafa.catalog.tests import make
from vafa.delivery.tests.make import a_shop, orders
from vafa.demo.covers import cover
from vafa.demo.titles import BOOKS
from vafa.kit import clock

MOST_BYTES = 30_000  # style and scripts of a page for customers, compressed


@pytest.fixture
def window(transactional_db, settings, tmp_path):
    """A bookshop with a dozen books, one sold out, one with two bindings, and a history that carries dates."""
    settings.HOME = tmp_path
    a_shop(languages=["fa", "ar", "en"], name="کتاب‌سرای وفا")
    orders(120, until=clock.now())
    make.shelves()
    for number, title in enumerate(BOOKS[:12]):
        names = {"fa": title.name, "en": title.english.split(",")[0]}
        picture = keep_picture(cover(title.name, title.author, title.shelf).encode(), words=names)
        variants = [VariantRow(f"b{number}", title.price * 10_000, "IRR", weight_g=title.weight_g)]
        if number == 1:
            hard = VariantRow("b1-hard", title.price * 14_000, "IRR", {"جلد": "سخت"}, weight_g=title.weight_g)
            variants.append(hard)
        make.book(
            f"book-{number}",
            title=names,
            variants=variants,
            pictures=[picture],
            brand="hafez" if number % 2 else "saadi",
            specifications={"binding": {"fa": "شومیز", "en": "Soft"}},
            description={"fa": "متن کامل با توضیح واژه‌های دشوار.", "en": "The whole text with notes."},
        )
    set_stock([StockRow("b2", 0)], at=clock.now())
    while index_changes():
        pass


def test_the_pages_are_right_for_everyone(look, window):
    look("/shop/", name="window-home")
    look("/shop/c/poetry/", name="window-shelf")
    look("/shop/search/?q=ديوان+حافط", name="window-search")
    look("/shop/search/?q=ظظظظ", name="window-nothing")
    look("/shop/p/book-1/", name="window-product")
    look("/shop/p/book-2/", name="window-sold-out")
    look("/shop/place/", name="window-place")


@pytest.mark.parametrize("language", ["fa", "en"])
def test_a_date_is_found_by_keyboard_alone(visit, window, language):
    page = visit("/shop/", language=language)
    page.keyboard.press("Tab")  # to the content
    page.keyboard.press("Tab")  # the shop's name
    page.keyboard.press("Tab")  # the box
    page.keyboard.type("گلست")
    page.wait_for_selector("[data-suggestions] a")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/shop/p/book-1/")
    page.click("main a[href*='/shop/place/']")
    page.fill("input[name=to]", "Shiraz")
    page.keyboard.press("Enter")
    page.wait_for_selector(".chip-day time")
    assert page.locator(".chip-day time").count() == 1
    assert page.locator(".product-ways tbody tr").count() == 1
    assert page.faults == []


def test_a_page_is_light_and_nothing_moves_while_it_comes(visit, window):
    page = visit("/shop/")
    loaded = page.evaluate("performance.getEntriesByType('resource').map((each) => each.name)")
    sources = [each for each in loaded if each.split("?")[0].endswith((".css", ".js"))]
    sizes = [len(gzip.compress(page.request.get(each).body(), 9)) for each in sources]
    assert sum(sizes) <= MOST_BYTES, dict(zip(sources, sizes, strict=True))
    moved = page.evaluate(
        """new Promise((done) => new PerformanceObserver((list) => done(
            list.getEntries().reduce((sum, entry) => sum + (entry.hadRecentInput ? 0 : entry.value), 0)
        )).observe({type: 'layout-shift', buffered: true}) || setTimeout(() => done(0), 300))"""
    )
    assert moved <= 0.05


def test_without_scripts_it_is_searched_narrowed_and_chosen(visit, window):
    page = visit("/shop/", scripts=False)
    page.fill("input[name=q]", "Hafez")
    page.click(".window-search button")
    assert page.locator(".ware").count() > 0
    page.goto(page.url.split("/shop/")[0] + "/shop/c/poetry/")
    page.check("input[name=brand][value=saadi]")
    page.click(".window-filters button")
    assert page.locator(".ware").count() == 6


def test_a_choice_and_what_goes_with_an_article_come_without_leaving_its_page(visit, window):
    make.a_bookcase()
    choose_beside(Product.objects.get(code="bookcase"), ["book-1"], at=clock.now())
    index_changes()
    page = visit("/shop/p/bookcase/")
    page.locator("#beside .ware").first.wait_for()
    page.locator("#o-o1-v2").check()
    page.wait_for_url("**/?*o.o1=v2*")
    page.locator("#o-o2-v2").check()
    page.wait_for_url("**/?*o.o2=v2*")
    assert page.evaluate("document.activeElement.id") == "o-o2-v2"
    page.get_by_text("Made for you in").wait_for()
    assert page.faults == []
