from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from vafa.connectors.mapping import Mapping, named_mapping
from vafa.connectors.tests.make import HEADINGS, MAPPING, ROWS, csv_file, read, refused, xlsx_file
from vafa.kit import clock

pytestmark = pytest.mark.django_db


def codes(lost):
    return [(each.line, each.code, each.whole_row) for each in lost]


def test_a_row_becomes_an_order_in_the_files_zone(tmp_path):
    (first, *_rest), lost = read(csv_file(tmp_path))
    assert lost == []
    assert first.placed_at == datetime(2026, 3, 1, 6, 30, tzinfo=UTC)
    assert (first.promised_on, first.delivered_at) == (date(2026, 3, 4), datetime(2026, 3, 3, 8, 30, tzinfo=UTC))
    assert (first.place.city, first.price_minor, first.currency, first.cancelled) == ("Shiraz", 12050, "USD", False)


def test_rows_that_cannot_be_used_go_to_the_rejects_with_their_line(tmp_path):
    rows = [
        ["", "2026-03-01", "", "", "", "", ""],
        ["A1", "soon", "", "", "", "", ""],
        ["A2", "", "", "", "", "", ""],
        ["A3", "2026-03-05", "", "2026-03-01", "", "", ""],
        ["A4", "1066-10-14", "", "", "", "", ""],
        ["A5", "2090-10-14", "", "", "", "", ""],
        ["x" * 65, "2026-03-05", "", "", "", "", ""],
        ["A6", "2026-03-05", "", "", "", "", "", "one too many"],
        ["A7", "2026-03-05", "", "", "", "", ""],
        ["A8", "2026-03-05", "", "", "", "", ""],
        ["A7", "2026-03-05", "", "", "", "", ""],
    ]
    orders, lost = read(csv_file(tmp_path, rows))
    assert [facts.number for facts in orders] == ["A7", "A8"]
    assert codes(lost) == [
        (2, "no-number", True),
        (3, "bad-date", True),
        (4, "no-order-date", True),
        (5, "delivered-before-placed", True),
        (6, "date-out-of-range", True),
        (7, "ordered-in-future", True),
        (8, "number-too-long", True),
        (9, "too-many-cells", True),
        (12, "duplicate-number", True),
    ]


def test_a_value_that_makes_no_sense_is_lost_alone(tmp_path):
    rows = [["A1", "2026-03-05 10:00", "2026-03-01", "tomorrow maybe", "Shiraz", "gratis", "sent"]]
    (order,), lost = read(csv_file(tmp_path, rows))
    assert (order.promised_on, order.delivered_at, order.price_minor) == (None, None, None)
    assert codes(lost) == [(2, "bad-date", False), (2, "bad-number", False), (2, "promised-before-placed", False)]


def test_an_order_of_today_is_taken_at_any_hour_and_one_of_tomorrow_is_not(tmp_path):
    today = clock.now().astimezone(ZoneInfo("Asia/Tehran")).date()
    rows = [
        ["A1", f"{today} 23:59", "", "", "", "", ""],
        ["A2", f"{today + timedelta(days=1)} 00:30", "", "", "", "", ""],
    ]
    (order,), lost = read(csv_file(tmp_path, rows))
    assert order.number == "A1"
    assert codes(lost) == [(3, "ordered-in-future", True)]


def test_of_an_order_that_cannot_be_used_nothing_else_is_remarked(tmp_path):
    mapping = replace(MAPPING, delivered=["done"])
    rows = [
        ["A1", "2090-03-05", "", "", "Shiraz", "gratis", "done"],
        ["A2", "2026-03-05", "", "", "Shiraz", "10", "done"],
    ]
    (order,), lost = read(csv_file(tmp_path, rows), mapping)
    assert order.number == "A2"
    assert codes(lost) == [(2, "ordered-in-future", True), (3, "delivered-without-date", False)]


