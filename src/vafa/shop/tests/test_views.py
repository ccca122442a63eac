from datetime import time

import pytest
from django.urls import reverse
from django.utils.translation import override

from vafa.engine.stated import StatedTime
from vafa.shop.actions import save_settings
from vafa.shop.models import Shop
from vafa.shop.queries import stated_times, the_shop

pytestmark = pytest.mark.django_db
GENERAL = reverse("shop:settings")
HOURS = reverse("shop:hours")
HOLIDAYS = reverse("shop:holidays")
TIMES = reverse("shop:stated-times")
NAMES = reverse("shop:place-names")
PAGES = [GENERAL, HOURS, HOLIDAYS, TIMES, NAMES]


def general(**changed):
    return {
        "name": "Ketab",
        "zone": "Asia/Tehran",
        "languages": ["fa", "en"],
        "default_language": "fa",
        "currency": "IRR",
        "shows_toman": "on",
        "target_probability": "90",
        **changed,
    }


def hours(**changed):
    return {"cut_off": "14:00", "day_5": "9-13, 16:00-20:00", "day_3": "۹ تا ۱۳", **changed}


def rows(*stated, fields=("place", "option", "seller", "days")):
    sent = {
        f"row-{number}-{name}": value
        for number, row in enumerate(stated)
        for name, value in zip(fields, row, strict=True)
    }
    return {**sent, "row-TOTAL_FORMS": str(len(stated)), "row-INITIAL_FORMS": "0"}


@pytest.mark.parametrize("page", PAGES)
def test_strangers_sign_in_first_and_agents_are_refused(page, client, agent_client):
    assert client.get(page).status_code == 302
    assert agent_client.get(page).status_code == 403
    assert agent_client.post(page, general()).status_code == 403
    assert Shop.objects.count() == 0


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", ["en", "fa", "ar"])
def test_an_owner_sees_every_page_in_every_language(page, language, owner_client):
    owner_client.cookies["django_language"] = language
    assert owner_client.get(page).status_code == 200


def test_general_settings_are_saved(owner_client):
    assert owner_client.post(GENERAL, general())["Location"] == GENERAL
    shop = the_shop()
    assert (shop.name, shop.languages, shop.shows_toman, shop.target_probability) == ("Ketab", ["fa", "en"], True, 0.9)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"zone": "Atlantis/Capital"}, "zone"),
        ({"zone": "../../etc/passwd"}, "zone"),
        ({"name": ""}, "name"),
        ({"name": "n" * 121}, "name"),
        ({"languages": []}, "languages"),
        ({"languages": ["xx"]}, "languages"),
        ({"default_language": "ar"}, "default_language"),
        ({"currency": "ZZZ"}, "currency"),
        ({"target_probability": "49"}, "target_probability"),
        ({"target_probability": "100"}, "target_probability"),
        ({"target_probability": "nan"}, "target_probability"),
    ],
)
def test_a_wrong_value_is_said_at_its_field_and_nothing_is_saved(owner_client, changed, field):
    response = owner_client.post(GENERAL, general(**changed))
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert the_shop().name == ""


def test_numbers_may_be_typed_in_persian_digits(owner_client):
    owner_client.post(GENERAL, general(target_probability="۹۵٫۵"))
    assert the_shop().target_probability == 0.955


def test_working_hours_are_saved_with_several_spans_a_day(owner_client):
    assert owner_client.post(HOURS, hours())["Location"] == HOURS
    assert the_shop().working_week == {"5": [["09:00", "13:00"], ["16:00", "20:00"]], "3": [["09:00", "13:00"]]}
    assert the_shop().cut_off == time(14)


def test_a_night_shift_and_a_whole_day_are_hours_too(owner_client):
    owner_client.post(HOURS, {"cut_off": "14:00", "day_0": "22-2", "day_1": "0:00-24:00"})
    assert the_shop().working_week == {"0": [["22:00", "02:00"]], "1": [["00:00", "00:00"]]}


