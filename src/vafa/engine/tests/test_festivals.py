"""When festivals are, and until when a parcel is in time."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vafa.engine.festivals import CODES, FestivalDay, coming, own_day


@pytest.mark.parametrize(
    ("code", "today", "day", "by", "certain"),
    [
        ("nowruz", date(2026, 3, 1), date(2026, 3, 21), date(2026, 3, 20), True),
        ("yalda", date(2026, 11, 26), date(2026, 12, 21), date(2026, 12, 21), True),
        ("christmas", date(2026, 12, 1), date(2026, 12, 25), date(2026, 12, 24), True),
        ("fitr", date(2026, 3, 1), date(2026, 3, 20), date(2026, 3, 18), False),
        ("adha", date(2026, 5, 1), date(2026, 5, 27), date(2026, 5, 25), False),
    ],
)
def test_festivals_fall_on_the_days_of_the_calendars(code, today, day, by, certain):
    assert coming([code], today, 45) == [FestivalDay(code, day, by, certain)]


def test_an_own_day_wants_things_the_day_before():
    assert own_day("teachers", date(2026, 5, 2)).by == date(2026, 5, 1)


@given(st.dates(date(2000, 1, 1), date(2070, 1, 1)))
def test_within_a_year_and_a_half_every_festival_comes_and_none_too_late_to_be_in_time(today):
    found = coming(CODES, today, 550)
    assert {each.code for each in found} == set(CODES)
    assert all(today <= each.by <= each.day <= today + timedelta(days=550) and each.day > today for each in found)
    assert [each.day for each in found] == sorted(each.day for each in found)
