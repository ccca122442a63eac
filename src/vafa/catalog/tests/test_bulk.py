"""Many prices at once, and back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from vafa.catalog.actions import ProductRow, VariantRow, record_products
from vafa.catalog.actions.bulk import apply_edit, draft_edit, undo_edit
from vafa.catalog.bulk_terms import BulkTerms, read_table
from vafa.catalog.models import BulkEdit, HeldChange, Price, Variant
from vafa.catalog.tests import make
from vafa.catalog.tests.make import AT
from vafa.kit.problems import Problem

LATER = AT + timedelta(days=1)


@pytest.fixture
def books(db):
    make.shelves()
    make.book("divan", price=1_000_000)
    make.book("golestan", price=2_000_000, category="novels", brand="saadi")


def prices() -> dict[str, int]:
    return dict(Variant.objects.values_list("sku", "price__amount_minor"))


def applied(**terms) -> BulkEdit:
    return apply_edit(draft_edit(BulkTerms(currency="IRR", **terms), by="aram", at=LATER), by="aram", at=LATER)


def test_a_shelf_becomes_dearer_by_a_share_and_is_put_back_as_one(books):
    edit = applied(way="percent", percent="10", shelf="poetry")
    assert (prices(), edit.changed) == ({"divan-1": 1_100_000, "golestan-1": 2_000_000}, 1)
    undone = undo_edit(edit, by="aram", at=LATER)
    assert (prices()["divan-1"], undone.put_back, undone.state) == (1_000_000, 1, "undone")
    assert list(Price.objects.filter(variant__sku="divan-1").values_list("version", "amount_minor").order_by("pk")) == [
        (1, 1_000_000),
        (2, 1_100_000),
        (3, 1_000_000),
    ]


def test_what_was_changed_again_since_is_not_put_back(books):
    edit = applied(way="percent", percent="10")
    row = ProductRow("divan", "poetry", {}, [VariantRow("divan-1", 1_200_000, "IRR")])
    record_products([row], made_by="bita", at=LATER + timedelta(hours=1))
    assert undo_edit(edit, by="aram", at=LATER + timedelta(hours=2)).put_back == 1
    assert prices() == {"divan-1": 1_200_000, "golestan-1": 2_000_000}


def test_what_looks_like_a_mistake_waits_and_an_undo_takes_it_back(books):
    edit = applied(way="table", rows={"divan-1": 10_000_000, "golestan-1": 2_100_000})
    assert (edit.changed, edit.held_back, prices()["divan-1"]) == (1, 1, 1_000_000)
    assert HeldChange.objects.get().edit == edit
    undo_edit(edit, by="aram", at=LATER)
    assert HeldChange.objects.get().state == "overtaken"


def test_it_is_applied_once_and_undone_once(books):
    edit = applied(way="percent", percent="10", brand="saadi")
    with pytest.raises(Problem) as again:
        apply_edit(edit, by="aram", at=LATER)
    assert (again.value.code, prices()["golestan-1"]) == ("not-a-draft", 2_200_000)
    undo_edit(edit, by="aram", at=LATER)
    with pytest.raises(Problem) as again:
        undo_edit(edit, by="aram", at=LATER)
    assert (again.value.code, prices()["golestan-1"]) == ("not-applied", 2_000_000)


@given(st.integers(1, 10**12), st.decimals(-99, 1000, places=2), st.integers(-(10**9), 10**9), st.integers(0, 10**6))
def test_a_new_price_is_above_nothing_and_a_whole_number_of_steps(minor, percent, amount, rounding):
    for way in ("percent", "amount"):
        terms = BulkTerms(way, "IRR", percent=str(percent), amount_minor=amount, rounding_minor=rounding)
        after, step = terms.price_after("a", minor), max(rounding, 1)
        exact = minor * (100 + percent) / 100 if way == "percent" else minor + amount
        assert after > 0
        assert after % step == 0
        assert after == step or abs(after - exact) <= step / 2


def test_a_table_is_read_in_any_digits_with_or_without_a_heading():
    table = "شماره;قیمت\nA-1;۲۵۰٬۰۰۰\n\nB;1,000.5\n".encode("utf-8-sig")
    assert read_table(table, minors=10) == {"A-1": 2_500_000, "B": 10_005}


@pytest.mark.parametrize(
    ("table", "code"),
    [(b"\xff\xfe", "not-a-table"), (b"A;1\nB;x\n", "bad-line"), (b"A;1\nA;2", "bad-line"), (b"A;1\nB;0", "bad-line"),
     (b"article;price", "empty")],
)  # fmt: skip
def test_a_table_that_cannot_be_used_is_refused_as_a_whole(table, code):
    with pytest.raises(Problem) as refused:
        read_table(table, minors=1)
    assert refused.value.code == code


def test_the_owner_looks_applies_and_undoes(books, owner_client, agent_client, own_index):
    page = reverse("catalog:new-edit")
    assert agent_client.get(page).status_code == 403
    table = SimpleUploadedFile("prices.csv", b"divan-1;110000\ngolestan-1;20000\nnobody;5\n")
    there = owner_client.post(page, {"way": "table", "table": table})["Location"]
    shown = owner_client.get(there).context
    assert (shown["change_count"], shown["held_count"], shown["unknown"]) == (1, 1, ["nobody"])
    assert prices()["divan-1"] == 1_000_000
    owner_client.post(there, {"do": "apply"})
    assert prices() == {"divan-1": 1_100_000, "golestan-1": 2_000_000}
    owner_client.post(there, {"do": "undo"})
    assert prices()["divan-1"] == 1_000_000


def test_an_edit_without_a_how_is_refused_at_its_field(books, owner_client):
    answer = owner_client.post(reverse("catalog:new-edit"), {"way": "amount"})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["amount"])
    assert not BulkEdit.objects.exists()
