"""What looks like a mistake waits for a person, and the old value stays public."""

from __future__ import annotations

from datetime import timedelta

import pytest

from vafa.catalog.actions import ProductRow, StockRow, VariantRow, record_products, set_stock
from vafa.catalog.actions.deciding import let_through, refuse
from vafa.catalog.models import HeldChange, Price, Product, Stock, Variant
from vafa.catalog.queries import cards
from vafa.catalog.queries.held import held_page
from vafa.catalog.tests import make
from vafa.catalog.tests.make import AT
from vafa.kit.bulk import Recorded
from vafa.kit.problems import Problem

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(days=1)


@pytest.fixture(autouse=True)
def _books(db):
    make.shelves()
    make.book(price=5_600_000, pieces=30, specifications={"binding": {"en": "Hard, 480 pages"}})


def told(price: int | None = None, by: str = "import", at=LATER, **terms):
    variants = [VariantRow("divan-1", price, "IRR", **terms)]
    return record_products([ProductRow("divan", "poetry", {}, variants)], made_by=by, at=at)


def shown() -> int:
    return cards(["divan"])[0].offers[0].price_minor


def waiting() -> list[HeldChange]:
    return [each.held for each in held_page(waiting=True, below=None, size=10)]


def test_a_zero_too_few_waits_and_customers_see_the_old_price():
    assert told(560_000) == Recorded(unchanged=1)
    (held,) = waiting()
    assert (held.old["minor"], held.new["minor"], held.doubts[0]["code"]) == (5_600_000, 560_000, "tenth")
    assert (shown(), Price.objects.count()) == (5_600_000, 1)


def test_the_reasons_are_said_in_words():
    told(560_000)
    (change,) = held_page(waiting=True, below=None, size=10)
    assert change.reasons[0].startswith("About one part in 10 of what was expected (560,000")
    assert change.reasons[0].endswith("Or rial and toman mixed up?")


def test_an_ordinary_change_is_public_at_once():
    told(6_000_000)
    assert (shown(), waiting()) == (6_000_000, [])


def test_the_same_mistake_told_every_night_waits_once():
    told(560_000)
    told(560_000, at=LATER + timedelta(days=1))
    assert HeldChange.objects.count() == 1


def test_what_was_refused_is_not_asked_about_again():
    told(560_000)
    refuse(waiting()[0], by="aram", at=LATER)
    told(560_000, at=LATER + timedelta(days=1))
    assert (waiting(), shown()) == ([], 5_600_000)


def test_what_is_let_through_holds_and_says_who_did_it():
    told(560_000)
    let_through(waiting()[0], by="aram", at=LATER)
    price = Variant.objects.get(sku="divan-1").price
    assert (shown(), price.version, price.made_by, price.reason) == (560_000, 2, "import", "let-through:aram")
    assert waiting() == []


def test_it_is_decided_once():
    told(560_000)
    (held,) = waiting()
    refuse(held, by="aram", at=LATER)
    with pytest.raises(Problem) as second:
        let_through(held, by="bita", at=LATER)
    assert (second.value.code, shown()) == ("decided", 5_600_000)


def test_a_later_right_price_overtakes_what_waits():
    told(560_000)
    told(5_700_000, at=LATER + timedelta(days=1))
    assert (shown(), waiting()) == (5_700_000, [])
    assert HeldChange.objects.get().state == "overtaken"


def test_what_has_moved_on_is_not_let_through():
    told(560_000)
    (held,) = waiting()
    Variant.objects.filter(sku="divan-1").update(price=None)
    with pytest.raises(Problem) as refused:
        let_through(held, by="aram", at=LATER)
    assert (refused.value.code, HeldChange.objects.get().state) == ("moved-on", "overtaken")
    assert Price.objects.count() == 1


def test_a_first_price_below_its_cost_waits_and_the_article_is_not_for_sale():
    make.book("cheap", price=100_000, pieces=1)
    record_products(
        [ProductRow("new", "poetry", {"en": "New"}, [VariantRow("new-1", 90_000, "IRR", cost_minor=100_000)])],
        made_by="import",
        at=LATER,
    )
    assert waiting()[0].doubts[0]["code"] == "below-cost"
    assert Variant.objects.get(sku="new-1").price is None


def test_another_currency_waits():
    record_products([ProductRow("divan", "poetry", {}, [VariantRow("divan-1", 56, "EUR")])], made_by="x", at=LATER)
    assert waiting()[0].doubts[0] == {"code": "other-currency", "before": "IRR", "now": "EUR"}


def test_pieces_that_multiply_wait():
    assert set_stock([StockRow("divan-1", 3_000)], at=LATER, made_by="import") == 0
    assert [held.doubts[0]["code"] for held in waiting()] == ["stock-jump"]
    assert Stock.objects.get().on_hand == 30
    let_through(waiting()[0], by="aram", at=LATER)
    assert Stock.objects.get().on_hand == 3_000


def test_pieces_that_vanish_are_not_sold_while_a_person_is_asked():
    assert set_stock([StockRow("divan-1", 0)], at=LATER, made_by="import") == 1
    assert [held.doubts[0]["code"] for held in waiting()] == ["stock-gone"]
    assert Stock.objects.get().on_hand == 0
    let_through(waiting()[0], by="aram", at=LATER)
    assert (Stock.objects.get().on_hand, waiting()) == (0, [])


def test_a_refused_count_of_nothing_puts_back_what_was_there():
    set_stock([StockRow("divan-1", 0)], at=LATER, made_by="import")
    refuse(waiting()[0], by="aram", at=LATER)
    assert (Stock.objects.get().on_hand, waiting()) == (30, [])


def test_a_new_count_overtakes_the_question_and_is_not_put_back():
    set_stock([StockRow("divan-1", 0)], at=LATER, made_by="import")
    (held,) = waiting()
    assert set_stock([StockRow("divan-1", 7)], at=LATER) == 1
    with pytest.raises(Problem) as late:
        refuse(held, by="aram", at=LATER)
    assert (late.value.code, Stock.objects.get().on_hand) == ("decided", 7)


def test_an_ordinary_count_holds_at_once():
    assert set_stock([StockRow("divan-1", 12)], at=LATER) == 1
    assert waiting() == []


def test_a_data_sheet_with_a_slipped_number_waits_and_the_rest_is_saved():
    row = ProductRow("divan", "poetry", {"en": "Divan"}, [], specifications={"binding": {"en": "Hard, 4800 pages"}})
    record_products([row], made_by="import", at=LATER)
    product = Product.objects.get()
    assert (product.title, product.specifications) == ({"en": "Divan"}, {"binding": {"en": "Hard, 480 pages"}})
    (change,) = held_page(waiting=True, below=None, size=10)
    assert change.reasons == ("A number in “Binding” is moved by a power of ten: was 480, now 4,800.",)
    let_through(change.held, by="aram", at=LATER)
    assert Product.objects.get().specifications == {"binding": {"en": "Hard, 4800 pages"}}
