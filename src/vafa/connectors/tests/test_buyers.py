"""Who ordered becomes a customer who can be written to; orders and promises hold a number only."""

from __future__ import annotations

from dataclasses import replace

import pytest

from vafa.connectors.guessing import guess
from vafa.connectors.mapping import shipped_mappings
from vafa.connectors.tables import open_table
from vafa.connectors.tests.make import MAPPING, csv_file, import_file
from vafa.customers.actions import set_consent
from vafa.customers.models import Consent, ContactPoint, Customer
from vafa.customers.queries import agrees
from vafa.kit.clock import now
from vafa.orders.models import Order
from vafa.promises.models import Promise

pytestmark = pytest.mark.django_db
HEADINGS = ["order", "ordered_on", "promised_on", "delivered_on", "name", "mail", "phone", "number", "offers"]
BUYERS = replace(
    MAPPING,
    columns={
        **{name: MAPPING.columns[name] for name in ("number", "placed_at", "promised_on", "delivered_at")},
        "buyer_name": ["name"],
        "email": ["mail"],
        "phone": ["phone"],
        "customer": ["number"],
        "wants_offers": ["offers"],
    },
)


def row(order, mail="sara@example.org", phone="", number="", offers="", name="Sara", day="2026-03-01"):
    return [order, f"{day} 10:00", "2026-03-09", "2026-03-08", name, mail, phone, number, offers]


def run(tmp_path, *rows):
    return import_file(csv_file(tmp_path, list(rows), HEADINGS), BUYERS)


def test_a_buyer_with_a_number_becomes_the_customer_of_that_number(tmp_path):
    run(tmp_path, row("A1", phone="09120000001", number="77"))
    person = Customer.objects.get()
    assert (person.ref, person.name) == ("77", "Sara")
    assert Order.objects.get().customer_ref == Promise.objects.get().party_ref == "77"
    found = set(ContactPoint.objects.values_list("channel", "address"))
    assert found == {("email", "sara@example.org"), ("sms", "+989120000001")}


def test_without_a_number_the_address_gives_one_that_tells_nothing(tmp_path):
    run(tmp_path, row("A1"), row("A2", mail=" Sara@EXAMPLE.org"), row("A3", mail="omid@example.org", name="Omid"))
    refs = list(Order.objects.order_by("number").values_list("customer_ref", flat=True))
    assert refs[0] == refs[1] != refs[2]
    assert all(ref.startswith("c-") and len(ref) == 42 for ref in refs)
    assert not any("sara" in str(list(model.objects.values())).lower() for model in (Order, Promise))
    assert Customer.objects.count() == 2


def test_a_guest_of_woocommerce_is_no_customer_number(tmp_path):
    run(tmp_path, row("A1", number="0"), row("A2", number="0", mail="omid@example.org"))
    assert len(set(Order.objects.values_list("customer_ref", flat=True))) == 2


def test_a_buyer_who_cannot_be_reached_and_has_no_number_is_not_remembered(tmp_path):
    run(tmp_path, row("A1", mail="nonsense", phone="12"))
    assert Customer.objects.count() == 0
    assert Order.objects.get().customer_ref == ""


def test_the_same_file_again_changes_nothing(tmp_path):
    run(tmp_path, row("A1", offers="yes"))
    before = [list(model.objects.values()) for model in (Customer, ContactPoint, Consent)]
    run(tmp_path, row("A1", offers="yes"))
    assert [list(model.objects.values()) for model in (Customer, ContactPoint, Consent)] == before


def test_an_import_never_undoes_an_unsubscription(tmp_path):
    run(tmp_path, row("A1", number="77", offers="yes"))
    person = Customer.objects.get()
    assert agrees(person, "marketing", "email")
    set_consent("77", purpose="marketing", given=False, source="unsubscribe", at=now())
    run(tmp_path, row("A2", number="77", offers="yes", day="2026-03-02"))
    assert not agrees(person, "marketing", "email")


def test_nothing_said_of_offers_is_no_consent(tmp_path):
    run(tmp_path, row("A1", number="77", offers="perhaps"))
    assert Consent.objects.count() == 0


def test_the_shipped_layouts_know_the_buyer():
    known = shipped_mappings()
    assert {"buyer_name", "buyer_last_name", "email", "phone"} <= set(known["woocommerce"].columns)
    assert {"buyer_name", "email", "phone", "wants_offers"} <= set(known["shopify"].columns)


def test_the_columns_of_a_buyer_are_guessed_in_persian_and_arabic(tmp_path):
    rows = [
        [f"BK-{number}", f"2026-03-{number + 1:02}", "سارا محمدی", f"sara{number}@example.org", f"0912000{number:04}"]
        for number in range(20)
    ]
    for headings in (
        ["شماره سفارش", "تاریخ سفارش", "نام مشتری", "ایمیل", "موبایل"],
        ["رقم الطلب", "تاريخ الطلب", "اسم العميل", "البريد الإلكتروني", "رقم الجوال"],
    ):
        found = guess(open_table(csv_file(tmp_path, rows, headings))).columns
        assert {name: each.heading for name, each in found.items()} == dict(
            zip(["number", "placed_at", "buyer_name", "email", "phone"], headings, strict=True)
        )
