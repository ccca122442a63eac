"""Days, moments and ranges, in the calendar and the digits of the language."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import cache, lru_cache
from typing import Literal

from babel import Locale

from vafa.kit.formats.calendars import ERA, Calendar, calendar_of, in_calendar, month_name
from vafa.kit.formats.digits import native_digits
from vafa.kit.formats.preferences import the_language, the_zone

Style = Literal["long", "day", "weekday", "full", "short", "month", "short_month", "year"]

FIRST_WEEKDAY = {"fa": 5, "ar": 5, "en": 0}
COMMA = {"fa": "،", "ar": "،", "en": ","}
AT = {"fa": " ساعت", "ar": "", "en": ""}
RANGE = {"fa": "{} تا {}", "ar": "{} إلى {}", "en": "{} – {}"}
DAYS_IN_RANGE = {"fa": "{} تا {}", "ar": "{} إلى {}", "en": "{}–{}"}


def format_date(
    value: date | datetime,
    language: str | None = None,
    calendar: Calendar | None = None,
    style: Style = "long",
    zone: str | None = None,
) -> str:
    """A day as it is written in the language.

    Styles, for 21 March 2026: `long` 21 March 2026; `day` 21 March; `weekday` Saturday 21 March; `full` Saturday
    21 March 2026; `short` 21 Mar 2026 (۱۴۰۵/۰۱/۰۱); `month` March 2026; `short_month` Mar; `year` 2026.
    A moment is first brought to its day in `zone` (default: the preferred one).
    """
    language = the_language(language)
    return _written(local_day(value, zone), language, calendar or calendar_of(language), style)


@lru_cache(maxsize=4096)
def _written(day: date, language: str, calendar: Calendar, style: Style) -> str:
    """Kept: a page says a handful of days a hundred times."""
    where, year, month, number = in_calendar(day, calendar)
    if style == "short":
        return _short(where, year, month, number, language)
    name = month_name(month, where, language, short=style == "short_month")
    texts = {
        "long": f"{number} {name} {year}",
        "day": f"{number} {name}",
        "weekday": f"{weekday_name(day, language)} {number} {name}",
        "full": f"{weekday_name(day, language)} {number} {name} {year}",
        "month": f"{name} {year}",
        "short_month": name,
        "year": f"{year}",
    }
    era = ERA.get(where, {}).get(language, "") if style in {"long", "full", "month", "year"} else ""
    return native_digits(texts[style], language) + era


def format_clock(value: datetime | time, language: str | None = None, zone: str | None = None) -> str:
    """The time of day in the zone, 24 hours: `14:30`; one without a day is the zone's already."""
    return native_digits(f"{_on_the_wall(value, zone):%H:%M}", language)


def format_clock_range(
    first: datetime | time, last: datetime | time, language: str | None = None, zone: str | None = None
) -> str:
    """`10:00 – 12:00`; in Persian and Arabic with a word, because a dash between numbers is read from both sides."""
    language = the_language(language)
    ends = (f"{_on_the_wall(each, zone):%H:%M}" for each in (first, last))
    return RANGE[language].format(*(native_digits(end, language) for end in ends))


def _on_the_wall(value: datetime | time, zone: str | None) -> time:
    return value.astimezone(the_zone(zone)).time() if isinstance(value, datetime) else value


def format_moment(
    value: datetime, language: str | None = None, calendar: Calendar | None = None, zone: str | None = None
) -> str:
    """Day and time: `21 March 2026, 14:30`."""
    language = the_language(language)
    day = format_date(value, language, calendar, "long", zone)
    return f"{day}{COMMA[language]}{AT[language]} {format_clock(value, language, zone)}"


def format_date_range(
    first: date, last: date, language: str | None = None, calendar: Calendar | None = None, *, year: bool = False
) -> str:
    """`21–23 March`, `30 March – 2 April`; with the year where it changes or on `year`; one day stands alone."""
    language = the_language(language)
    where = calendar or calendar_of(language)
    _, first_year, first_month, first_day = in_calendar(first, where)
    _, last_year, last_month, _ = in_calendar(last, where)
    style: Style = "long" if year or first_year != last_year else "day"
    if first == last:
        return format_date(first, language, calendar, style)
    whole = format_date(last, language, calendar, style)
    if (first_year, first_month) == (last_year, last_month):
        return DAYS_IN_RANGE[language].format(native_digits(first_day, language), whole)
    start: Style = "long" if first_year != last_year else "day"
    return RANGE[language].format(format_date(first, language, calendar, start), whole)


def weekday_name(value: date | int, language: str | None = None, *, short: bool = False) -> str:
    """`Saturday`; takes a day or a number, Monday being 0. Only English has short names that readers know."""
    language = the_language(language)
    number = value if isinstance(value, int) else value.weekday()
    return _weekdays(language, "abbreviated" if short and language == "en" else "wide")[number]


@cache
def _weekdays(language: str, width: str) -> dict[int, str]:
    return {number: str(name) for number, name in Locale(language).days["format"][width].items()}


def days_of_week(language: str | None = None) -> list[int]:
    """The seven days (0 = Monday) in the order of the reader's week: from Saturday in Persian and Arabic."""
    first = FIRST_WEEKDAY[the_language(language)]
    return [(first + step) % 7 for step in range(7)]


def parts_of_date(
    value: date, language: str | None = None, calendar: Calendar | None = None
) -> tuple[str, str, str, str]:
    """(weekday, day, month, year), each ready to be shown on its own."""
    language = the_language(language)
    where, year, month, number = in_calendar(value, calendar or calendar_of(language))
    name = month_name(month, where, language)
    return weekday_name(value, language), native_digits(number, language), name, native_digits(year, language)


def first_of_month(value: date, language: str | None = None, calendar: Calendar | None = None) -> date:
    """The first day of the month in which the day lies, in the calendar of the language."""
    where = calendar or calendar_of(the_language(language))
    return value - timedelta(days=in_calendar(value, where)[3] - 1)


def local_day(value: date | datetime, zone: str | None = None) -> date:
    """The calendar day of a moment in the zone; a day is itself."""
    return value.astimezone(the_zone(zone)).date() if isinstance(value, datetime) else value


def _short(where: Calendar, year: int, month: int, day: int, language: str) -> str:
    if language == "en":
        return f"{day} {month_name(month, where, language, short=True)} {year}"
    if language == "ar":
        # The marks make the day the first thing read from the right.
        return native_digits(f"{day}\u200f/{month}\u200f/{year}", language)
    return native_digits(f"{year}/{month:02}/{day:02}", language)