@pytest.mark.parametrize(
    "text", ["9", "nine to five", "9-25", "09:00-17:00, 16:00-18:00", "22-2, 23-1", "9-13-17", "-"]
)
def test_hours_that_cannot_be_are_said_at_their_day(owner_client, text):
    response = owner_client.post(HOURS, hours(day_0=text))
    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["day_0"]
    assert Shop.objects.count() == 0


def test_a_week_without_any_hours_is_refused(owner_client):
    assert owner_client.post(HOURS, {"cut_off": "14:00"}).status_code == 422


def test_an_unticked_holiday_is_worked_and_days_of_ones_own_are_added(owner_client):
    kept = owner_client.get(HOLIDAYS).context["form"]["kept"].initial
    worked, rest = kept[0], kept[1:]
    sent = {"holiday_country": "IR", "kept": rest, "holidays_added": "1405-02-10\n2026/05/01 ۲۰۲۶-۰۶-۰۱"}
    assert owner_client.post(HOLIDAYS, sent)["Location"] == HOLIDAYS
    assert the_shop().holidays_removed == [worked]
    assert the_shop().holidays_added == ["2026-04-30", "2026-05-01", "2026-06-01"]


def test_days_of_ones_own_are_shown_in_the_readers_calendar(owner_client):
    save_settings(holidays_added=["2026-03-25"])
    owner_client.cookies["django_language"] = "fa"
    page = owner_client.get(HOLIDAYS).content.decode()
    assert "۱۴۰۵/۰۱/۰۵" in page
    assert "2026-03-25" not in page.split("همچنین")[1]


def test_removed_days_of_other_years_are_kept(owner_client):
    save_settings(holidays_removed=["2020-03-20"])
    kept = owner_client.get(HOLIDAYS).context["form"]["kept"].initial
    owner_client.post(HOLIDAYS, {"holiday_country": "IR", "kept": kept, "holidays_added": ""})
    assert the_shop().holidays_removed == ["2020-03-20"]


@pytest.mark.parametrize("word", ["2026-02-30", "tomorrow", "21.3.2026", "1405-13-01"])
def test_a_word_that_is_no_day_is_said(owner_client, word):
    response = owner_client.post(HOLIDAYS, {"holiday_country": "", "holidays_added": word})
    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["holidays_added"]
    assert Shop.objects.count() == 0


def test_stated_times_are_saved_as_rows(owner_client):
    sent = rows(("تهران", "", "", "2"), ("", "standard", "", "۱٫۵"), ("", "", "", ""))
    assert owner_client.post(TIMES, sent)["Location"] == TIMES
    assert stated_times() == [StatedTime("تهران", "", "", 2), StatedTime("", "standard", "", 1.5)]


def test_the_option_of_a_stated_time_is_chosen_among_the_shops_own(owner_client):
    form = owner_client.get(TIMES).context["rows"][0]
    assert [code for code, _name in form.fields["option"].choices] == ["", "standard"]
    response = owner_client.post(TIMES, rows(("", "by-pigeon", "", "2")))
    assert (response.status_code, stated_times()) == (422, [])


def test_a_stated_option_that_is_no_longer_offered_is_not_lost(owner_client):
    save_settings(stated_times=[{"place": "", "option": "rider", "seller": "", "days": 1}])
    owner_client.post(TIMES, {**rows(("", "rider", "", "2")), "row-INITIAL_FORMS": "1"})
    assert stated_times() == [StatedTime("", "rider", "", 2)]


