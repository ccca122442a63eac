from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest

from vafa.connectors.values.dates import DateReader, Written
from vafa.connectors.values.order import evidence_of

TEHRAN = DateReader("Asia/Tehran")


@pytest.mark.parametrize(
    ("text", "day", "clock"),
    [
        ("2018-01-02 10:20:30", date(2018, 1, 2), time(10, 20, 30)),
        ("۱۴۰۳/۰۵/۱۲", date(2024, 8, 2), None),
        ("۱۴۰۳/۰۵/۱۲ - ۱۰:۲۲", date(2024, 8, 2), time(10, 22)),
        ("۱۰:۲۲ ۱۴۰۳/۰۵/۱۲", date(2024, 8, 2), time(10, 22)),
        ("سه‌شنبه ۲ مرداد ۱۴۰۳ ساعت ۱۴:۳۰", date(2024, 7, 23), time(14, 30)),
        ("1445/09/01", date(2024, 3, 11), None),
        ("15 ربيع الأول 1445", date(2023, 9, 30), None),
        ("٠٥/٠١/٢٠٢٤ ٠٣:١٥ م", date(2024, 1, 5), time(15, 15)),
        ("2-Jun-06", date(2006, 6, 2), None),
        ("May 1, 2024 10:00 am", date(2024, 5, 1), time(10)),
        ("2 de março de 2018 14:05", date(2018, 3, 2), time(14, 5)),
        ("31/12/2025", date(2025, 12, 31), None),
        ("20240501", date(2024, 5, 1), None),
    ],
)
def test_dates_are_read_as_people_write_them(text, day, clock):
    assert TEHRAN.written(text) == Written(day, clock)


@pytest.mark.parametrize(
    "text", ["", "soon", "12.5", "2024-02-30", "Pre-PQ Process", "31/12", "1/2/3/4", "12 abc 2024", "4" * 70, "99:99"]
)
def test_what_is_no_date_is_none(text):
    assert TEHRAN.written(text) is None


def test_month_first_where_the_reader_is_told_so():
    american = DateReader("UTC", "month-first")
    assert american.day("4/21/09") == date(2009, 4, 21)
    assert american.day("21/4/09") is None


def test_a_day_without_a_time_is_its_noon_in_the_readers_zone():
    assert TEHRAN.moment("2026-03-01") == (datetime(2026, 3, 1, 8, 30, tzinfo=UTC), True)
    assert TEHRAN.moment("2026-03-01 00:00:00") == (datetime(2026, 3, 1, 8, 30, tzinfo=UTC), True)
    assert TEHRAN.moment("2026-03-01 09:00") == (datetime(2026, 3, 1, 5, 30, tzinfo=UTC), False)


def test_an_offset_wins_over_the_zone_and_may_move_the_day():
    assert TEHRAN.moment("2024-05-01 22:00:00 -0400") == (datetime(2024, 5, 2, 2, tzinfo=UTC), False)
    assert TEHRAN.day("2024-05-01T23:00:00Z") == date(2024, 5, 2)


def test_patterns_of_the_mapping_are_tried_first():
    assert DateReader("UTC", formats=("%d%m%Y",)).day("05042024") == date(2024, 4, 5)


def test_the_dates_themselves_tell_which_comes_first():
    assert evidence_of(["01/02/2024", "25/03/2024"]).order == "day-first"
    assert evidence_of(["01/02/2024", "03/25/2024"]).order == "month-first"
    assert evidence_of(["01/02/2024"]).order == ""
    assert evidence_of(["2024-02-01 10:00"]).order == "year-first"
    assert evidence_of(["25/03/2024", "03/25/2024", "03/26/2024"]).month_example == "03/25/2024"
