"""Digits, numbers, percentages, frequencies, money."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vafa.kit.formats import (
    Preferences,
    format_frequency,
    format_money,
    format_number,
    format_percent,
    native_digits,
    plain_digits,
    prefer,
)

LANGUAGES = ("fa", "ar", "en")


@pytest.fixture(autouse=True)
def plain_preferences():
    prefer(Preferences())
    yield
    prefer(Preferences())


@given(st.text(), st.sampled_from(LANGUAGES))
def test_native_digits_read_back_as_the_plain_ones(text, language):
    assert plain_digits(native_digits(text, language)) == plain_digits(text)


@given(st.integers(-(10**15), 10**15), st.sampled_from(LANGUAGES))
def test_numbers_read_back(number, language):
    shown = plain_digits(format_number(number, 0, language))
    digits = "".join(sign for sign in shown if sign.isdigit())
    assert int(digits) == abs(number)
    assert ("-" in shown or "\u2212" in shown) == (number < 0)


@pytest.mark.parametrize(
    ("value", "places", "fa", "ar", "en"),
    [
        (0, 0, "۰", "٠", "0"),
        (1234567, 0, "۱٬۲۳۴٬۵۶۷", "١٬٢٣٤٬٥٦٧", "1,234,567"),
        (24.65, 1, "۲۴٫۶", "٢٤٫٦", "24.6"),
        (Decimal("2.5"), 0, "۲", "٢", "2"),  # half to even, as the figures in the JSON
        (-3.14159, 2, "\u200e\u2212۳٫۱۴", "\u061c-٣٫١٤", "\u22123.14"),
        (1e-7, 2, "۰٫۰۰", "٠٫٠٠", "0.00"),
    ],
)
def test_numbers(value, places, fa, ar, en):
    assert [format_number(value, places, language) for language in LANGUAGES] == [fa, ar, en]


def test_a_sign_for_margins():
    assert format_number(2.4, 1, "en", signed=True) == "+2.4"
    assert format_number(0, 1, "en", signed=True) == "0.0"
    assert format_number(2.4, 1, "fa", signed=True) == "\u200e+۲٫۴"


def test_percentages():
    shown = [format_percent(0.8994, 1, language) for language in LANGUAGES]
    assert shown == ["\u061c۸۹٫۹٪", "٨٩٫٩٪\u061c", "89.9%"]
    assert format_percent(1, language="en") == "100%"


def test_frequencies():
    assert [format_frequency(97, 100, language) for language in LANGUAGES] == ["۹۷ از ۱۰۰", "٩٧ من ١٠٠", "97 of 100"]


def test_rials_are_shown_as_tomans():
    shown = [format_money(125_000, "IRR", language, toman=True) for language in LANGUAGES]
    assert shown == ["۱۲٬۵۰۰\u00a0تومان", "١٢٬٥٠٠\u00a0تومان", "12,500\u00a0toman"]
    assert format_money(12_345, "IRR", "en", toman=True) == "1,234.5\u00a0toman"
    assert format_money(-50_000, "IRR", "en", toman=True) == "\u22125,000\u00a0toman"


def test_rials_as_rials():
    shown = [format_money(125_000, "IRR", language, toman=False) for language in LANGUAGES]
    assert shown == ["۱۲۵٬۰۰۰\u00a0ریال", "١٢٥٬٠٠٠\u00a0ريال إيراني", "125,000\u00a0rial"]


def test_the_shops_choice_decides_where_none_is_given():
    prefer(Preferences(currency="IRR", shows_toman=False))
    assert format_money(125_000, language="en") == "125,000\u00a0rial"


@pytest.mark.parametrize(
    ("minor", "currency", "fa", "ar", "en"),
    [
        (123_456, "USD", "۱٬۲۳۴٫۵۶\u00a0دلار آمریکا", "١٬٢٣٤٫٥٦\u00a0دولار أمريكي", "$1,234.56"),
        (-500, "EUR", "\u200e\u2212۵٫۰۰\u00a0یورو", "\u061c-٥٫٠٠\u00a0يورو", "\u2212€5.00"),
        (12_345, "KWD", "۱۲٫۳۴۵\u00a0دینار کویت", "١٢٫٣٤٥\u00a0دينار كويتي", "KWD\u00a012.345"),
        (700, "JPY", "۷۰۰\u00a0ین ژاپن", "٧٠٠\u00a0ين ياباني", "¥700"),
    ],
)
def test_each_currency_has_its_own_minor_unit(minor, currency, fa, ar, en):
    assert [format_money(minor, currency, language) for language in LANGUAGES] == [fa, ar, en]


@given(st.integers(-(10**14), 10**14))
def test_tomans_lose_no_rial(rials):
    shown = plain_digits(format_money(rials, "IRR", "en", toman=True)).replace(",", "").replace("\u2212", "-")
    assert Decimal(shown.split("\u00a0")[0]) * 10 == rials
