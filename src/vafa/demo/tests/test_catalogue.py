"""What lies on the shelves: the same for the same seed, in three languages, by nobody who lives."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest

from vafa.demo.catalogue.books import digest, imagine_shelves
from vafa.demo.catalogue.editions import FRIDAY
from vafa.demo.catalogue.shelves import SHELVES_OF_BOOKS
from vafa.demo.catalogue.things import Thing, slug
from vafa.demo.titles import BOOKS, PHONES

TODAY = date(2026, 11, 22)
LETTERS = {"fa": "پچژگکی", "ar": "كيإى"}  # of which the other language has none


@pytest.fixture(scope="module")
def things() -> list[Thing]:
    return imagine_shelves(1404, books=2000, today=TODAY)


def test_there_are_two_thousand_books_and_the_phones_on_all_shelves(things):
    counted = Counter(thing.shelf for thing in things)
    assert counted.pop("phones") == len(PHONES)
    assert counted.total() == 2000
    assert set(counted) == set(SHELVES_OF_BOOKS)
    assert min(counted.values()) >= 90


def test_the_same_seed_gives_the_same_shelves_and_another_seed_others(things):
    assert digest(things) == digest(imagine_shelves(1404, books=2000, today=TODAY))
    assert digest(things) != digest(imagine_shelves(7, books=2000, today=TODAY))


def test_fewer_books_are_the_first_of_many(things):
    assert imagine_shelves(1404, books=50, today=TODAY) == things[: len(PHONES) + 50]
    assert [thing.title["fa"] for thing in imagine_shelves(1404, books=2, today=TODAY)[len(PHONES) :]] == [
        title.name for title in BOOKS[:2]
    ]


@pytest.mark.parametrize("language", ["fa", "ar", "en"])
def test_no_two_have_the_same_title(things, language):
    counted = Counter(thing.title[language] for thing in things)
    assert [title for title, times in counted.items() if times > 1] == []


def test_codes_stand_in_addresses_and_article_numbers_as_they_are(things):
    assert len({thing.code for thing in things}) == len(things)
    assert [thing.code for thing in things if slug(thing.code) != thing.code or not 2 < len(thing.code) <= 60] == []


def test_every_text_is_there_in_its_own_language(things):
    wrong = []
    for thing in things:
        for told in (thing.title, thing.maker, thing.description, *thing.sheet.values()):
            signs = {language: set(told[language]) for language in ("fa", "ar", "en")}
            foreign = signs["fa"] & set(LETTERS["ar"]) | signs["ar"] & set(LETTERS["fa"])
            if foreign or not all(told.values()) or (not told["en"].isascii() and "é" not in told["en"]):
                wrong.append((told, foreign))
    assert wrong == []


def test_no_pattern_is_left_unfilled(things):
    assert [each for thing in things for each in thing.description.values() if set("{}") & set(each)] == []
    assert [
        each for thing in things for each in (*thing.title.values(), *thing.description.values()) if "  " in each
    ] == []


def test_descriptions_are_hardly_ever_alike(things):
    counted = Counter(thing.description["fa"] for thing in things)
    assert counted.most_common(1)[0][1] <= 8
    assert len(counted) >= 1500


def test_about_a_hundred_and_twenty_people_wrote_them_beside_the_classics(things):
    classics = {thing.maker_code for thing in things[: len(PHONES) + len(BOOKS)]}
    assert 110 <= len({thing.maker_code for thing in things} - classics) <= 140


def test_a_maker_has_one_name(things):
    names: dict[str, set[tuple[str, ...]]] = {}
    for thing in things:
        names.setdefault(thing.maker_code, set()).add(tuple(thing.maker.values()))
    assert {code: told for code, told in names.items() if len(told) > 1} == {}


def test_some_books_are_sold_out_and_of_most_of_them_it_is_known_until_when(things):
    gone = [pile for thing in things for each in thing.editions for pile in each.piles if pile.pieces == 0]
    known = [pile.back_on for pile in gone if pile.back_on]
    assert 100 <= len(gone) <= 300
    assert len(gone) / 2 < len(known) < len(gone)
    assert TODAY + timedelta(days=3) < min(known) < max(known) < TODAY + timedelta(days=40)
    assert not [day for day in known if day.weekday() == FRIDAY]
    assert not [
        pile for thing in things for each in thing.editions for pile in each.piles if pile.pieces and pile.back_on
    ]


def test_what_sells_best_is_there(things):
    assert all(pile.pieces for thing in things[: len(PHONES) + len(BOOKS)] for pile in thing.editions[0].piles)


def test_who_may_choose_a_binding_is_not_told_another_one_in_the_data_sheet(things):
    several = [thing for thing in things if len(thing.editions) > 1]
    assert len(several) > 200
    assert not [thing.code for thing in several if set(thing.editions[0].choices) & set(thing.sheet)]
    assert all(len({str(each.choices) for each in thing.editions}) == len(thing.editions) for thing in several)


def test_prices_and_weights_are_those_of_books(things):
    editions = [each for thing in things for each in thing.editions if thing.shelf != "phones"]
    assert min(each.price for each in editions) >= 45
    assert max(each.price for each in editions) < 2500
    assert {each.price % 5 for each in editions} == {0}
    assert min(each.weight_g for each in editions) >= 50
    assert max(each.weight_g for each in editions) < 3000
