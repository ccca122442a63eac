"""The staff's way of an order: found, packed by a scanner, sent, on paper; seen in every language."""

from __future__ import annotations

import pytest

from vafa.fulfilment.actions.papers import write_invoice
from vafa.fulfilment.tests.make import BY, ordered, paid, promised, stocked
from vafa.kit.clock import now
from vafa.orders.models import Order

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def order(transactional_db):
    found = stocked(ordered("V-4821"))
    paid(found)
    promised(found)
    return found


def test_an_order_is_packed_and_sent_with_keyboard_and_scanner(visit, owner, order):
    page = visit("/orders/", user=owner)
    page.get_by_label("Find an order").fill("karimi")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{order.get_absolute_url()}")
    page.get_by_text("Narges Karimi").wait_for()
    page.get_by_role("link", name="Pack", exact=True).click()
    for sku in ("atlas", "atlas", "novel"):
        page.locator("#scan:focus").wait_for()  # after every scan
        page.keyboard.type(sku)
        with page.expect_navigation():
            page.keyboard.press("Enter")
    page.get_by_role("button", name="Close the parcel").click()
    page.get_by_label("Carrier").first.fill("Post")
    page.get_by_label("Tracking number").first.fill("RX123456789IR")
    with page.expect_navigation():
        page.get_by_role("button", name="It leaves now").click()
    order.refresh_from_db()
    assert order.stage == "sent"
    assert page.faults == []


def test_the_pages_of_an_order_are_right_for_everyone(look, owner, order):
    Order.objects.filter(pk=order.pk).update(cancellation_asked_at=now())
    write_invoice(order, by=BY, at=now())
    at = order.get_absolute_url()
    for name, path in [("list", "/orders/"), ("order", at), ("pack", f"{at}pack/"), ("back", f"{at}give-back/"),
                       ("address", f"{at}address/"), ("invoice", f"{at}invoice/"),
                       ("pick", "/orders/pick/")]:  # fmt: skip
        look(path, user=owner, name=f"orders-{name}")
