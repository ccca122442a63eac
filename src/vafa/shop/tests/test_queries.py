from datetime import date

import pytest

from vafa.engine import history
from vafa.kit.problems import Problem
from vafa.shop import holiday_names
from vafa.shop.actions import remember_places, save_settings
from vafa.shop.models import Place, Shop
from vafa.shop.queries import (
    city_names,
    closed_days,
    find_place,
    nearest_names,
    places_by_code,
    public_holidays_of,
    stated_by_every_name,
    the_shop,
    whole_place,
    whole_places,
    working_calendar,
)

TEHRAN = history.Place("1", "تهران", "Tehran", "IR", 35.7, 51.4)
SHIRAZ = history.Place("71", "شیراز", "Fars", "IR")


def test_a_new_installation_has_default_settings(db):
    assert the_shop().currency == "IRR"


def test_the_working_calendar_knows_the_week_and_the_holidays_of_the_shop(db):
    save_settings(zone="Asia/Tehran", working_week={"5": [["09:00", "13:00"], ["16:00", "20:00"]]}, holiday_country="")
    assert working_calendar().is_working_day(date(2026, 11, 21))
    assert not working_calendar().is_working_day(date(2026, 11, 20))


def test_holidays_may_be_added_and_removed_by_date(db):
    nowruz = date(2026, 3, 21)
    save_settings(holiday_country="IR")
    assert nowruz in closed_days(nowruz, nowruz)
    save_settings(holidays_removed=["2026-03-21"], holidays_added=["2026-03-08"])
    assert nowruz not in closed_days(nowruz, nowruz)
    assert closed_days(date(2026, 3, 8), date(2026, 3, 9)) == {date(2026, 3, 8)}


def test_the_settings_row_is_read_at_most_once_for_a_request(db, rf, django_assert_num_queries):
    from vafa.shop.memory import ShopMiddleware

    with django_assert_num_queries(1):
        ShopMiddleware(lambda request: [the_shop(), the_shop()])(rf.get("/"))


def test_a_change_is_seen_within_the_same_request(db, rf):
    from vafa.shop.memory import ShopMiddleware

    def change_and_read(request):
        the_shop()
        save_settings(name="Ketab")
        return the_shop().name

    assert ShopMiddleware(change_and_read)(rf.get("/")) == "Ketab"


def test_a_setting_that_cannot_be_changes_nothing(db):
    save_settings(name="Ketab")
    with pytest.raises(Problem) as refused:
        save_settings(name="Other", zone="Atlantis/Capital")
    assert refused.value.field == "zone"
    assert Shop.objects.get().name == "Ketab"


def test_places_are_remembered_once(db):
    assert remember_places([TEHRAN, SHIRAZ, TEHRAN]) == 2
    assert remember_places([SHIRAZ]) == 0
    assert Place.objects.count() == 2


def test_a_place_is_found_by_its_code_and_by_any_spelling_of_its_city(db):
    remember_places([TEHRAN, SHIRAZ])
    assert find_place("71").city == "شیراز"
    assert find_place(" شيراز ").code == "71"
    assert find_place("Isfahan") is None


def test_a_city_is_found_where_its_region_is_known(db):
    remember_places([history.Place("10074", "شیراز", "", "IR"), SHIRAZ])
    assert find_place("شیراز").code == "71"


@pytest.mark.parametrize("odd", ["", "  ", "\x00", "7\x001", "x" * 10_000])
def test_words_that_are_no_place_find_none(db, odd):
    remember_places([TEHRAN])
    assert find_place(odd) is None
    assert places_by_code([odd, "1"]) == {"1": Place.objects.get()}


@pytest.mark.parametrize("name", ["Shiraz", "SHIRAZ", "شيراز", " شیراز "])
def test_a_persian_city_is_found_by_its_names_in_other_scripts(db, name):
    remember_places([SHIRAZ])
    assert find_place(name).code == "71"


@pytest.mark.parametrize("name", ["اسلامشهر", "اسلام شهر", "Eslam Shahr", "islamshahr", "إسلام شهر"])
def test_spaces_and_joiners_do_not_matter_in_a_listed_name(db, name):
    remember_places([history.Place("331", "اسلام‌شهر", "تهران", "IR")])
    assert find_place(name).code == "331"


def test_a_place_is_found_by_the_name_another_import_gave_it(db):
    remember_places([SHIRAZ])
    assert remember_places([history.Place("71", "Sadra")]) == 0
    assert find_place("sadra").code == "71"
    remember_places([history.Place("72", "Sadra", "Fars")])
    assert find_place("sadra").code == "72"


def test_a_place_that_lies_in_many_cities_keeps_only_some_of_their_names(db):
    remember_places([SHIRAZ])
    for number in range(9):
        remember_places([history.Place("71", f"Town {number}")])
    assert [find_place(f"Town {number}") is not None for number in range(9)] == [True] * 5 + [False] * 4


def test_a_city_without_a_region_gets_that_of_its_namesakes(db):
    remember_places([SHIRAZ, history.Place("719", "Shiraz"), history.Place("500", "Tabriz")])
    by_code = {place.code: place for place in whole_places().values()}
    assert (by_code["719"].city, by_code["719"].region, by_code["719"].country) == ("شیراز", "Fars", "IR")
    assert by_code["500"].region == ""
    assert whole_place(find_place("719")) == by_code["719"]
    assert whole_place(find_place("500")) == by_code["500"]


def test_the_nearest_names_are_suggested_as_the_shop_writes_them(db):
    remember_places([TEHRAN, SHIRAZ])
    assert nearest_names("Shirza") == ["شیراز"]
    assert nearest_names("تهرن") == ["تهران"]
    assert nearest_names("Atlantis") == []
    assert nearest_names("Bamm", ["Bam"]) == ["Bam"]


def test_cities_are_listed_in_the_readers_language(db):
    remember_places([TEHRAN, SHIRAZ, history.Place("9", "Atlantis")])
    assert city_names("en") == ["Atlantis", "Shiraz", "Tehran"]
    assert set(city_names("ar")) == {"Atlantis", "شيراز", "طهران"}


def test_a_statement_speaks_about_the_city_by_every_name_and_the_name_itself_comes_last(db):
    save_settings(stated_times=[{"place": "Tehran", "option": "", "seller": "", "days": 2}])
    assert {stated.place for stated in stated_by_every_name()} == {"تهران", "Tehran", "طهران", "Teheran"}
    assert stated_by_every_name()[-1].place == "Tehran"


@pytest.mark.parametrize(
    ("country", "language", "day", "name"),
    [
        ("IR", "fa", date(2026, 4, 2), "روز طبیعت"),
        ("IR", "ar", date(2026, 4, 2), "يوم الطبيعة"),
        ("IR", "en", date(2026, 4, 2), "Nature's Day"),
        ("IR", "ar", date(2027, 3, 10), "عيد الفطر (تقديري)"),
        ("AE", "fa", date(2026, 12, 2), "روز ملی"),
        ("DE", "fa", date(2026, 10, 3), "Tag der Deutschen Einheit"),
    ],
)
def test_public_holidays_are_named_in_the_language_where_anybody_knows_how(country, language, day, name):
    assert public_holidays_of(country, day, day, language) == {day: name}


def test_every_listed_holiday_has_a_name_in_both_languages():
    lines = [line.split("|") for line in holiday_names.NAMES.strip().splitlines()]
    assert all(len(line) == 3 and all(line) for line in lines)
    assert len({line[0] for line in lines}) == len(lines)


def test_no_country_has_no_holidays():
    assert public_holidays_of("", date(2026, 1, 1), date(2026, 12, 31), "en") == {}