def test_a_date_of_handing_over_that_cannot_be_is_left_out(tmp_path):
    headings = ["order", "ordered_on", "sent_on", "delivered_on"]
    rows = [
        ["A1", "2026-03-05", "2026-03-04", "2026-03-09"],
        ["A2", "2026-03-05", "2026-03-10", "2026-03-09"],
    ]
    columns = {
        "number": ["order"],
        "placed_at": ["ordered_on"],
        "handed_over_at": ["sent_on"],
        "delivered_at": ["delivered_on"],
    }
    orders, lost = read(csv_file(tmp_path, rows, headings), Mapping(zone="UTC", columns=columns))
    assert [facts.handed_over_at for facts in orders] == [None, None]
    assert [each.code for each in lost] == ["handed-over-before-placed", "handed-over-after-delivery"]


def test_cancelled_with_a_date_of_delivery_is_kept_and_remarked(tmp_path):
    rows = [["A1", "2026-03-05", "2026-03-08", "2026-03-07", "", "", "CANCELLED"]]
    (order,), lost = read(csv_file(tmp_path, rows))
    assert order.cancelled
    assert codes(lost) == [(2, "cancelled-and-delivered", False)]


def test_on_one_day_things_happen_in_the_right_order(tmp_path):
    rows = [
        ["A1", "2026-03-05 18:00", "", "2026-03-05", "", "", ""],
        ["A2", "2026-03-05", "", "2026-03-05 09:00", "", "", ""],
    ]
    orders, lost = read(csv_file(tmp_path, rows))
    assert lost == []
    assert all(facts.delivered_at == facts.placed_at for facts in orders)


def test_a_delivery_time_in_words_becomes_a_promised_day(tmp_path):
    columns = {**MAPPING.columns, "promised_on": [], "lead_time": ["promised_on"]}
    rows = [["A1", "2026-03-05 23:30", "۲ تا ۴ روز", "", "", "", ""], ["A2", "2026-03-05", "soon", "", "", "", ""]]
    orders, lost = read(csv_file(tmp_path, rows), replace(MAPPING, columns=columns))
    assert [facts.promised_on for facts in orders] == [date(2026, 3, 9), None]
    assert orders[0].promise_text == "۲ تا ۴ روز"
    assert codes(lost) == [(3, "bad-lead-time", False)]


def test_the_second_column_serves_where_the_first_says_nothing(tmp_path):
    columns = {**MAPPING.columns, "city": ["status", "city"]}
    rows = [["A1", "2026-03-05", "", "", "Shiraz", "", "unknown"], ["A2", "2026-03-05", "", "", "Shiraz", "", "Yazd"]]
    orders, _lost = read(csv_file(tmp_path, rows), replace(MAPPING, columns=columns, missing=["unknown"]))
    assert [facts.place.city for facts in orders] == ["Shiraz", "Yazd"]


def test_rows_of_one_order_are_merged(tmp_path):
    headings = [
        "Name",
        "Created at",
        "Fulfilled at",
        "Lineitem quantity",
        "Total",
        "Shipping Zip",
        "Shipping Method",
        "Financial Status",
    ]
    rows = [
        [
            "#1",
            "2025-10-07 09:50:26 +0200",
            "2025-10-08 14:21:21 +0200",
            "3",
            "53.91",
            "'75008",
            "Rapide [4 à 5 Jours]",
            "paid",
        ],
        ["#1", "", "", "2", "", "", "", ""],
        ["#2", "2025-10-07 10:50:26 +0200", "", "1", "5.00", "'75008", "Standard", "voided"],
    ]
    orders, lost = read(
        csv_file(tmp_path, rows, headings), replace(named_mapping("shopify"), zone="Europe/Paris", currency="EUR")
    )
    assert lost == []
    assert [(facts.number, facts.items, facts.price_minor) for facts in orders] == [("#1", 5, 5391), ("#2", 1, 500)]
    assert [facts.promised_on for facts in orders] == [date(2025, 10, 12), None]
    assert orders[0].handed_over_at == datetime(2025, 10, 8, 12, 21, 21, tzinfo=UTC)
    assert (orders[0].place.code, orders[1].cancelled) == ("75008", True)


