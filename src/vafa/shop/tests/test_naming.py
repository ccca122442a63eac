"""Cities and regions under their names in each language, and their spellings joined."""

import pytest

from vafa.engine import history
from vafa.kit.problems import Problem
from vafa.shop import city_names, region_names
from vafa.shop.actions import remember_places, save_settings
from vafa.shop.models import Place, Shop
from vafa.shop.naming import naming_of, squashed
from vafa.shop.queries import (
    find_place,
    first_names,
    is_among,
    place_name,
    regions_called,
    unnamed_places,
    whole_place,
    whole_places,
)

pytestmark = pytest.mark.django_db
LINES = [*region_names.NAMES.strip().splitlines(), *city_names.NAMES.strip().splitlines()]


def named(**names):
    return {"fa": "", "ar": "", "en": "", "also": "", **names}


@pytest.mark.parametrize(
    ("name", "language", "shown"),
    [
        ("سیستان و بلوچستان", "en", "Sistan and Baluchestan"),
        ("Fars", "fa", "فارس"),
        ("تهران", "ar", "طهران"),
        ("Shiraz", "fa", "شیراز"),
        ("Bahia", "fa", "Bahia"),
    ],
)
def test_a_place_is_called_as_its_reader_calls_it(name, language, shown):
    assert place_name(name, language) == shown


def test_every_region_has_a_name_in_each_language():
    lines = [line.split("|") for line in region_names.NAMES.strip().splitlines()]
    assert all(len(line) >= 3 and all(line) for line in lines)


def test_no_spelling_is_listed_for_two_places():
    keys = [(squashed(name), number) for number, line in enumerate(LINES) for name in line.split("|")]
    places = {}
    for key, number in keys:
        places.setdefault(key, set()).add(number)
    assert {key: [LINES[number] for number in found] for key, found in places.items() if len(found) > 1} == {}


@pytest.mark.parametrize("typed", ["Razavi Khorasan", "خراسان رضوی", "خراسان الرضوية", "razavi  khorasan"])
def test_a_region_is_found_by_any_of_its_names(typed):
    Place.objects.create(code="m", city="مشهد", region="خراسان رضوی")
    Place.objects.create(code="n", city="Mashhad", region="KHORASAN RAZAVI")
    assert {"خراسان رضوی", "KHORASAN RAZAVI"} <= set(regions_called(typed))


def test_a_region_to_which_nothing_went_stays_as_it_was_typed():
    assert regions_called("Atlantis") == ["Atlantis"]


def test_a_region_that_was_imported_in_two_scripts_is_one():
    remember_places([history.Place("71", "شیراز", "فارس"), history.Place("72", "Shiraz", "FARS")])
    found = {place.code: (place.city, place.region) for place in whole_places().values()}
    assert found == {"71": ("شیراز", "فارس"), "72": ("شیراز", "فارس")}
    assert [whole_place(place) for place in Place.objects.order_by("pk")] == list(whole_places().values())


def test_the_name_that_came_first_stands_for_all():
    remember_places([history.Place("72", "Shiraz", "Fars"), history.Place("71", "شیراز", "فارس")])
    assert {place.region for place in whole_places().values()} == {"Fars"}
    assert whole_place(find_place("شیراز")).city == "Shiraz"


def test_names_that_nobody_joined_stay_apart_and_as_they_are():
    remember_places([history.Place("1", "são paulo", "SP"), history.Place("2", "Sao Paulo", "SP")])
    assert [place.city for place in whole_places().values()] == ["são paulo", "Sao Paulo"]
    assert first_names("city").first("Sao Paulo") == "Sao Paulo"


def test_a_city_without_a_region_gets_that_of_its_namesake_in_the_other_script():
    remember_places([history.Place("719", "Shiraz"), history.Place("71", "شیراز", "فارس", "IR")])
    assert whole_place(find_place("719")) == history.Place("719", "Shiraz", "فارس", "IR")
    assert whole_places()[find_place("719").pk] == whole_place(find_place("719"))


def test_the_owner_joins_two_spellings_and_takes_it_back():
    remember_places([history.Place("1", "Bam", "Kerman"), history.Place("2", "Arg-e Bam", "Kerman")])
    save_settings(place_names=[named(fa="بم", en="Bam", also="Arg-e Bam, Bam city")])
    assert {place.city for place in whole_places().values()} == {"Bam"}
    assert (place_name("Arg-e Bam", "fa"), place_name("بم", "ar")) == ("بم", "بم")
    assert find_place("بم").code == "1"
    save_settings(place_names=[])
    assert [place.city for place in whole_places().values()] == ["Bam", "Arg-e Bam"]


def test_what_the_owner_says_stands_above_the_list_and_keeps_its_other_names():
    naming = naming_of([named(en="Persis", also="Fars")])
    assert (naming.name_in("فارس", "en"), naming.name_in("Persis", "fa")) == ("Persis", "فارس")


def test_a_place_is_meant_by_any_name_of_its_city_or_region():
    shiraz = history.Place("71", "Shiraz", "Fars", "IR")
    assert all(is_among(shiraz, [name]) for name in ("فارس", "شيراز", "ir", "71"))
    assert not any(is_among(shiraz, [name]) for name in ("Tehran", ""))


def test_names_known_in_one_language_only_are_told():
    remember_places([history.Place(str(code), "Bam", "Kerman") for code in (1, 2)] + [history.Place("3", "Atlantis")])
    assert unnamed_places(5) == ["Bam", "Atlantis"]
    save_settings(place_names=[named(fa="بم", en="Bam")])
    assert unnamed_places(5) == ["Atlantis"]


@pytest.mark.parametrize(
    "rows",
    [
        [named(fa="بم")],
        [named(fa="بم", en="Bam"), named(ar="بم", en="Pam")],
        [named(fa="بم", also="!")],
        [named(fa="بم", en="B" * 121)],
        [{"fa": "بم"}],
        ["بم"],
        [named(fa=f"م{number}", en=f"m{number}") for number in range(501)],
    ],
)
def test_names_that_cannot_be_are_refused(rows):
    with pytest.raises(Problem) as refused:
        save_settings(place_names=rows)
    assert refused.value.field == "place_names"
    assert Shop.objects.filter(place_names=[]).exists() or not Shop.objects.exists()
