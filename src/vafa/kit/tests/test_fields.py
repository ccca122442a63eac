"""Days as people write them."""

from datetime import date

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.utils import translation

from vafa.kit.fields import DayField, read_day

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


def test_a_persian_form_shows_jalali_and_reads_it_back():
    with translation.override("fa"):
        html = str(AForm(initial={"on": NOWRUZ})["on"])
        assert 'value="۱۴۰۵/۰۱/۰۱"' in html
        assert 'type="text"' in html
        assert AForm({"on": "۱۴۰۵/۰۱/۰۱"}).fields["on"].clean("۱۴۰۵/۰۱/۰۱") == NOWRUZ


@pytest.mark.parametrize("language", ["ar", "en"])
def test_other_forms_use_the_picker_of_the_browser(language):
    with translation.override(language):
        html = str(AForm(initial={"on": NOWRUZ})["on"])
    assert 'type="date"' in html
    assert 'value="2026-03-21"' in html


def test_what_was_written_wrongly_is_shown_again():
    with translation.override("fa"):
        assert 'value="۱۴۰۵/۱۳/۰۱"' in str(AForm({"on": "۱۴۰۵/۱۳/۰۱"})["on"])