def test_the_same_number_at_another_time_is_another_order_and_rejected(tmp_path):
    rows = [["A1", "2026-03-05", "", "", "", "", ""], ["A1", "2026-03-09", "", "", "", "", ""]]
    orders, lost = read(csv_file(tmp_path, rows))
    assert len(orders) == 1
    assert codes(lost) == [(3, "duplicate-number", True)]


def test_a_woocommerce_export_is_understood(tmp_path):
    headings = [
        "order_id",
        "order_date",
        "status",
        "shipping_method",
        "shipping_city",
        "shipping_state",
        "shipping_postcode",
        "order_total",
        "order_currency",
        "date_completed",
        "payment_method",
    ]
    rows = [
        [
            "7",
            "09/16/2026 6:29:00",
            "completed",
            "Free Shipping (4-8 days via USPS)",
            "Boston",
            "MA",
            "02108-1234",
            "1,030.00",
            "USD",
            "09/21/2026 6:29:00",
            "cod",
        ],
        ["8", "09/17/2026 6:29:00", "refunded", "Flat rate", "Boston", "MA", "02108", "30.00", "USD", "", "cod"],
        ["9", "09/18/2026 6:29:00", "completed", "Flat rate", "Boston", "MA", "02108", "30.00", "USD", "", "cod"],
    ]
    mapping = replace(named_mapping("woocommerce"), zone="America/New_York")
    orders, lost = read(csv_file(tmp_path, rows, headings), mapping)
    assert orders[0].promised_on == date(2026, 9, 24)
    assert orders[0].delivered_at == datetime(2026, 9, 21, 10, 29, tzinfo=UTC)
    assert (orders[0].place.code, orders[0].place.city, orders[0].price_minor) == ("02108", "Boston", 103000)
    assert [facts.cancelled for facts in orders] == [False, True, False]
    assert [facts.payment for facts in orders] == ["cod"] * 3
    assert codes(lost) == [(4, "delivered-without-date", False)]


def test_toman_are_ten_rials(tmp_path):
    rows = [["A1", "۱۴۰۴/۱۲/۰۱", "", "", "", "۲۵۰,۰۰۰ تومان", ""], ["A2", "۱۴۰۴/۱۲/۰۱", "", "", "", "۲۵۰,۰۰۰", ""]]
    path = csv_file(tmp_path, rows)
    rials = replace(MAPPING, currency="IRR")
    assert [facts.price_minor for facts in read(path, rials)[0]] == [2_500_000, 250_000]
    assert [facts.price_minor for facts in read(path, replace(rials, money_unit="toman"))[0]] == [2_500_000] * 2


def test_an_e_mail_address_is_never_kept_as_customer_number(tmp_path):
    columns = {**MAPPING.columns, "customer": ["city"]}
    rows = [["A1", "2026-03-05", "", "", "a@example.org", "", ""], ["A2", "2026-03-05", "", "", "4711", "", ""]]
    orders, _lost = read(csv_file(tmp_path, rows), replace(MAPPING, columns=columns))
    assert [facts.customer_ref for facts in orders] == ["", "4711"]


def test_a_workbook_and_a_csv_of_the_same_rows_give_the_same_orders(tmp_path):
    from_csv, from_xlsx = read(csv_file(tmp_path))[0], read(xlsx_file(tmp_path, ROWS))[0]
    assert from_csv == from_xlsx


def test_wrong_columns_are_refused_by_name(tmp_path):
    path = csv_file(tmp_path, [["1", "2"]], ["foo", "bar"])
    with refused("wrong-columns") as problem:
        read(path)
    assert problem.value.field == "number"
    with refused("wrong-columns"):
        read(path, Mapping(columns={"number": ["foo"]}))


def test_a_file_whose_last_cell_is_cut_is_refused(tmp_path):
    headings = [*HEADINGS[:3], "city", "delivered_on"]
    path = csv_file(tmp_path, [["A1", "2026-03-01", "2026-03-05", "Shiraz", "2026-03-04"]] * 1, headings)
    path.write_bytes(path.read_bytes()[:-4])
    with refused("file-cut-off"):
        read(path)
