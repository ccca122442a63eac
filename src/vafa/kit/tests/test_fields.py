"""Days, times and numbers as people write them."""

from datetime import date, time
from decimal import Decimal

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.utils import translation

from vafa.kit.fields import AmountField, ClockField, CountField, DayField, read_clock, read_day, write_day
from vafa.kit.formats import Preferences, prefer
from vafa.kit.templatetags.interface import dressed

NOWRUZ = date(2026, 3, 21)


class AForm(forms.Form):
    on = DayField(required=False)


@pytest.mark.parametrize(
    "written", ["2026-03-21", "2026/3/21", " 1405-01-01 ", "1405/1/1", "۱۴۰۵/۰۱/۰۱", "١٤٠٥-١-١", "٢٠٢٦/٣/٢١"]
)
def test_a_day_in_either_calendar_and_any_digits(written):
    assert read_day(written) == NOWRUZ


@pytest.mark.parametrize("written", ["1405/13/01", "1404/12/30", "2026-02-30", "tomorrow", "21/03/2026", "0000-01-01"])
def test_what_is_no_day_is_refused(written):
    with pytest.raises(ValidationError):
        read_day(written)


def test_nothing_is_nothing():
    form = AForm({"on": ""})
    assert form.is_valid()
    assert form.cleaned_data["on"] is None


@pytest.mark.parametrize(("language", "shown"), [("fa", "۱۴۰۵/۰۱/۰۱"), ("ar", "٢٠٢٦/٠٣/٢١"), ("en", "2026/03/21")])
def test_a_form_shows_a_day_in_the_readers_calendar_and_reads_it_back(language, shown):
    with translation.override(language):
        html = str(AForm(initial={"on": NOWRUZ})["on"])
        assert f'value="{shown}"' in html
        assert 'type="text"' in html
        assert AForm().fields["on"].clean(shown) == NOWRUZ


@pytest.fixture
def _hijri():
    prefer(Preferences(hijri=True))
    yield
    prefer(Preferences())


@pytest.mark.usefixtures("_hijri")
def test_an_arabic_reader_of_hijri_dates_types_them_too():
    with translation.override("ar"):
        assert write_day(NOWRUZ) == "١٤٤٧/١٠/٠٢"
        assert read_day("١٤٤٧/١٠/٠٢") == NOWRUZ
        assert read_day("2026/03/21") == NOWRUZ
        with pytest.raises(ValidationError):
            read_day("1447/13/01")


def test_what_was_written_wrongly_is_shown_again():
    with translation.override("fa"):
        assert 'value="۱۴۰۵/۱۳/۰۱"' in str(AForm({"on": "۱۴۰۵/۱۳/۰۱"})["on"])


@pytest.mark.parametrize(("language", "written"), [("fa", "۱۴۰۵/۰۱/۰۱"), ("ar", "٢٠٢٦/٠٣/٢١"), ("en", "2026/03/21")])
def test_a_day_that_was_written_is_read_again(language, written):
    with translation.override(language):
        assert write_day(NOWRUZ) == written
    assert read_day(written) == NOWRUZ


class Numbers(forms.Form):
    count = CountField(required=False)
    amount = AmountField(required=False)
    at = ClockField(required=False)


def test_numbers_and_times_are_shown_in_the_readers_digits():
    form = Numbers(initial={"count": 240, "amount": 68000.0, "at": time(14, 5)})
    with translation.override("fa"):
        html = f"{form['count']}{form['amount']}{form['at']}"
    assert all(f'value="{shown}"' in html for shown in ("۲۴۰", "۶۸۰۰۰", "۱۴:۰۵"))
    assert 'type="number"' not in html


def test_numbers_and_times_are_read_in_anybodys_digits():
    form = Numbers({"count": "۲۴۰", "amount": "۶۸٬۰۰۰٫۵", "at": "٩:٣٠"})
    assert form.is_valid()
    assert form.cleaned_data == {"count": 240, "amount": Decimal("68000.5"), "at": time(9, 30)}


def test_what_is_no_number_and_no_time_is_said_at_its_field():
    form = Numbers({"count": "many", "amount": "1,5", "at": "25:00"})
    assert list(form.errors) == ["count", "amount", "at"]


@pytest.mark.parametrize(
    ("text", "clock"), [("9", time(9)), ("9:30", time(9, 30)), ("24:00", time(0)), ("24:01", None)]
)
def test_a_time_of_day(text, clock):
    assert read_clock(text) == clock


def test_a_text_in_one_language_says_which_and_runs_its_way():
    class Texts(forms.Form):
        title_en = forms.CharField()
        title_fa = forms.CharField()
        title = forms.CharField()

    form = Texts()
    assert 'lang="en" dir="ltr"' in dressed(form["title_en"])
    assert 'lang="fa" dir="rtl"' in dressed(form["title_fa"])
    assert "lang=" not in dressed(form["title"])
