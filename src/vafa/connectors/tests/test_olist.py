from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from vafa.connectors.olist import OlistSource
from vafa.connectors.tests.make import OLIST, olist_folder, refused
from vafa.engine.history import Place


@pytest.fixture
def folder(tmp_path):
    return olist_folder(tmp_path)


def read(folder):
    lost = []
    return {facts.number: facts for facts in OlistSource(folder).orders(lost.append)}, lost


def test_the_tables_are_joined_to_one_row_per_order(folder):
    first = read(folder)[0]["o1"]
    assert first.placed_at == datetime(2018, 1, 2, 12, tzinfo=UTC)  # Brazil's summer: two hours behind
    assert first.promised_on == date(2018, 1, 12)
    assert first.place == Place("09790", "sao bernardo do campo", "SP", "BR", -23.7, -46.5)
    assert (first.seller, first.origin.code, first.customer_ref) == ("s1", "04195", "u1")
    assert (first.items, first.price_minor, first.freight_minor, first.currency) == (2, 1515, 330, "BRL")
    assert (first.weight_g, first.volume_cm3, first.category) == (500.0, 1000.0, "livros")


def test_an_order_is_paid_as_its_largest_part_is(folder):
    orders, _lost = read(folder)
    assert (orders["o1"].payment, orders["o2"].payment) == ("boleto", "")


def test_the_table_of_payments_may_be_absent(folder):
    (folder / "olist_order_payments_dataset.csv").unlink()
    assert read(folder)[0]["o1"].payment == ""


def test_the_newest_review_counts(folder):
    orders, _lost = read(folder)
    assert (orders["o1"].stars, orders["o2"].stars) == (5, None)


def test_known_traps_are_kept_and_remarked(folder):
    orders, lost = read(folder)
    assert orders["o3"].place is None
    assert orders["o3"].cancelled
    assert orders["o6"].handed_over_at is None
    assert sorted((each.file[6:-12], each.line, each.code, each.whole_row) for each in lost) == [
        ("order_reviews", 2, "older-review", True),
        ("order_reviews", 5, "unknown-order", True),
        ("order_reviews", 6, "bad-stars", True),
        ("orders", 4, "cancelled-and-delivered", False),
        ("orders", 4, "no-customer-row", False),
        ("orders", 4, "no-items", False),
        ("orders", 5, "no-items", False),
        ("orders", 6, "no-items", False),
        ("orders", 7, "handed-over-after-delivery", False),
    ]


def test_packed_tables_are_read_too(folder):
    import gzip

    plain = folder / "olist_orders_dataset.csv"
    (folder / "olist_orders_dataset.csv.gz").write_bytes(gzip.compress(plain.read_bytes()))
    plain.unlink()
    assert len(read(folder)[0]) == 6


def test_an_empty_folder_and_no_folder_are_refused(tmp_path):
    with refused("file-missing"):
        OlistSource(tmp_path)
    with refused("no-such-folder"):
        OlistSource(tmp_path / "nowhere")


@pytest.mark.parametrize("table", OLIST)
def test_any_table_cut_off_is_refused(folder, table):
    path = folder / f"olist_{table}_dataset.csv"
    path.write_bytes(path.read_bytes()[:-3])
    with refused("file-cut-off"):
        read(folder)


@pytest.mark.parametrize("table", OLIST)
def test_any_table_with_wrong_columns_is_refused(folder, table):
    (folder / f"olist_{table}_dataset.csv").write_text("foo,bar\n1,2\n")
    with refused("wrong-columns"):
        read(folder)


def test_broken_text_is_refused(folder):
    path = folder / "olist_customers_dataset.csv"
    path.write_bytes(path.read_bytes() + b"c3,u3,1,\xff\xfe,SP\n")
    with refused("file-encoding") as caught:
        read(folder)
    assert str(caught.value.sentence) == "Line 4 of “olist_customers_dataset.csv” is not valid text."
