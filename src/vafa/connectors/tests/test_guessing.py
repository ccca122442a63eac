from __future__ import annotations

from datetime import datetime, timedelta
from random import Random

import jdatetime
import pytest

from vafa.connectors.guessing import guess
from vafa.connectors.tables import open_table
from vafa.connectors.tests.make import csv_file

PERSIAN = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")


def guessed(path) -> dict[str, str]:
    return {name: found.heading for name, found in guess(open_table(path)).columns.items()}


def jalali(day: datetime) -> str:
    return jdatetime.date.fromgregorian(date=day.date()).strftime("%Y/%m/%d").translate(PERSIAN)


def test_persian_headings_and_jalali_dates(tmp_path):
    start, random = datetime(2026, 1, 1), Random(1)
    days = [start + timedelta(days=number) for number in range(30)]
    rows = [
        [f"BK-{number}", jalali(day), "تهران", jalali(day + timedelta(days=3)),
         "لغو شده" if number == 4 else "تکمیل شده", str(random.randint(100, 900)).translate(PERSIAN)]
        for number, day in enumerate(days)
    ]  # fmt: skip
    headings = ["شماره سفارش", "تاریخ ثبت سفارش", "شهر", "تاریخ تحویل", "وضعیت سفارش", "مبلغ کل"]
    path = csv_file(tmp_path, rows, headings)
    assert guessed(path) == {
        "number": "شماره سفارش",
        "placed_at": "تاریخ ثبت سفارش",
        "city": "شهر",
        "delivered_at": "تاریخ تحویل",
        "status": "وضعیت سفارش",
        "price": "مبلغ کل",
    }
    mapping = guess(open_table(path)).mapping
    assert (mapping.cancelled, mapping.delivered) == (["لغو شده"], ["تکمیل شده"])


@pytest.mark.parametrize("heading", ["Payment Method", "payment_method_title", "روش پرداخت", "طريقة الدفع"])
def test_how_it_is_paid_is_not_the_state_of_the_payment(tmp_path, heading):
    rows = [[f"A{number}", "2026-03-05", "paid", "card"] for number in range(5)]
    path = csv_file(tmp_path, rows, ["order number", "order date", "payment status", heading])
    assert guessed(path)["payment"] == heading


TOLD_APART = ["number", "placed_at", "promised_on", "delivered_at"]
PLACED = ["number", "placed_at", "city", "delivered_at"]


@pytest.mark.parametrize(
    ("headings", "fields"),
    [
        (["Order Number", "Order Date", "Estimated Delivery Date", "Delivered At"], TOLD_APART),
        (["orderId", "createdAt", "estimatedDelivery", "deliveredAt"], TOLD_APART),
        (["رقم الطلب", "تاريخ الطلب", "المدينة", "تاريخ التسليم"], PLACED),
        (["Número do Pedido", "Data do Pedido", "Cidade", "Data de Entrega"], PLACED),
    ],
)
def test_headings_in_four_languages(tmp_path, headings, fields):
    third = "2026-03-05" if fields == TOLD_APART else "Yazd"
    rows = [["A1", "2026-03-01", third, "2026-03-04"], ["A2", "2026-03-02", third, "2026-03-05"]]
    assert guessed(csv_file(tmp_path, rows, headings)) == dict(zip(fields, headings, strict=True))


def test_delivery_date_is_the_promise_where_another_column_says_delivered(tmp_path):
    rows = [["A1", "2026-03-01", "2026-03-05", "2026-03-04"]]
    both = guessed(csv_file(tmp_path, rows, ["order id", "order date", "delivery date", "delivered at"]))
    assert (both["promised_on"], both["delivered_at"]) == ("delivery date", "delivered at")
    alone = guessed(csv_file(tmp_path, rows, ["order id", "order date", "delivery date", "x"]))
    assert alone["delivered_at"] == "delivery date"


def test_a_name_counts_little_when_the_contents_say_otherwise(tmp_path):
    rows = [["A1", "2026-03-01", "as soon as possible"]] * 3
    assert "delivered_at" not in guessed(csv_file(tmp_path, rows, ["order id", "order date", "delivered at"]))


def test_without_any_name_the_contents_are_asked(tmp_path):
    rows = [[f"K{number}", "x", f"2026-03-{number:02}", "n/a"] for number in range(1, 20)]
    found = guess(open_table(csv_file(tmp_path, rows, ["a", "b", "c", "d"]))).columns
    assert {name: (each.heading, each.confidence) for name, each in found.items()} == {
        "placed_at": ("c", 0.4),
        "number": ("a", 0.4),
    }


def test_a_known_export_is_recognised_and_its_further_columns_stay(tmp_path):
    headings = ["Name", "Financial Status", "Created at", "Lineitem quantity", "Shipping Zip", "Billing Zip"]
    found = guess(
        open_table(csv_file(tmp_path, [["#1", "paid", "2026-03-01 10:00:00 +0100", "1", "1", "2"]], headings))
    )
    assert found.known_as == "shopify"
    assert found.mapping.columns["place_code"] == ["Shipping Zip", "Billing Zip"]
    assert found.columns["number"].samples == ["#1"]


def test_day_and_month_are_told_apart_by_the_data(tmp_path):
    rows = [["A1", "03/04/2026"], ["A2", "03/25/2026"]]
    assert guess(open_table(csv_file(tmp_path, rows, ["order id", "order date"]))).mapping.date_order == "month-first"


def test_names_and_addresses_of_people_are_taken_for_nothing_but_the_buyers(tmp_path):
    rows = [["A1", "2026-03-01", "Maryam", "maryam@example.org", "0912000", "12 Hafez St"]]
    headings = ["order id", "order date", "customer name", "customer email", "phone", "shipping address 1"]
    found = {"number", "placed_at", "buyer_name", "email", "phone"}
    assert set(guessed(csv_file(tmp_path, rows, headings))) == found
