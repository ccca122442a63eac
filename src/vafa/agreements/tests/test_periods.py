"""Months and quarters of three calendars, on clocks that jump."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vafa.agreements.periods import Period, period_of, start_of_day, whole_periods
from vafa.kit.formats.calendars import in_calendar

DAYS = st.dates(date(1990, 1, 1), date(2070, 1, 1))
CALENDARS = st.sampled_from(["gregorian", "jalali", "hijri"])
LENGTHS = st.sampled_from(["month", "quarter"])
ZONES = st.sampled_from(["Asia/Tehran", "Asia/Beirut", "Europe/Berlin", "America/Sao_Paulo", "Pacific/Apia", "UTC"])
DAY = timedelta(days=1)


@given(DAYS, LENGTHS, CALENDARS)
def test_a_day_lies_in_its_period_and_so_do_its_ends(day, length, calendar):
    period = period_of(day, length, calendar)
    assert period.first <= day <= period.last
    assert period_of(period.first, length, calendar) == period == period_of(period.last, length, calendar)


@given(DAYS, LENGTHS, CALENDARS)
def test_periods_follow_one_another_without_gap_or_overlap(day, length, calendar):
    period = period_of(day, length, calendar)
    after = period_of(period.last + DAY, length, calendar)
    assert after.first == period.last + DAY
    months = {
        in_calendar(period.first + step * DAY, calendar)[1:3] for step in range((period.last - period.first).days + 1)
    }
    assert len(months) == {"month": 1, "quarter": 3}[length]


@given(DAYS, CALENDARS)
def test_quarters_begin_with_the_year_of_the_calendar(day, calendar):
    _name, _year, month, number = in_calendar(period_of(day, "quarter", calendar).first, calendar)
    assert (month in {1, 4, 7, 10}, number) == (True, 1)


@given(DAYS, LENGTHS, CALENDARS, ZONES)
def test_the_moments_of_periods_join_without_gap_or_overlap_on_every_clock(day, length, calendar, zone):
    period = period_of(day, length, calendar)
    after = period_of(period.last + DAY, length, calendar)
    assert period.ends_at(zone) == after.begins_at(zone) > period.begins_at(zone)


@pytest.mark.parametrize(
    ("day", "zone", "moment"),
    [
        (date(2026, 3, 29), "Asia/Beirut", datetime(2026, 3, 28, 22, tzinfo=UTC)),  # 00:00 is skipped
        (date(2026, 3, 29), "Europe/Berlin", datetime(2026, 3, 28, 23, tzinfo=UTC)),
        (date(2026, 3, 30), "Europe/Berlin", datetime(2026, 3, 29, 22, tzinfo=UTC)),
        (date(2026, 3, 21), "Asia/Tehran", datetime(2026, 3, 20, 20, 30, tzinfo=UTC)),
    ],
)
def test_a_day_begins_at_its_first_moment(day, zone, moment):
    assert start_of_day(day, zone) == moment


def test_months_are_those_of_the_chosen_calendar():
    day = date(2026, 4, 5)
    assert period_of(day, "month", "gregorian") == Period(date(2026, 4, 1), date(2026, 4, 30))
    assert period_of(day, "month", "jalali") == Period(date(2026, 3, 21), date(2026, 4, 20))
    assert period_of(day, "quarter", "jalali") == Period(date(2026, 3, 21), date(2026, 6, 21))
    assert period_of(date(2027, 3, 20), "month", "jalali").last == date(2027, 3, 20)  # 29 Esfand 1405


def test_only_whole_periods_count():
    found = list(whole_periods(date(2026, 1, 15), date(2026, 4, 1), "month", "gregorian"))
    assert [period.first for period in found] == [date(2026, 2, 1), date(2026, 3, 1), date(2026, 4, 1)]
    assert list(whole_periods(date(2026, 1, 15), date(2026, 1, 31), "month", "gregorian")) == []
