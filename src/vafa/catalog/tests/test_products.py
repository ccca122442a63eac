"""Products and the versions of their prices."""

from __future__ import annotations

from datetime import timedelta

import pytest

from vafa.catalog.actions import CategoryRow, ProductRow, VariantRow, record_products, remember_categories
from vafa.catalog.models import Price, Product, Variant
from vafa.catalog.queries import cards, sheet, shelves
from vafa.catalog.tests import make
from vafa.catalog.tests.make import AT
from vafa.kit.bulk import Recorded
from vafa.kit.problems import Problem

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _shelves(db):
    make.shelves()


def again(**changes):
    row = {
        "title": {"fa": "دیوان حافظ", "en": "Divan of Hafez"},
        "category": "poetry",
        "brand": "hafez",
        "variants": [VariantRow("divan-1", 5_600_000, "IRR", weight_g=620)],
        **changes,
    }
    return record_products([ProductRow(code="divan", **row)], made_by="import", at=AT + timedelta(days=1))


def test_a_product_stands_on_its_shelf_with_price_and_pieces():
    make.book()
    (card,) = cards(["divan"])
    assert (card.title["en"], card.brand["en"], card.is_there) == ("Divan of Hafez", "Hafez", True)
    assert [(offer.sku, offer.price_minor, offer.pieces) for offer in card.offers] == [("divan-1", 5_600_000, 3)]


def test_the_same_again_changes_nothing():
    make.book()
    assert again() == Recorded(unchanged=1)
    assert Product.objects.get().changed_at == AT
    assert Price.objects.count() == 1


def test_a_new_price_is_a_new_version_and_the_old_one_stays():
    make.book()
    again(variants=[VariantRow("divan-1", 6_000_000, "IRR")])
    versions = Price.objects.order_by("version").values_list("version", "amount_minor", "made_by")
    assert list(versions) == [(1, 5_600_000, "test"), (2, 6_000_000, "import")]
    assert Variant.objects.get().price.version == 2


def test_what_a_row_does_not_say_stays():
    make.book(specifications={"binding": {"fa": "سخت", "en": "Hard"}})
    again(title={"en": "Hafez"}, variants=[VariantRow("divan-1", None, "IRR")])
    found = sheet("divan")
    assert found.card.title == {"en": "Hafez"}
    assert [(line.name["en"], line.value["en"]) for line in found.lines] == [("Binding", "Hard")]
    assert (found.card.offers[0].price_minor, found.weight_g) == (5_600_000, 620)


@pytest.mark.parametrize("price", [0, -1, 10**15 + 1])
def test_a_price_of_nothing_is_refused_and_nothing_is_written(price):
    with pytest.raises(Problem) as refused:
        make.book(price=price)
    assert refused.value.code == "bad-price"
    assert not Product.objects.exists()


def test_an_unknown_shelf_or_maker_is_refused_and_nothing_is_written():
    for unknown in ({"category": "toys"}, {"brand": "nobody"}):
        with pytest.raises(LookupError):
            make.book(**unknown)
    assert not Product.objects.exists()


def test_shelves_know_their_way_down():
    assert shelves()["poetry"].path == ("books", "poetry")
    with pytest.raises(LookupError):
        remember_categories([CategoryRow("new", {"en": "New"}), CategoryRow("lost", {"en": "Lost"}, parent="nowhere")])
    assert "new" not in shelves()


def test_cards_come_in_the_order_asked_for_without_what_is_hidden(django_assert_num_queries):
    for code in ("one", "two", "three"):
        make.book(code)
    Product.objects.filter(code="two").update(public=False)
    with django_assert_num_queries(3):
        assert [card.code for card in cards(["three", "two", "one", "four"])] == ["three", "one"]
    assert sheet("two") is None
