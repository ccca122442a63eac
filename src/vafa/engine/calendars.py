"""Working calendars: adding and measuring working time, working days, cut-offs, public holidays.

Hours are what the wall clock of the calendar's zone shows. When clocks are put back and an hour comes twice, hours
begin and end at its first coming; a time that clocks jump over counts as the moment of the jump. Hours over midnight
belong to the day on which they begin, so a holiday closes the hours that begin on it, and only those.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from vafa.engine.opening_hours import MICROSECOND, Hours, Spans, first_shown, micros, moment_at, year_of_hours

YEARS_AHEAD = 200
ONE_DAY = timedelta(days=1)


class CalendarError(ValueError):
    """A calendar that cannot be, or cannot answer; its text is a sentence for people."""


@dataclass(frozen=True)
class WorkingCalendar:
    """When a shop works: `week` maps weekdays (0 = Monday) to hours, `holidays` are closed all day.

    Hours are (opening, closing) on the wall clock of `zone` (an IANA name); a closing that is not after its opening
    is on the next day, so (00:00, 00:00) is a whole day. Hours may touch or overlap. CalendarError for an unknown
    zone, a weekday that is none, or a time with a zone of its own. Moments go in aware and come out in UTC.
    """

    zone: str
    week: Mapping[int, Sequence[tuple[time, time]]] = field(compare=False)
    holidays: frozenset[date] = frozenset()
    _hours: tuple[Hours, ...] = field(init=False, repr=False)
    _years: dict[int, Spans] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        zone_of(self.zone)
        for weekday, hours in self.week.items():
            _require_hours(weekday, hours)
        plain = {day: tuple((a, b) for a, b in hours) for day, hours in self.week.items()}
        object.__setattr__(self, "week", plain)
        object.__setattr__(self, "holidays", frozenset(self.holidays))
        object.__setattr__(self, "_hours", tuple(plain.get(day, ()) for day in range(7)))

    def local_day(self, moment: datetime) -> date:
        """The calendar day of the moment in the calendar's zone."""
        micros(moment)  # refuses a naive one
        return moment.astimezone(zone_of(self.zone)).date()

    def is_working_day(self, day: date) -> bool:
        """Whether hours begin on the day."""
        return bool(self._hours[day.weekday()]) and day not in self.holidays

    def is_open(self, moment: datetime) -> bool:
        """Whether the moment lies in working time (an opening does, a closing does not)."""
        at = micros(moment)
        return self._year(self._year_at(at)).opening_from(at) == at

    def next_opening(self, moment: datetime) -> datetime:
        """The moment itself in working time, else the next opening. CalendarError where there is none."""
        self._require_opening()
        at = micros(moment)
        first = self._year_at(at)
        for year in range(first, first + YEARS_AHEAD):
            opening = self._year(year).opening_from(at)
            if opening is not None:
                return moment_at(opening)
        raise CalendarError(f"This calendar does not open within {YEARS_AHEAD} years.")

    def between(self, start: datetime, end: datetime) -> timedelta:
        """Working time from `start` to `end`; negative where `end` is earlier."""
        if end < start:
            return -self.between(end, start)
        first, last = self._year_at(micros(start)), self._year_at(micros(end))
        whole = sum(self._year(year).total for year in range(first, last))
        inside = self._year(last).open_before(micros(end)) - self._year(first).open_before(micros(start))
        return (whole + inside) * MICROSECOND

    def add(self, moment: datetime, duration: timedelta) -> datetime:
        """The earliest moment with `duration` of working time since `moment`.

        A negative duration goes back, to the latest such moment; none at all gives the moment itself.
        CalendarError where the calendar never opens or that moment is more than 200 years away.
        """
        at, amount = micros(moment), duration // MICROSECOND
        if not amount:
            return moment_at(at)
        self._require_opening()
        year = self._year_at(at)
        amount += self._year(year).open_before(at)
        return moment_at(self._forward(year, amount) if duration > timedelta() else self._back(year, amount))

    def add_working_days(self, day: date, count: int) -> date:
        """The `count`-th working day after `day` (before it, if negative); with 0 the day itself or the next one."""
        self._require_opening()
        if count == 0:
            return day if self.is_working_day(day) else self.add_working_days(day, 1)
        step = ONE_DAY if count > 0 else -ONE_DAY
        weekly = sum(bool(hours) for hours in self._hours)
        weeks = max(0, (abs(count) - len(self.holidays)) // weekly - 1)  # so many surely go by
        left = abs(count) - self._working_days_in_weeks(day, weeks, step)
        day += weeks * 7 * step
        while left:
            day += step
            left -= self.is_working_day(day)
        return day

    def working_days_between(self, start: date, end: date) -> int:
        """Working days after `start` up to and including `end`; negative where `end` is earlier."""
        if end < start:
            return -self.working_days_between(end, start)
        weeks, rest = divmod((end - start).days, 7)
        tail = sum(self.is_working_day(end - n * ONE_DAY) for n in range(rest))
        return self._working_days_in_weeks(start, weeks, ONE_DAY) + tail

    def _working_days_in_weeks(self, day: date, weeks: int, step: timedelta) -> int:
        """Working days in the whole weeks that follow `day` in the direction of `step`."""
        a, b = sorted((day + step, day + weeks * 7 * step))
        lost = sum(a <= each <= b and bool(self._hours[each.weekday()]) for each in self.holidays) if weeks else 0
        return weeks * sum(bool(hours) for hours in self._hours) - lost

    def _forward(self, year: int, amount: int) -> int:
        for ahead in range(YEARS_AHEAD):
            spans = self._year(year + ahead)
            if amount <= spans.total:
                return spans.reached(amount)
            amount -= spans.total
        raise CalendarError(f"So much working time takes more than {YEARS_AHEAD} years.")

    def _back(self, year: int, amount: int) -> int:
        """`amount` counts from the start of `year` and may be negative."""
        for _ in range(YEARS_AHEAD):
            spans = self._year(year)
            if 0 <= amount < spans.total:
                return spans.left_at(amount)
            year -= 1
            amount += self._year(year).total
        raise CalendarError(f"So much working time reaches back more than {YEARS_AHEAD} years.")

    def _year(self, year: int) -> Spans:
        if year not in self._years:
            if not 1 < year < 9998:
                raise CalendarError(f"The year {year} is out of the calendar's range.")
            self._years[year] = year_of_hours(year, zone_of(self.zone), self._hours, self.holidays)
        return self._years[year]

    def _year_at(self, at: int) -> int:
        """The year whose hours hold the moment: the local one, also while clocks put back show the old year again."""
        zone = zone_of(self.zone)
        year = moment_at(at).astimezone(zone).year
        return year + (at >= first_shown(datetime(year + 1, 1, 1), zone))  # noqa: DTZ001 - wall clock time

    def _require_opening(self) -> None:
        if not any(self._hours):
            raise CalendarError("This calendar never opens: give at least one weekday its hours.")


@dataclass(frozen=True)
class CutOff:
    """Until when an order still counts for the day: `at` on the calendar's wall clock, on its working days."""

    calendar: WorkingCalendar
    at: time

    def counts_from(self, moment: datetime) -> date:
        """The working day from which an order placed at `moment` counts.

        The same local day if that is a working day and the clock shows no more than the cut-off, else the next
        working day. CalendarError where the calendar never opens.
        """
        day = self.calendar.local_day(moment)
        shown = moment.astimezone(zone_of(self.calendar.zone)).time()
        in_time = self.calendar.is_working_day(day) and shown <= self.at
        return day if in_time else self.calendar.add_working_days(day, 1)


def public_holidays(
    country: str, years: Iterable[int], *, subdivision: str | None = None, language: str = ""
) -> dict[date, str]:
    """Public holidays of a country (ISO 3166 code, optionally a part of it) by day, with their names.

    The names are in `language` (`fa`, `ar`, `en`) where the country has them, else in its own. From the
    `holidays` package; lunar holidays of coming years are its estimates, so a shop can edit them.
    CalendarError for a country it does not know.
    """
    import holidays  # a large package: only where asked for

    spoken = _spoken(country)
    named = next((each for each in spoken if language and each.startswith(language)), spoken[0])
    try:
        found = holidays.country_holidays(country.upper(), subdiv=subdivision, years=list(years), language=named)
    except NotImplementedError as unknown:
        raise CalendarError(f"“{country}” has no part with the code “{subdivision}”.") from unknown
    return dict(sorted(found.items()))


def holiday_languages(country: str) -> set[str]:
    """The languages (`fa`, `ar`, `en`, …) in which `public_holidays` names a country's holidays, its own among them.

    CalendarError for a country it does not know.
    """
    return {each.partition("_")[0] for each in _spoken(country)}


def _spoken(country: str) -> list[str]:
    """The package's names of a country's languages, the country's own first; "" where it names none."""
    import holidays

    try:
        kind: Any = type(holidays.country_holidays(country.upper()))
    except NotImplementedError as unknown:
        raise CalendarError(f"No public holidays are known for the country code “{country}”.") from unknown
    return [kind.default_language or "", *kind.supported_languages]


def zone_of(name: str) -> ZoneInfo:
    """The time zone with an IANA name; CalendarError for an unknown one."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as unknown:
        raise CalendarError(f"“{name}” is not a time zone; one is for example Asia/Tehran.") from unknown


def _require_hours(weekday: int, hours: Sequence[tuple[time, time]]) -> None:
    if weekday not in range(7):
        raise CalendarError(f"{weekday} is not a weekday: they count from 0 (Monday) to 6 (Sunday).")
    for opens, closes in hours:
        if opens.tzinfo is not None or closes.tzinfo is not None:
            raise CalendarError("Opening hours are what the clock on the wall shows: give them without a zone.")
