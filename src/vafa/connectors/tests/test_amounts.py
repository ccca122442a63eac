from __future__ import annotations

from datetime import date, time

import pytest

from vafa.connectors.values import amounts
from vafa.connectors.values.leads import LeadTime, lead_time
from vafa.connectors.values.places import area_of, country_code, place_of
from vafa.engine.calendars import WorkingCalendar


@pytest.mark.parametrize(
    ("text", "decimal", "value"),
    [
        ("1,234.50", ".", 1234.5),
        ("R$ 1.234,50", ",", 1234.5),
        ("۱٬۲۳۴٫۵", ".", 1234.5),
        ("1,250,000 تومان", ".", 1250000.0),
        ("See DN-304 (ID#:10589)", ".", None),
        ("free", ".", None),
    ],
)
def test_numbers_are_read_in_any_writing(text, decimal, value):
    assert amounts.number(text, decimal) == value


def test_the_decimal_mark_is_seen_in_the_numbers():
    assert amounts.decimal_mark(["1.234,50", "12,5"]) == ","
    assert amounts.decimal_mark(["1,234.50", "12.5"]) == "."
    assert amounts.decimal_mark(["1,234", "500"]) == "."


def test_money_counts_the_minor_units_of_its_currency():
    assert amounts.minor_units("12.34", "USD") == 1234
    assert amounts.minor_units("1,250,000", "IRR") == 1250000
    assert amounts.minor_units("-5", "USD") is None
    assert amounts.minor_units("9" * 40, "USD") is None


def test_weights_are_grams_and_a_unit_in_the_text_wins():
    assert amounts.weight_g("1.5", "kg") == 1500.0
    assert amounts.weight_g("۲ کیلوگرم", "g") == 2000.0
    assert amounts.weight_g("-1", "kg") is None


@pytest.mark.parametrize(
    ("text", "days", "working"),
    [
        ("3-5 days", 5, False),
        ("۲ تا ۴ روز کاری", 4, True),
        ("خلال 3-5 أيام عمل", 5, True),
        ("Livraison Rapide [4 à 5 Jours ouvrés]", 5, True),
        ("Free Shipping (4-8 days via USPS): $30.00", 8, False),
        ("PAC - 8 dias úteis", 8, True),
        ("24 hours", 1, False),
        ("2 weeks", 14, False),
        ("3-5", 5, False),
        ("same day", 0, False),
    ],
)
def test_the_upper_end_of_a_delivery_time_counts(text, days, working):
    assert lead_time(text) == LeadTime(days, working)


@pytest.mark.parametrize("text", ["Standard", "Flat rate", "Express 2 items", "soon", "900 days"])
def test_no_delivery_time_is_none(text):
    assert lead_time(text) is None


def test_working_days_are_the_shops():
    """Two working days from a Friday end on Tuesday, a holiday moves that to Wednesday."""
    week = {day: [(time(9), time(17))] for day in range(5)}
    plain = WorkingCalendar("UTC", week, frozenset())
    monday_off = WorkingCalendar("UTC", week, frozenset({date(2026, 3, 2)}))
    assert LeadTime(2, working=True).due_on(date(2026, 2, 27), plain) == date(2026, 3, 3)
    assert LeadTime(2, working=True).due_on(date(2026, 2, 27), monday_off) == date(2026, 3, 4)
    assert LeadTime(2, working=False).due_on(date(2026, 2, 27), plain) == date(2026, 3, 1)


def test_a_postal_code_is_cut_to_its_area():
    codes = ["90210-1234", "SW1A 1AA", "'75008", "۱۹۵۱۶۴۳۲۳۱", "4195"]
    assert [area_of(code) for code in codes] == ["90210", "SW1A", "75008", "19516", "4195"]


def test_countries_are_known_by_name_in_several_languages():
    names = ["Côte d'Ivoire", "ایران", "مصر", "Brasil", "de", "Atlantis"]
    assert [country_code(name) for name in names] == ["CI", "IR", "EG", "BR", "DE", ""]


def test_a_place_is_named_by_code_else_city_else_country():
    assert place_of("75008", "Paris", "", "FR").code == "75008"
    assert place_of("", "شيراز", "فارس", "").code == place_of("", "شیراز", "فارس", "").code
    assert (place_of("", "", "", "Nigeria").code, place_of("", "", "", "Nigeria").region) == ("Nigeria", "Nigeria")
    assert place_of("", "", "", "") is None
