"""Dates and times as shops write them: ISO, day first or month first, month names, Jalali and Hijri, any digits."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import jdatetime
from hijridate import Hijri

from vafa.connectors.values.months import FILLERS, MONTHS
from vafa.engine.folding import fold

CLOCK = re.compile(
    r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d+)?)?"
    r"\s*(?P<half>[ap]\.?m\.?|ق\.?ظ\.?|ب\.?ظ\.?|ص(?!\w)|م(?!\w))?\s*(?P<offset>z|utc|gmt|[+-]\d{2}:?\d{2})?(?!\w)"
)
PARTS = re.compile(r"\d+|[^\W\d_]+")
BARE = re.compile(r"[\d\s./-]+")
PLAIN = re.compile(r"[\w\s./,،'’:+-]+")
AFTERNOON = ("p", "ب", "م")
NOON = time(12)
MIDNIGHT = time(0)
DAY_FIRST, MONTH_FIRST, YEAR_FIRST = "day-first", "month-first", "year-first"
ORDERS = (DAY_FIRST, MONTH_FIRST, YEAR_FIRST)
CALENDARS = ("gregorian", "jalali", "hijri")
JALALI_YEARS = range(1300, 1421)
HIJRI_YEARS = range(1421, 1501)  # 2000 to 2077; a Jalali year above 1420 lies beyond 2041


@dataclass(frozen=True, slots=True)
class Written:
    """What a text says: a day, a time of day or None, an offset from UTC or None."""

    day: date
    clock: time | None = None
    offset: timedelta | None = None


@dataclass(frozen=True)
class DateReader:
    """Reads one file's dates. `order` and `calendar` settle what is ambiguous ("" = day first, calendar by the year);
    `formats` are strptime patterns tried first."""

    zone: str
    order: str = ""
    calendar: str = ""
    formats: tuple[str, ...] = ()

    def day(self, text: str) -> date | None:
        """The calendar day, in the reader's zone where the text has an offset; None when it is no date."""
        written = self.written(text)
        if written is None:
            return None
        if written.offset is None or written.clock is None:
            return written.day
        return self._moment(written).astimezone(_zone(self.zone)).date()

    def moment(self, text: str) -> tuple[datetime, bool] | None:
        """The moment (UTC) and whether only the day is known: then it is noon of that day in the reader's zone.

        Midnight sharp counts as "only the day": programs write it where they know no time.
        """
        written = self.written(text)
        if written is None:
            return None
        only_day = written.clock is None or (written.clock == MIDNIGHT and written.offset is None)
        try:
            return self._moment(written, NOON if only_day else None), only_day
        except (OverflowError, ValueError):
            return None

    def written(self, text: str) -> Written | None:
        """What the text says before any zone is applied."""
        for pattern in self.formats:
            try:
                found = datetime.strptime(text.strip(), pattern)  # noqa: DTZ007 (the zone comes later)
            except ValueError:
                continue
            has_clock = any(mark in pattern for mark in ("%H", "%I", "%T", "%X", "%c"))
            return Written(found.date(), found.time() if has_clock else None)
        return _written(text, self.order, self.calendar)

    def _moment(self, written: Written, clock: time | None = None) -> datetime:
        local = datetime.combine(written.day, clock or written.clock or NOON)
        if written.offset is not None:
            return (local.replace(tzinfo=UTC) - written.offset).astimezone(UTC)
        return local.replace(tzinfo=_zone(self.zone)).astimezone(UTC)


@lru_cache(maxsize=64)
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


def _written(text: str, order: str, calendar: str) -> Written | None:
    folded = text.strip().lower() if text.isascii() else fold(text)
    if not folded or len(folded) > 60 or not PLAIN.fullmatch(folded):
        return None
    found = CLOCK.search(folded)
    if found is None:
        day = _day(folded, order, calendar)
        return Written(day) if day else None
    day = _day(f"{folded[: found.start()]} {folded[found.end() :]}", order, calendar)
    clock = _clock(found)
    return Written(day, clock, _offset(found["offset"])) if day and clock is not None else None


def _clock(found: re.Match[str]) -> time | None:
    hour, half = int(found["hour"]), found["half"]
    if half:
        if not 1 <= hour <= 12:
            return None if hour > 23 else time(hour, int(found["minute"]) % 60)
        hour = hour % 12 + (12 if half.startswith(AFTERNOON) else 0)
    try:
        return time(hour, int(found["minute"]), int(found["second"] or 0))
    except ValueError:
        return None


def _offset(text: str | None) -> timedelta | None:
    if not text:
        return None
    if text[0] not in "+-":
        return timedelta(0)
    hours, minutes = int(text[1:3]), int(text[-2:])
    return (timedelta(hours=hours, minutes=minutes)) * (-1 if text[0] == "-" else 1)


@lru_cache(maxsize=50_000)
def _day(folded: str, order: str, calendar: str) -> date | None:
    """The day in a text without a time of day: three parts, one of which may be the name of a month."""
    if not BARE.fullmatch(folded):
        for phrase, replacement in FILLERS.items():
            folded = re.sub(rf"(?<!\w){phrase}(?!\w)", replacement, folded)
    parts = PARTS.findall(folded)
    if len(parts) == 1 and len(parts[0]) == 8 and parts[0].isdigit():
        parts = [parts[0][:4], parts[0][4:6], parts[0][6:]]
        order = YEAR_FIRST
    if len(parts) != 3:
        return None
    words = [part for part in parts if not part.isdigit()]
    if len(words) > 1 or (words and words[0] not in MONTHS):
        return None
    if words:
        named, month = MONTHS[words[0]]
        return _named_month(parts, words[0], month, calendar or named)
    return _numbers([int(part) for part in parts], [len(part) for part in parts], order, calendar)


def _named_month(parts: list[str], word: str, month: int, calendar: str) -> date | None:
    first, second = (int(part) for part in parts if part != word)
    year, day = (first, second) if first > 31 else (second, first)
    return _date(year, month, day, calendar, short=max(len(part) for part in parts if part != word) < 4)


def _numbers(values: list[int], widths: list[int], order: str, calendar: str) -> date | None:
    if widths[0] == 4 or (order == YEAR_FIRST and widths[2] < 4):
        year, month, day = values
        return _date(year, month, day, calendar, short=widths[0] < 4)
    first, second, year = values
    month, day = (first, second) if order == MONTH_FIRST else (second, first)
    return _date(year, month, day, calendar, short=widths[2] < 4)


def _date(year: int, month: int, day: int, calendar: str, *, short: bool) -> date | None:
    if short and year < 100:
        year = _full_year(year, calendar)
    if not calendar:
        calendar = "jalali" if year in JALALI_YEARS else "hijri" if year in HIJRI_YEARS else "gregorian"
    try:
        if calendar == "jalali":
            return jdatetime.date(year, month, day).togregorian()  # type: ignore[no-any-return]
        if calendar == "hijri":
            return date(*Hijri(year, month, day).to_gregorian().datetuple())
        return date(year, month, day)
    except (ValueError, OverflowError):
        return None


def _full_year(year: int, calendar: str) -> int:
    if calendar == "jalali":
        return year + (1300 if year >= 50 else 1400)
    if calendar == "hijri":
        return year + 1400
    return year + (2000 if year < 69 else 1900)
