"""From an empty installation to the first order: the owner's first steps, then a customer in the new shop."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.urls import reverse

from vafa.accounts.actions import welcome_word
from vafa.catalog.actions.indexing import rebuild_index
from vafa.connectors.tasks import import_file
from vafa.jobs.models import Job
from vafa.jobs.work import Work
from vafa.orders.models import Order
from vafa.payments.models import Payment

WORDS = {"fa": ("باغ چای", "شیراز", "سپاس"), "en": ("Tea Garden", "Shiraz", "Thank you")}
NEXT = "form.form .btn-primary"


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path, transactional_db):
    settings.HOME = tmp_path
    cache.clear()


def owner_opens(page, language: str, table) -> None:
    """From the link in the terminal to the last step, with the sample table as products."""
    name, city, _thanks = WORDS[language]
    page.fill("#id_username", "narges")
    page.fill("#id_password", "a-long-password")
    page.fill("#id_repeated", "a-long-password")
    page.locator(NEXT).click()
    page.fill("#id_name", name)
    page.locator("#id_money").select_option("IRR-toman")
    page.locator("#id_default_language").select_option(language)
    page.locator(NEXT).click()
    page.locator("#id_country").select_option("IR")
    page.fill("#id_city", city)
    page.locator(NEXT).click()
    page.locator(NEXT).click()
    with page.expect_download() as sample:
        page.locator("a[href$='sample.csv']").click()
    sample.value.save_as(table)
    page.set_input_files("#products-file", table)
    page.locator(".drop-zone .btn-primary").click()
    page.locator(NEXT).click()
    import_file(Work(Job.objects.get(task="connectors.products")))
    page.reload()
    page.locator("a[href^='/first-steps/']").last.click()
    page.locator(NEXT).click()
    page.check("#id_sandbox_on")
    page.locator(NEXT).click()


def customer_orders(page, language: str, orders_on) -> None:
    """The first product of the new shop, to Tehran, paid at the door."""
    _name, _city, thanks = WORDS[language]
    page.locator(".product-words form .btn-primary").first.click()
    page.goto(page.url.split("/shop/")[0] + "/shop/checkout/")
    to = {"city": "تهران", "street": "Valiasr 1", "postal_code": "۱۱۹۳۶۵۳۴۷۱"}
    orders_on(page, name="Kian Moradi", phone="۰۹۱۲۱۲۳۴۵۶۷", **to)
    assert thanks in page.locator("h1").inner_text()


@pytest.mark.parametrize(("language", "width", "scripts"), [("fa", 360, True), ("fa", 1280, False), ("en", 1280, True)])
def test_from_an_empty_installation_to_the_first_order(visit, orders_on, tmp_path, language, width, scripts):
    page = visit(reverse("accounts:welcome", args=[welcome_word()]), language=language, width=width, scripts=scripts)
    owner_opens(page, language, tmp_path / "table.csv")
    assert page.url.endswith("/first-steps/open/")
    rebuild_index()
    page.locator("a[href^='/shop/p/']").click()
    customer_orders(page, language, orders_on)
    assert (Order.objects.count(), Payment.objects.get().kind) == (1, "cash")
    assert page.faults == []


def test_the_steps_in_every_language_and_width(look, owner, transactional_db):
    for step in ("shop", "place", "hours", "products", "delivery", "payment", "open"):
        look(f"/first-steps/{step}/", user=owner)
