"""The shelves of the built shop: filled through the catalog's actions, found at once, gone with the shop."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from vafa.catalog.actions import StockRow, set_stock
from vafa.catalog.models import (
    BackNotice,
    Brand,
    Category,
    HeldChange,
    Picture,
    Price,
    Product,
    Reindex,
    Stock,
    Storehouse,
    Variant,
)
from vafa.catalog.queries import find, sheet, shelves
from vafa.catalog.queries.configurations import configured
from vafa.catalog.search.asking import Asked
from vafa.demo.actions import build_shop, empty_simulated_shop, replace_by_own_shop
from vafa.demo.actions.living import write_down
from vafa.demo.actions.shelving import fill_shelves
from vafa.demo.catalogue.books import imagine_shelves
from vafa.demo.queries import the_build
from vafa.demo.simulation import DAY
from vafa.demo.tests.make import SMALL, small_shop
from vafa.demo.tests.test_replacing import ANSWERS
from vafa.kit.clock import now
from vafa.promises.models import Promise
from vafa.shop.queries import the_shop


@pytest.fixture(autouse=True)
def home(settings, tmp_path) -> Iterator[Path]:
    """A data folder of this test's own."""
    settings.HOME = tmp_path
    return tmp_path


def imagined():
    return imagine_shelves(SMALL.seed, books=SMALL.books, today=SMALL.last_day)


def found(words: str) -> list[str]:
    return [card.code for card in find(Asked(words)).cards]


def pictures(home: Path) -> set[str]:
    return {path.name for path in (home / "files" / "pictures").glob("*")}


def everything() -> list[object]:
    return [
        list(
            Product.objects.order_by("code").values_list("code", "title", "description", "specifications", "added_at")
        ),
        list(Variant.objects.order_by("sku").values_list("sku", "choices", "weight_g", "price__amount_minor")),
        list(Stock.objects.order_by("variant__sku", "storehouse__code").values_list("on_hand", "back_on")),
        list(Picture.objects.order_by("file").values_list("file", "words", "width", "height")),
    ]


@pytest.mark.django_db
def test_everything_imagined_is_on_the_shelves_with_a_price_a_pile_and_a_cover(home):
    build_shop(SMALL)
    things = imagined()
    editions = [each for thing in things for each in thing.editions]
    assert the_shop().simulated
    assert the_build().scenario == SMALL
    assert Product.objects.count() == len(things) == SMALL.books + 4
    assert Variant.objects.filter(price__currency="IRR").count() == Price.objects.count() == len(editions)
    assert Stock.objects.count() == sum(len(each.piles) for each in editions)
    assert dict(Storehouse.objects.values_list("code", "place__code")) == {"main": "14", "karaj": "31"}
    assert pictures(home) == set(Picture.objects.values_list("file", flat=True))
    assert len(pictures(home)) == len(things)
    assert all(set(name) == {"fa", "ar", "en"} for name in Category.objects.values_list("name", flat=True))
    assert Brand.objects.count() == len({thing.maker_code for thing in things})
    assert shelves()["poetry"].path == ("books", "poetry")


@pytest.mark.django_db
def test_every_value_of_a_data_sheet_and_every_choice_has_a_name():
    small_shop()
    for thing in imagined():
        page = sheet(thing.code)
        named = {line["code"] for line in Category.objects.get(code=page.shelf).specifications}
        assert len(page.lines) == len(thing.sheet)
        assert {code for offer in page.card.offers for code in offer.choices} <= named


@pytest.mark.django_db
def test_what_was_built_is_found_at_once_in_three_languages_and_with_a_slip():
    small_shop()
    for typed in ("شاهنامه", "شاهنامة الفردوسي", "shahnameh", "shahnmaeh"):
        assert found(typed)[0] == "shahnameh"
    assert not Reindex.objects.exists()


@pytest.mark.django_db
def test_filling_them_again_changes_nothing():
    small_shop()
    before = everything()
    fill_shelves(SMALL, lambda share: None)
    assert everything() == before
    assert Price.objects.count() == Variant.objects.count()


@pytest.mark.django_db(transaction=True)
def test_a_second_build_equals_the_first():
    build_shop(SMALL)
    before = everything()
    empty_simulated_shop()
    assert everything() == [[], [], [], []]
    build_shop(SMALL)
    assert everything() == before


@pytest.mark.django_db(transaction=True)
def test_a_shop_of_ones_own_begins_with_empty_shelves_and_finds_no_demo_book(home):
    small_shop()
    assert found("شاهنامه")
    replace_by_own_shop(**ANSWERS)
    assert [each._default_manager.count() for each in (Product, Category, Brand, Storehouse, Picture)] == [0] * 5
    page = find(Asked("شاهنامه"))
    assert (page.total, page.cards, page.shelves, page.brands) == (0, [], [], [])
    assert not pictures(home)


@pytest.mark.django_db
def test_what_is_expected_comes_on_its_day_and_once():
    small_shop()
    tomorrow = SMALL.last_day + DAY
    set_stock(
        [StockRow("shahnameh-1", 0, back_on=tomorrow), StockRow("golestan-1", 0, back_on=tomorrow + DAY)],
        at=now(),
        is_trusted=True,
    )
    scenario = the_build().scenario_after(1)
    for _again in range(2):
        write_down(scenario)
        kept = Stock.objects.filter(variant__sku__in=["shahnameh-1", "golestan-1"], storehouse__code="main")
        assert list(kept.order_by("variant__sku").values_list("on_hand", "back_on")) == [
            (0, tomorrow + DAY),
            (12, None),
        ]


@pytest.mark.django_db
def test_some_books_are_made_as_their_buyers_choose():
    small_shop()
    hafez = sheet("divan-of-hafez").configurable
    assert [option["name"]["en"] for option in hafez["options"]] == ["Gift wrap", "Cover", "Dedication on the cover"]
    assert not HeldChange.objects.exists()
    assert configured(hafez).outcome.is_possible
    on_cloth = configured(hafez, {"o2": "v1", "o3": "v1"}).outcome
    assert [each.clash for each in on_cloth.conflicts] == ["requires"]
    made = configured(hafez, {"o1": "v1", "o2": "v2", "o3": "v1"})
    assert (made.outcome.is_possible, made.made["lead_days"], made.made["surcharge_minor"]) == (True, 7, 6_900_000)


@pytest.mark.django_db
def test_some_customers_wait_for_what_is_expected_and_are_promised_its_day():
    small_shop()
    waiting = list(BackNotice.objects.select_related("variant"))
    assert waiting
    for notice in waiting:
        promise = Promise.objects.get(public_id=notice.promise_ref)
        expected = Stock.objects.filter(variant=notice.variant, back_on__isnull=False).order_by("back_on").first()
        assert (promise.kind, promise.due_on) == ("back_in_stock", expected.back_on)
