"""What a customer does with his order by himself."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.contrib.messages import get_messages

from vafa.checkout.models import BasketLine
from vafa.checkout.tests.make import a_window
from vafa.customers.models import Customer
from vafa.delivery.models import Parcel
from vafa.fulfilment.models import Invoice
from vafa.kit.clock import now
from vafa.kit.formats import Preferences, format_moment, format_money, prefer
from vafa.orders.links import order_word
from vafa.orders.models import Order, OrderLine
from vafa.promises.actions import make_promise
from vafa.promises.models import Promise
from vafa.requests.models import Report
from vafa.shop.actions import save_settings
from vafa.storefront.tests.make import browser_of, sara, saras_order
from vafa.vouchers.actions import Value, issue

pytestmark = pytest.mark.django_db


@pytest.fixture
def link(db):
    return f"/order/{order_word(saras_order().number)}/"


def promised(day: date) -> Promise:
    return make_promise(
        kind="delivery", key="V-1", subject_type="order", subject_ref="V-1", party_ref="C-1", due_on=day,
        zone="Asia/Tehran", probability=0.97,
    )  # fmt: skip


def test_not_arrived_is_one_tap_and_its_answer_a_promise(client, link):
    for _time in range(2):
        assert client.post(f"{link}report", {"matter": "not_arrived"}).status_code == 302
    told = Report.objects.get()
    promise = Promise.objects.get(kind="answer")
    assert (promise.public_id, promise.due_at, promise.state) == (told.promise_ref, told.due_at, "open")
    assert "You told us" in client.get(link).content.decode()


def test_what_is_said_before_the_page_is_drawn_is_in_the_shops_zone(client, link):
    save_settings(zone="Asia/Tehran")
    prefer(Preferences())  # as in a thread that has drawn nothing yet
    client.post(f"{link}report", {"matter": "not_arrived"})
    said = format_moment(Report.objects.get().due_at, "en", zone="Asia/Tehran")
    (message,) = get_messages(client.get(link).wsgi_request)
    assert f"You have our answer by {said}." in str(message)


def test_a_basket_counts_up_and_down(client, settings, tmp_path):
    settings.HOME = tmp_path
    a_window(until=now())
    client.post("/shop/basket/put/", {"sku": "divan-1"})
    for step, pieces in (("more", 2), ("more", 3), ("less", 2), ("set", 2)):
        held = BasketLine.objects.get()
        client.post("/shop/basket/change/", {"sku": "divan-1", "pieces": str(held.quantity), "step": step})
        assert BasketLine.objects.get().quantity == pieces


def test_the_staffs_answer_keeps_the_promise_and_reaches_the_customer(client, link, agent_client):
    client.post(f"{link}report", {"matter": "wrong", "words": "The cover is torn."})
    told = Report.objects.get()
    assert "The cover is torn." in agent_client.get(f"/reports/{told.public_id}/").content.decode()
    assert agent_client.post(f"/reports/{told.public_id}/", {"answer": ""}).status_code == 422
    agent_client.post(f"/reports/{told.public_id}/", {"answer": "A new one leaves today."})
    assert Promise.objects.get(kind="answer").state == "kept"
    assert "A new one leaves today." in client.get(link).content.decode()


def test_a_later_day_is_what_we_are_judged_by(client, link):
    day = now().date() + timedelta(days=3)
    promised(day)
    later = day + timedelta(days=2)
    answer = client.post(f"{link}change", {"day": later.isoformat()})
    assert answer.status_code == 302
    standing = Promise.objects.get(state="open", kind="delivery")
    assert (standing.due_on, standing.original_due_on, standing.asked_by) == (later, later, "customer")
    page = client.get(link).content.decode()
    assert "as you asked" in page
    assert "97 of 100" in page


@pytest.mark.parametrize("days", [-1, 31])
def test_an_earlier_day_or_one_far_off_is_refused(client, link, days):
    day = now().date() + timedelta(days=3)
    promised(day)
    assert client.post(f"{link}change", {"day": (day + timedelta(days=days)).isoformat()}).status_code == 422
    assert Promise.objects.get(kind="delivery").due_on == day


def test_what_has_left_is_not_moved_any_more(client, link):
    day = now().date() + timedelta(days=3)
    order = promised(day) and saras_order()
    Parcel.objects.create(order=order, handed_over_at=now(), status="picked_up")
    assert "A later day" not in client.get(link).content.decode()
    assert client.post(f"{link}change", {"day": (day + timedelta(days=1)).isoformat()}).status_code == 409
    assert Promise.objects.get(kind="delivery").due_on == day


def test_the_invoice_is_the_numbered_one_of_the_shop_written_when_it_is_asked_for(client, link):
    save_settings(name="Vafa books", address="12 Vakil, Shiraz", tax_number="4111-22")
    page = client.get(f"{link}invoice/").content.decode()
    assert "Title of book-1" not in page
    assert not Invoice.objects.exists()  # looking writes nothing
    for _time in range(2):
        page = client.post(f"{link}invoice/", follow=True).content.decode()
    assert "Title of book-1" in page
    assert format_money(550_000, "IRR") in page
    assert ("12 Vakil, Shiraz" in page, "4111-22" in page) == (True, True)
    assert (Invoice.objects.get().number, Invoice.objects.get().by) == (1, "customer")


def test_the_invoice_as_a_file_is_the_customers_own(client, link):
    file = f"{link}invoice/file"
    assert client.get(file).status_code == 404
    client.post(f"{link}invoice/")
    answer = client.get(file)
    assert (answer["Content-Type"], answer.content[:5]) == ("application/pdf", b"%PDF-")
    assert answer["Content-Disposition"] == 'attachment; filename="invoice-1.pdf"'
    sara(ref="C-2", contacts=())
    assert browser_of(Customer.objects.get(ref="C-2")).get("/my/orders/V-1/invoice/file").status_code == 404


def test_without_the_extra_the_invoice_is_printed_from_the_page(client, link, monkeypatch):
    monkeypatch.setattr("vafa.kit.pdf.NEEDED", ("not_installed_at_all",))
    page = client.post(f"{link}invoice/", follow=True).content.decode()
    assert "invoice/file" not in page
    assert client.get(f"{link}invoice/file").status_code == 404


def test_an_order_of_which_nothing_is_left_has_no_invoice(client, link):
    client.post(f"{link}cancel")
    assert client.post(f"{link}invoice/").status_code == 409
    assert not Invoice.objects.exists()


def test_consent_is_given_and_taken_back_by_channel():
    browser = browser_of(sara())
    browser.post("/my/preferences/", {"offers": ["email"], "language": "ar"})
    person = Customer.objects.get(ref="C-1")
    assert [(each.channel, each.given) for each in person.consents.all()] == [("email", True)]
    assert person.language == "ar"
    browser.post("/my/preferences/", {})
    assert [(each.channel, each.given) for each in person.consents.order_by("pk")] == [
        ("email", True),
        ("email", False),
    ]


def test_vouchers_and_messages_are_ones_own():
    person = sara()
    sara(ref="C-2", contacts=())
    at = now()
    for ref in ("C-1", "C-2"):
        issue(
            key=ref, customer_ref=ref, value=Value.of_percent(10), currency="IRR", reason="test",
            valid_until=at + timedelta(days=9), at=at,
        )  # fmt: skip
    browser = browser_of(person)
    assert browser.get("/my/vouchers/").content.decode().count("<code>") == 1
    assert browser.get("/my/messages/").status_code == 200


def test_what_has_not_left_is_cancelled_at_once_and_its_promise_with_it(client, link):
    promised(now().date() + timedelta(days=3))
    assert client.post(f"{link}cancel").status_code == 302
    assert Order.objects.get(number="V-1").cancelled
    assert Promise.objects.get(kind="delivery").state == "cancelled"
    assert not Report.objects.exists()
    assert "This order was cancelled" in client.get(link).content.decode()


def test_what_has_left_whole_is_asked_for_and_answered(client, link):
    OrderLine.objects.update(packed=1, sent=1)
    assert client.post(f"{link}cancel").status_code == 302
    assert not Order.objects.get(number="V-1").cancelled
    assert Report.objects.get().matter == "cancel"


def test_ordering_again_says_what_is_no_longer_sold(client, link):
    answer = client.post(f"{link}again", follow=True)
    assert "No longer there: Title of book-1" in answer.content.decode()
