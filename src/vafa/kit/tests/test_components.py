"""Components, as templates use them."""

from datetime import date

import pytest
from django import forms
from django.template import Context, Template
from django.utils import translation
from django_cotton.compiler_regex import CottonCompiler

from vafa.kit import charts
from vafa.kit.templatetags.formats import counts


def rendered(source, language="en", **context):
    with translation.override(language):
        return Template(CottonCompiler().process(source)).render(Context(context))


class AForm(forms.Form):
    days = forms.IntegerField(min_value=0, help_text="working days")
    since = forms.DateField(required=False)
    email = forms.EmailField()
    way = forms.ChoiceField(choices=[("post", "Post"), ("courier", "Courier")], widget=forms.RadioSelect)
    agree = forms.BooleanField()
    hidden = forms.CharField(widget=forms.HiddenInput)


@pytest.mark.parametrize(
    ("sentence", "shown"),
    [
        ("At most 120 letters (it has 130).", "At most ۱۲۰ letters (it has ۱۳۰)."),
        ("Write it like 2026-03-21 or 1405/01/01.", "Write it like 2026-03-21 or 1405/01/01."),
        ("Hours are 09:00-17:00.", "Hours are 09:00-17:00."),
        ("From 0.5 to 99.9", "From 0.5 to 99.9"),
        ("A12 and 12B are codes, 7 is none", "A12 and 12B are codes, ۷ is none"),
    ],
)
def test_counts_in_sentences_get_the_readers_digits_and_nothing_else_does(sentence, shown):
    with translation.override("fa"):
        assert counts(sentence) == shown


def test_a_button_is_a_link_or_sends_the_form():
    assert '<a href="/x" class="btn btn-primary ' in rendered('<c-button href="/x">Go</c-button>')
    assert '<button type="submit" class="btn btn-quiet ' in rendered('<c-button tone="quiet">Go</c-button>')


def test_a_button_passes_its_other_attributes_on():
    assert 'hx-post="/x" name="go" value="1"' in rendered('<c-button hx-post="/x" name="go" value="1">Go</c-button>')


def test_a_chip_tells_the_day_the_frequency_and_the_remedy():
    source = '<c-chip :day="day" :kept="97" :of="100" place="Shiraz" remedy="a voucher" why="Because." />'
    html = rendered(source, day=date(2026, 11, 26))
    assert '<time datetime="2026-11-26">Thursday 26 November</time>' in html
    assert "<strong>97 of the last 100</strong> to Shiraz came on time" in html
    assert "a voucher" in html
    assert html.count("mosaic-late") == 3
    assert "<summary>" in html


def test_a_chip_without_a_record_shows_no_tiles_and_no_frequency():
    html = rendered('<c-chip :day="day" />', day=date(2026, 11, 26))
    assert "mosaic" not in html
    assert "came on time" not in html
    assert "<details" not in html


def test_a_chip_refuses_honestly():
    html = rendered('<c-chip refusal="Nobody knows." />')
    assert "No date" in html
    assert "Nobody knows." in html
    assert "<time" not in html


def test_a_chip_escapes_what_people_typed():
    html = rendered(
        '<c-chip :day="day" :kept="1" :of="2" place="{{ place }}" />', day=date(2026, 1, 1), place="<b>x</b>"
    )
    assert "<b>x</b>" not in html
    assert "&lt;b&gt;x&lt;/b&gt;" in html


@pytest.mark.django_db  # the kept picture depends on how the shop writes days and numbers
def test_a_chip_holds_the_picture_of_the_curve_as_it_is():
    curve = charts.curve_picture([0.5, 1.0], date(2026, 1, 1), date(2026, 1, 2))
    assert str(curve) in rendered('<c-chip :day="day" :curve="curve" />', day=date(2026, 1, 2), curve=curve)


