"""Known days, in three calendars and three scripts."""

from datetime import UTC, date, datetime, timedelta

import jdatetime
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vafa.kit import formats
from vafa.kit.formats import Preferences, format_clock, format_date, format_date_range, format_moment, prefer

NOWRUZ = date(2026, 3, 21)


@pytest.fixture(autouse=True)
def plain_preferences():
    prefer(Preferences())
    yield
    prefer(Preferences())


@pytest.mark.parametrize(
    ("day", "jalali"),
    [
        (date(2026, 3, 21), "۱ فروردین ۱۴۰۵"),
        (date(2026, 3, 20), "۲۹ اسفند ۱۴۰۴"),
        (date(2025, 3, 20), "۳۰ اسفند ۱۴۰۳"),  # a leap year
        (date(2025, 3, 21), "۱ فروردین ۱۴۰۴"),
        (date(2026, 11, 22), "۱ آذر ۱۴۰۵"),
        (date(1979, 2, 11), "۲۲ بهمن ۱۳۵۷"),
        (date(2000, 1, 1), "۱۱ دی ۱۳۷۸"),
    ],
)
def test_persian_reads_jalali(day, jalali):
    assert format_date(day, "fa") == jalali


@pytest.mark.parametrize(
    ("day", "hijri"),
    [
        (date(2026, 3, 20), "١ شوال ١٤٤٧ هـ"),
        (date(2026, 6, 16), "١ محرم ١٤٤٨ هـ"),
        (date(2026, 2, 18), "١ رمضان ١٤٤٧ هـ"),
    ],
)
def test_arabic_reads_hijri_where_the_shop_prefers_it(day, hijri):
    prefer(Preferences(hijri=True))
    assert format_date(day, "ar") == hijri


def test_outside_the_hijri_tables_the_date_stays_gregorian():
    assert format_date(date(2090, 5, 1), "ar", "hijri") == "١ مايو ٢٠٩٠"


@pytest.mark.parametrize(
    ("style", "fa", "ar", "en"),
    [
        ("long", "۱ فروردین ۱۴۰۵", "٢١ مارس ٢٠٢٦", "21 March 2026"),
        ("day", "۱ فروردین", "٢١ مارس", "21 March"),
        ("weekday", "شنبه ۱ فروردین", "السبت ٢١ مارس", "Saturday 21 March"),
        ("full", "شنبه ۱ فروردین ۱۴۰۵", "السبت ٢١ مارس ٢٠٢٦", "Saturday 21 March 2026"),
        ("short", "۱۴۰۵/۰۱/۰۱", "٢١\u200f/٣\u200f/٢٠٢٦", "21 Mar 2026"),
        ("month", "فروردین ۱۴۰۵", "مارس ٢٠٢٦", "March 2026"),
        ("short_month", "فروردین", "مارس", "Mar"),
        ("year", "۱۴۰۵", "٢٠٢٦", "2026"),
    ],
)
def test_every_style_in_every_language(style, fa, ar, en):
    assert [format_date(NOWRUZ, language, style=style) for language in ("fa", "ar", "en")] == [fa, ar, en]


def test_any_calendar_in_any_language():
    assert format_date(NOWRUZ, "en", "jalali") == "1 Farvardin 1405"
    assert format_date(NOWRUZ, "en", "hijri") == "2 Shawwal 1447 AH"
    assert format_date(NOWRUZ, "fa", "gregorian") == "۲۱ مارس ۲۰۲۶"
    assert format_date(NOWRUZ, "ar", "jalali") == "١ فروردين ١٤٠٥"


def test_a_moment_belongs_to_its_day_in_the_zone():
    late = datetime(2026, 3, 20, 21, 0, tzinfo=UTC)  # half past midnight in Tehran
    assert format_date(late, "fa", zone="Asia/Tehran") == "۱ فروردین ۱۴۰۵"
    assert format_date(late, "fa", zone="UTC") == "۲۹ اسفند ۱۴۰۴"
    assert format_clock(late, "fa", zone="Asia/Tehran") == "۰۰:۳۰"


def test_the_preferred_zone_is_used_where_none_is_named():
    prefer(Preferences(zone="Asia/Tehran"))
    assert format_clock(datetime(2026, 3, 21, 10, 0, tzinfo=UTC), "en") == "13:30"


def test_moments_in_every_language():
    noon = datetime(2026, 3, 21, 12, 5, tzinfo=UTC)
    assert format_moment(noon, "fa") == "۱ فروردین ۱۴۰۵، ساعت ۱۲:۰۵"
    assert format_moment(noon, "ar") == "٢١ مارس ٢٠٢٦، ١٢:٠٥"
    assert format_moment(noon, "en") == "21 March 2026, 12:05"


@pytest.mark.parametrize(
    ("days", "fa", "ar", "en"),
    [
        (0, "۱ فروردین", "٢١ مارس", "21 March"),
        (2, "۱ تا ۳ فروردین", "٢١ إلى ٢٣ مارس", "21–23 March"),
        (40, "۱ فروردین تا ۱۰ اردیبهشت", "٢١ مارس إلى ٣٠ أبريل", "21 March – 30 April"),
    ],
)
def test_ranges(days, fa, ar, en):
    last = NOWRUZ + timedelta(days)
    assert [format_date_range(NOWRUZ, last, language) for language in ("fa", "ar", "en")] == [fa, ar, en]


def test_a_range_over_new_year_names_both_years():
    first, last = date(2026, 3, 19), NOWRUZ
    assert format_date_range(first, last, "fa", year=True) == "۲۸ اسفند ۱۴۰۴ تا ۱ فروردین ۱۴۰۵"
    assert format_date_range(first, last, "en", year=True) == "19–21 March 2026"
    assert (
        format_date_range(date(2025, 12, 30), date(2026, 1, 2), "en", year=True) == "30 December 2025 – 2 January 2026"
    )


def test_weekdays_by_day_and_by_number():
    assert formats.weekday_name(NOWRUZ, "fa") == "شنبه"
    assert formats.weekday_name(4, "ar") == "الجمعة"
    assert formats.weekday_name(0, "en", short=True) == "Mon"


def test_the_week_begins_where_the_reader_begins_it():
    assert formats.days_of_week("fa") == [5, 6, 0, 1, 2, 3, 4]
    assert formats.days_of_week("en") == [0, 1, 2, 3, 4, 5, 6]


def test_parts_stand_on_their_own():
    assert formats.parts_of_date(NOWRUZ, "fa") == ("شنبه", "۱", "فروردین", "۱۴۰۵")


def test_an_unknown_language_reads_english():
    assert format_date(NOWRUZ, "de-AT") == "21 March 2026"
    assert format_date(NOWRUZ, "fa-IR") == "۱ فروردین ۱۴۰۵"


@given(st.dates(date(1930, 1, 1), date(2070, 12, 31)))
def test_persian_short_dates_read_back_to_the_same_day(day):
    year, month, number = map(int, formats.plain_digits(format_date(day, "fa", style="short")).split("/"))
    assert jdatetime.date(year, month, number).togregorian() == day