def test_hours_and_days_are_shown_in_the_readers_digits_and_read_back(owner_client):
    owner_client.cookies["django_language"] = "fa"
    owner_client.post(HOURS, hours())
    save_settings(stated_times=[{"place": "Shiraz", "option": "", "seller": "", "days": 2.5}])
    assert 'value="۰۹:۰۰-۱۳:۰۰, ۱۶:۰۰-۲۰:۰۰"' in str(owner_client.get(HOURS).context["form"]["day_5"])
    assert 'value="۲.۵"' in str(owner_client.get(TIMES).context["rows"][0]["days"])
    before = the_shop().working_week
    owner_client.post(HOURS, hours(day_5="۰۹:۰۰-۱۳:۰۰, ۱۶:۰۰-۲۰:۰۰"))
    owner_client.post(TIMES, rows(("Shiraz", "", "", "۲.۵")))
    assert (the_shop().working_week, stated_times()) == (before, [StatedTime("Shiraz", "", "", 2.5)])


@pytest.mark.parametrize(("probability", "shown"), [(0.9, "90"), (0.975, "97.5")])
def test_the_caution_is_shown_without_needless_decimals(owner_client, probability, shown):
    save_settings(target_probability=probability)
    assert f'value="{shown}"' in str(owner_client.get(GENERAL).context["form"]["target_probability"])


def test_errors_of_forms_show_the_readers_digits(owner_client):
    owner_client.cookies["django_language"] = "fa"
    page = owner_client.post(GENERAL, general(target_probability="12", name="x" * 130)).content.decode()
    assert "۵۰" in page[page.index("target_probability_error") :][:300]
    assert "۱۲۰" in page[page.index("name_error") :][:300]


def test_a_row_without_days_is_deleted_when_it_is_empty_and_refused_when_it_names_a_place(owner_client):
    save_settings(stated_times=[{"place": "Shiraz", "option": "", "seller": "", "days": 4}])
    assert owner_client.post(TIMES, rows(("Shiraz", "", "", ""))).status_code == 422
    assert len(stated_times()) == 1
    owner_client.post(TIMES, rows(("", "", "", "")))
    assert stated_times() == []


@pytest.mark.parametrize("days", ["-1", "366", "two", "nan", "inf"])
def test_days_that_cannot_be_are_refused(owner_client, days):
    assert owner_client.post(TIMES, rows(("Tehran", "", "", days))).status_code == 422
    assert stated_times() == []


def test_two_rows_about_the_same_case_are_refused(owner_client):
    assert owner_client.post(TIMES, rows(("Tehran", "", "", "2"), ("Tehran", "", "", "3"))).status_code == 422
    assert stated_times() == []


def test_a_form_whose_rows_are_broken_is_refused(owner_client):
    assert owner_client.post(TIMES, {"row-TOTAL_FORMS": "x"}).status_code == 422
    assert stated_times() == []


def name_rows(*named):
    return rows(*named, fields=("fa", "ar", "en", "also"))


def test_the_owner_says_what_places_are_called(owner_client):
    owner_client.post(NAMES, name_rows(("بم", "", "Bam", "Arg-e Bam"), ("", "", "", "")))
    assert the_shop().place_names == [{"fa": "بم", "ar": "", "en": "Bam", "also": "Arg-e Bam"}]
    owner_client.post(NAMES, name_rows(("", "", "", "")))
    assert the_shop().place_names == []


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ([("بم", "", "", "")], "Give a place at least two of its names."),
        ([("بم", "", "Bam", ""), ("بم", "", "Pam", "")], "“بم” stands in two rows."),
    ],
)
def test_names_that_say_nothing_or_two_things_are_refused(sent, told, owner_client):
    answer = owner_client.post(NAMES, name_rows(*sent))
    assert (answer.status_code, told in answer.content.decode()) == (422, True)
    assert the_shop().place_names == []


def test_holidays_are_named_in_the_readers_language(owner_client):
    save_settings(holiday_country="IR")
    owner_client.cookies["django_language"] = "ar"
    with override("en"):  # which ends what the request leaves active
        page = owner_client.get(HOLIDAYS).content.decode()
    assert ("عيد النوروز" in page, "نوروز جشن" in page, "پیروزی انقلاب" in page) == (True, False, False)