def test_a_chip_in_persian_has_jalali_days_and_persian_digits():
    html = rendered('<c-chip :day="day" :kept="97" :of="100" />', "fa", day=date(2026, 11, 26))
    assert '<time datetime="2026-11-26">پنجشنبه ۵ آذر</time>' in html
    assert "۹۷" in html


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        (
            "days",
            ['type="number"', 'inputmode="numeric"', "field-ltr", 'min="0"', 'aria-describedby="id_days_helptext"'],
        ),
        ("since", ['type="date"', "(optional)"]),
        ("email", ['type="email"', "field-ltr"]),
        ("way", ["<fieldset", "<legend>Way</legend>", 'type="radio"', "radio radio-primary"]),
        ("agree", ['class="checkbox checkbox-primary"', '<label for="id_agree">Agree</label>']),
    ],
)
def test_a_field_has_the_attributes_of_its_kind(field, expected):
    html = rendered('<c-field :field="field" />', field=AForm()[field])
    assert [part for part in expected if part not in html] == []


def test_a_hidden_field_is_only_its_input():
    html = rendered('<c-field :field="field" />', field=AForm()["hidden"]).strip()
    assert html == '<input type="hidden" name="hidden" id="id_hidden">'


def test_errors_are_tied_to_their_field():
    html = rendered('<c-field :field="field" />', field=AForm({"days": "-1"})["days"])
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_days_helptext id_days_error"' in html
    assert 'id="id_days_error"' in html


def test_icons_that_point_turn_with_the_direction():
    assert "icon-turns" in rendered('<c-icon name="forward" />')
    assert "icon-turns" not in rendered('<c-icon name="check" />')


def test_an_icon_is_silent_unless_it_has_a_label():
    assert 'aria-hidden="true"' in rendered('<c-icon name="check" />')
    assert 'role="img" aria-label="Kept"' in rendered('<c-icon name="check" label="Kept" />')


def test_progress_has_machine_numbers_in_every_language():
    assert 'value="0.4" max="1"' in rendered('<c-progress :value="0.4" />', "ar")
    assert "value=" not in rendered("<c-progress />")


def test_filters_leave_nothing_empty():
    source = "[{{ n|number }}{{ n|day }}{{ n|money }}{{ n|percent }}{{ n|days }}{{ n|moment }}{{ n|relative_day }}]"
    assert rendered(source, n=None) == "[]"


def test_text_in_languages_falls_back():
    texts = {"fa": "پست", "en": "Post"}
    assert rendered("{{ t|in_language }}", "fa", t=texts) == "پست"
    assert rendered("{{ t|in_language }}", "ar", t=texts) == "Post"
    assert rendered("{{ t|in_language }}", "ar", t={"fa": "پست"}) == "پست"


@pytest.mark.parametrize(("mark", "full"), [(0, 0), (2.5, 58), (4.3, 102), (5, 116)])
def test_stars_are_filled_as_far_as_the_mark_goes(mark, full):
    drawn = charts.stars(mark)
    assert drawn.count('class="star-none"') == 5
    assert (f'width="{full}"' in drawn) == (full > 0)


@pytest.mark.parametrize("mark", [-1, 5.1, float("nan")])
def test_a_mark_that_cannot_be_is_not_drawn(mark):
    assert charts.stars(mark) == ""


def test_enter_in_a_count_never_lowers_it():
    html = rendered('<c-quantity label="Pieces" :value="2" :max="2" />')
    assert html.index('value="set"') < html.index('value="less"') < html.index('value="more"')
    assert 'value="more" aria-label="One more" disabled' in html


@pytest.mark.django_db  # the kept picture depends on how the shop writes days and numbers
def test_a_price_of_nothing_is_free_and_a_lower_one_shows_what_it_was():
    assert "free" in rendered('<c-price :minor="0" />')
    assert "<s>14,800\xa0toman</s>" in rendered('<c-price :minor="125000" :was="148000" currency="IRR" />')
    assert "<s>" not in rendered('<c-price :minor="125000" :was="125000" currency="IRR" />')


def test_a_dialog_is_reached_by_a_link():
    assert 'href="#sure"' in rendered('<c-opener dialog="sure">Delete</c-opener>')
    assert 'id="sure" aria-labelledby="sure-title"' in rendered('<c-dialog id="sure" title="Sure?">…</c-dialog>')
