"""Spans of time in words: every plural form that a language has."""

from datetime import date, timedelta

import pytest

from vafa.kit.formats import format_days, format_duration, format_relative_day

TODAY = date(2026, 11, 22)
LANGUAGES = ("fa", "ar", "en")


@pytest.mark.parametrize(
    ("distance", "fa", "ar", "en"),
    [
        (0, "امروز", "اليوم", "today"),
        (1, "فردا", "غدًا", "tomorrow"),
        (2, "پس‌فردا", "بعد غد", "in 2 days"),
        (3, "۳ روز دیگر", "خلال ٣ أيام", "in 3 days"),
        (11, "۱۱ روز دیگر", "خلال ١١ يومًا", "in 11 days"),
        (100, "۱۰۰ روز دیگر", "خلال ١٠٠ يوم", "in 100 days"),
        (102, "۱۰۲ روز دیگر", "خلال ١٠٢ يوم", "in 102 days"),
        (103, "۱۰۳ روز دیگر", "خلال ١٠٣ أيام", "in 103 days"),
        (-1, "دیروز", "أمس", "yesterday"),
        (-2, "پریروز", "أول أمس", "2 days ago"),
        (-3, "۳ روز پیش", "قبل ٣ أيام", "3 days ago"),
        (-40, "۴۰ روز پیش", "قبل ٤٠ يومًا", "40 days ago"),
    ],
)
def test_how_far_a_day_is(distance, fa, ar, en):
    day = TODAY + timedelta(distance)
    assert [format_relative_day(day, TODAY, language) for language in LANGUAGES] == [fa, ar, en]


@pytest.mark.parametrize(
    ("days", "places", "fa", "ar", "en"),
    [
        (0, 0, "۰ روز", "٠ يوم", "0 days"),
        (1, 0, "۱ روز", "يوم واحد", "1 day"),
        (2, 0, "۲ روز", "يومين", "2 days"),
        (10, 0, "۱۰ روز", "١٠ أيام", "10 days"),
        (24.72, 1, "۲۴٫۷ روز", "٢٤٫٧ يوم", "24.7 days"),
        (1.0, 1, "۱٫۰ روز", "١٫٠ يوم", "1.0 days"),
    ],
)
def test_numbers_of_days(days, places, fa, ar, en):
    assert [format_days(days, places, language) for language in LANGUAGES] == [fa, ar, en]


@pytest.mark.parametrize(
    ("span", "fa", "ar", "en"),
    [
        (timedelta(days=2, hours=4, minutes=5), "۲ روز و ۴ ساعت", "يومين و٤ ساعات", "2 days 4 hours"),
        (timedelta(hours=1), "۱ ساعت", "ساعة واحدة", "1 hour"),
        (timedelta(minutes=45, seconds=1), "۴۵ دقیقه و ۱ ثانیه", "٤٥ دقيقة وثانية واحدة", "45 minutes 1 second"),
        (timedelta(0), "۰ ثانیه", "٠ ثانية", "0 seconds"),
        (-timedelta(minutes=2), "۲ دقیقه", "دقيقتين", "2 minutes"),
    ],
)
def test_durations(span, fa, ar, en):
    assert [format_duration(span, language) for language in LANGUAGES] == [fa, ar, en]
