"""Working time against an oracle that steps through every minute."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from vafa.engine.calendars import CalendarError, CutOff, WorkingCalendar, public_holidays

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
# zone and a local day about which its clocks change
CHANGES = [
    ("Europe/Berlin", date(2024, 3, 31)),
    ("Europe/Berlin", date(2024, 10, 27)),
    ("America/Sao_Paulo", date(2017, 10, 15)),  # clocks jump over midnight
    ("America/Sao_Paulo", date(2017, 2, 19)),  # midnight is put back to 23:00
    ("Asia/Tehran", date(2022, 3, 22)),  # jumps over midnight
    ("Asia/Tehran", date(2022, 9, 22)),
    ("Australia/Lord_Howe", date(2024, 4, 7)),  # half an hour
    ("Asia/Kathmandu", date(2023, 12, 31)),  # none, over the end of a year
    ("Pacific/Apia", date(2011, 12, 30)),  # a whole day is skipped
]
clock_times = st.one_of(
    st.sampled_from([time(0), time(0, 30), time(1, 30), time(2), time(2, 30), time(3), time(23), time(23, 30)]),
    st.times(max_value=time(23, 59)).map(lambda each: each.replace(second=0, microsecond=0)),
)
hours = st.tuples(clock_times, clock_times)
weeks = st.dictionaries(st.integers(0, 6), st.lists(hours, min_size=1, max_size=3), min_size=1)


class Minutes:
    """Open minutes found by stepping: open from when clocks first show an opening until they first show its closing."""

    def __init__(self, calendar: WorkingCalendar, first: date, days: int) -> None:
        zone = ZoneInfo(calendar.zone)
        self.start = datetime.combine(first, time(), UTC)
        self.walls = shown(zone, self.start, days)
        self.open = np.zeros(len(self.walls), dtype=bool)
        for number in range(-2, days + 2):
            day = first + number * DAY
            if day in calendar.holidays:
                continue
            for opens, closes in calendar.week.get(day.weekday(), ()):
                self._mark(datetime.combine(day, opens), datetime.combine(day + DAY * (closes <= opens), closes))

    def _mark(self, opens: datetime, closes: datetime) -> None:
        first, last = (self._first_shown(each) for each in (opens, closes))
        self.open[first:last] = True

    def _first_shown(self, wall: datetime) -> int:
        later = self.walls >= np.datetime64(wall, "m")
        return int(later.argmax()) if later.any() else len(later)

    def between(self, a: datetime, b: datetime) -> timedelta:
        return int(self.open[(a - self.start) // MINUTE : (b - self.start) // MINUTE].sum()) * MINUTE

    def add(self, moment: datetime, minutes: int) -> datetime | None:
        at = (moment - self.start) // MINUTE
        while minutes and at < len(self.open):
            minutes -= int(self.open[at])
            at += 1
        return None if minutes else self.start + at * MINUTE

    def next_opening(self, moment: datetime) -> datetime | None:
        later = np.flatnonzero(self.open[(moment - self.start) // MINUTE :])
        return moment + int(later[0]) * MINUTE if len(later) else None


@cache
def shown(zone: ZoneInfo, start: datetime, days: int) -> NDArray[np.datetime64]:
    walls = [(start + n * MINUTE).astimezone(zone).replace(tzinfo=None) for n in range(days * 1440)]
    return np.array(walls, dtype="datetime64[m]")


@st.composite
def situations(draw: st.DrawFn) -> tuple[WorkingCalendar, Minutes, datetime, datetime]:
    zone, change = draw(st.sampled_from(CHANGES))
    closed = draw(st.sets(st.integers(-3, 3).map(lambda n: change + n * DAY), max_size=3))
    calendar = WorkingCalendar(zone, draw(weeks), frozenset(closed))
    oracle = Minutes(calendar, change - 5 * DAY, 10)
    a, b = sorted(draw(st.tuples(*[st.integers(2 * 1440, 8 * 1440)] * 2)))
    return calendar, oracle, oracle.start + a * MINUTE, oracle.start + b * MINUTE


@settings(max_examples=150, deadline=None)
@given(situations())
def test_measured_working_time_is_the_counted_minutes(
    case: tuple[WorkingCalendar, Minutes, datetime, datetime],
) -> None:
    calendar, oracle, a, b = case
    assert calendar.between(a, b) == oracle.between(a, b)
    assert calendar.between(b, a) == -oracle.between(a, b)


@settings(max_examples=150, deadline=None)
@given(situations(), st.integers(0, 2000))
def test_added_working_time_ends_at_the_counted_minute(
    case: tuple[WorkingCalendar, Minutes, datetime, datetime], minutes: int
) -> None:
    calendar, oracle, a, _ = case
    expected = oracle.add(a, minutes)
    found = calendar.add(a, minutes * MINUTE)
    assert calendar.between(a, found) == minutes * MINUTE
    if expected is not None:
        assert found == expected


@settings(max_examples=150, deadline=None)
@given(situations())
def test_the_next_opening_is_the_next_open_minute(case: tuple[WorkingCalendar, Minutes, datetime, datetime]) -> None:
    calendar, oracle, a, _ = case
    expected, found = oracle.next_opening(a), calendar.next_opening(a)
    if expected is not None:
        assert found == expected
    assert calendar.is_open(a) == (found == a)


@settings(max_examples=150, deadline=None)
@given(situations(), st.integers(1, 20_000))
def test_going_back_ends_at_the_latest_moment_with_so_much_time(
    case: tuple[WorkingCalendar, Minutes, datetime, datetime], minutes: int
) -> None:
    calendar, _, a, _ = case
    back = calendar.add(a, -minutes * MINUTE)
    assert calendar.between(back, a) == minutes * MINUTE
    assert calendar.is_open(back)  # one moment later there would be less


@settings(deadline=None)
@given(weeks, st.datetimes(datetime(1999, 1, 1), datetime(2040, 1, 1)), st.timedeltas(timedelta(), timedelta(days=800)))
def test_adding_and_measuring_agree_over_years(
    week: dict[int, list[tuple[time, time]]], at: datetime, time_: timedelta
) -> None:
    calendar = WorkingCalendar("Asia/Tehran", week)
    moment = at.replace(tzinfo=UTC)
    assume(calendar.between(moment, moment + 7 * DAY) >= timedelta(hours=2))  # 800 days lie within two centuries
    end = calendar.add(moment, time_)
    assert calendar.between(moment, end) == time_
    middle = calendar.add(moment, time_ / 2)
    assert calendar.between(moment, middle) + calendar.between(middle, end) == time_


@given(
    st.sets(st.integers(0, 6), min_size=1),
    st.sets(st.dates(date(2024, 1, 1), date(2024, 12, 31)), max_size=40),
    st.dates(date(2023, 6, 1), date(2025, 6, 1)),
    st.integers(-300, 300),
)
def test_working_days_are_those_counted_one_by_one(
    weekdays: set[int], closed: set[date], day: date, count: int
) -> None:
    calendar = WorkingCalendar("UTC", {weekday: [(time(9), time(17))] for weekday in weekdays}, frozenset(closed))
    found = calendar.add_working_days(day, count)
    low, high = sorted((day, found))
    days = [low + n * DAY for n in range((high - low).days + 1)]
    assert calendar.is_working_day(found)
    if count:
        assert sum(calendar.is_working_day(each) for each in days if each != day) == abs(count)
    after = sum(calendar.is_working_day(each) for each in days[1:])
    assert calendar.working_days_between(low, high) == after
    assert calendar.working_days_between(high, low) == -after


def tehran(**closed: date) -> WorkingCalendar:
    """Saturday to Wednesday nine to five, Thursday until one."""
    week = {day: [(time(9), time(17))] for day in (5, 6, 0, 1, 2)} | {3: [(time(9), time(13))]}
    return WorkingCalendar("Asia/Tehran", week, frozenset(closed.values()))


def local(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2024, 4, day, hour, minute, tzinfo=ZoneInfo("Asia/Tehran"))


def test_eight_hours_from_thursday_noon_end_on_saturday() -> None:
    assert tehran().add(local(4, 12), timedelta(hours=8)) == local(6, 16)  # the 4th is a Thursday


def test_full_working_time_ends_at_closing_not_at_the_next_opening() -> None:
    assert tehran().add(local(3, 9), timedelta(hours=8)) == local(3, 17)


def test_a_holiday_closes_the_hours_that_begin_on_it_and_only_those() -> None:
    night = WorkingCalendar(
        "Asia/Tehran", {day: [(time(22), time(6))] for day in range(7)}, frozenset([date(2024, 4, 3)])
    )
    assert night.is_open(local(3, 5))
    assert not night.is_open(local(3, 23))
    assert not night.is_open(local(4, 5))


def test_always_open_measures_plain_time_across_a_change_of_clocks() -> None:
    always = WorkingCalendar("Europe/Berlin", {day: [(time(0), time(0))] for day in range(7)})
    a, b = datetime(2024, 3, 1, tzinfo=UTC), datetime(2025, 5, 17, 3, 4, 5, 678, tzinfo=UTC)
    assert always.between(a, b) == b - a


def test_calendars_with_the_same_hours_are_equal_and_hash_alike() -> None:
    assert tehran() == tehran()
    assert hash(tehran()) == hash(tehran())
    assert tehran() != tehran(closed=date(2024, 4, 1))


@pytest.mark.parametrize(
    ("placed", "counts"),
    [
        (local(3, 13, 59), date(2024, 4, 3)),
        (local(3, 14, 0), date(2024, 4, 3)),
        (local(3, 14, 1), date(2024, 4, 4)),
        (local(4, 14, 1), date(2024, 4, 6)),  # Thursday afternoon, then Friday
        (local(5, 8), date(2024, 4, 6)),  # Friday morning
        (local(3, 0, 30), date(2024, 4, 3)),  # still the 2nd in UTC
    ],
)
def test_an_order_after_the_cut_off_counts_from_the_next_working_day(placed: datetime, counts: date) -> None:
    assert CutOff(tehran(), time(14)).counts_from(placed) == counts


def test_a_calendar_that_never_opens_says_so() -> None:
    never = WorkingCalendar("UTC", {0: []})
    for ask in (never.next_opening, lambda at: never.add(at, DAY), CutOff(never, time(14)).counts_from):
        with pytest.raises(CalendarError, match="never opens"):
            ask(local(1, 12))
    assert never.between(local(1, 12), local(20, 12)) == timedelta()


@pytest.mark.parametrize(
    ("zone", "week", "sentence"),
    [
        ("Mars/Olympus", {}, "not a time zone"),
        ("../etc/passwd", {}, "not a time zone"),
        ("UTC", {7: []}, "not a weekday"),
        ("UTC", {0: [(time(9, tzinfo=UTC), time(17))]}, "without a zone"),
    ],
)
def test_impossible_calendars_are_refused(zone: str, week: dict[int, list[tuple[time, time]]], sentence: str) -> None:
    with pytest.raises(CalendarError, match=sentence):
        WorkingCalendar(zone, week)


def test_a_naive_moment_is_refused() -> None:
    with pytest.raises(ValueError, match="needs a time zone"):
        tehran().next_opening(datetime(2024, 4, 1))


def test_endless_working_time_is_refused() -> None:
    with pytest.raises(CalendarError, match="more than 200 years"):
        WorkingCalendar("UTC", {0: [(time(9), time(9, 1))]}).add(local(1, 9), timedelta(days=100))


def test_public_holidays_come_with_their_names() -> None:
    days = public_holidays("ir", [2024])
    assert date(2024, 3, 20) in days
    assert list(days) == sorted(days)
    assert all(days.values())


def test_an_unknown_country_is_refused() -> None:
    with pytest.raises(CalendarError, match="No public holidays are known"):
        public_holidays("XX", [2024])
