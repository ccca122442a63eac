"""The customer's pages in three languages and two widths; a code is typed and a report is one tap."""

from __future__ import annotations

from datetime import timedelta

import pytest

from vafa.checkout.tests.make import a_window
from vafa.delivery.models import Parcel, TrackingEvent
from vafa.delivery.tracking_numbers import number_key
from vafa.kit.clock import now
from vafa.orders.links import order_word
from vafa.promises.actions import make_promise, revise_promise
from vafa.requests.models import Report
from vafa.shop.actions import save_settings
from vafa.storefront.tests.make import code_sent, saras_order
from vafa.storefront.tests.test_my_changes import in_a_window

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def link(transactional_db) -> str:
    """Sara's order on its way, its date moved once."""
    at = now()
    order = saras_order(placed_at=at)
    Parcel.objects.create(order=order, carrier="tipax", tracking_number="123456", number_key=number_key("123456"),
                          handed_over_at=at, status="in_transit")  # fmt: skip
    TrackingEvent.objects.create(source="tipax", key="1", number_key=number_key("123456"), place="Isfahan",
                                 status="in_transit", at=at, recorded_at=at)  # fmt: skip
    day = at.date() + timedelta(days=3)
    promise = make_promise(kind="delivery", key="V-1", subject_type="order", subject_ref="V-1", party_ref="C-1",
                           due_on=day, zone="Asia/Tehran", probability=0.97)  # fmt: skip
    revise_promise(promise, asked_by="shop", due_on=day + timedelta(days=1), probability=0.9, at=at)
    return f"/order/{order_word('V-1')}/"


def test_an_order_and_its_invoice_are_right_for_everyone(look, link):
    look(link, name="my-order")
    look(f"{link}invoice/", name="my-invoice")


def test_another_window_and_another_address_are_right_for_everyone(look, transactional_db, settings, tmp_path):
    settings.HOME = tmp_path
    a_window(until=now())
    save_settings(default_language="en", languages=["en", "fa", "ar"])
    page, _ten, _five = in_a_window()
    look(page, name="my-order-in-a-window")
    look(f"{page}window/", name="my-other-window")
    look(f"{page}elsewhere/", name="my-other-address")


def test_signing_in_is_right_for_everyone(look, transactional_db):
    look("/my/", name="my-sign-in")


def test_a_customer_signs_in_and_tells_that_it_has_not_arrived_without_scripts(visit, link):
    page = visit("/my/", scripts=False, width=360)
    page.get_by_label("E-mail or phone").fill("sara@example.org")
    page.get_by_role("button", name="Send me a code").click()
    asked = page.url.split("/code/")[1].split("/")[0]
    page.get_by_label("The code").fill(code_sent(asked))
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("link", name="Order V-1").click()
    page.get_by_role("button", name="It has not arrived").click()
    page.get_by_text("You told us").wait_for()
    assert Report.objects.get().matter == "not_arrived"
    for part in ("Vouchers", "Messages", "Preferences", "Privacy"):
        page.get_by_role("link", name=part, exact=True).first.click()
        page.screenshot(path=f"screenshots/my-{part.lower()}.png", full_page=True)
