"""Days by which people want their things: festivals of the solar, the lunar and the Gregorian year."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import jdatetime
from hijridate import Gregorian, Hijri

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class FestivalDay:
    """One coming festival: the day of the tables, and the last day (`by`) on which a parcel is surely in time.

    A lunar month begins when the moon is seen, so the day may come a day earlier or later than the tables say
    (`is_certain` False); `by` then lies before the earliest of them.
    """

    code: str
    day: date
    by: date
    is_certain: bool = True


def _nowruz(year: int) -> date:
    return _solar(year - 621, 1, 1)


def _yalda(year: int) -> date:
    return _solar(year - 621, 9, 30)


def _solar(year: int, month: int, day: int) -> date:
    return date.fromisoformat(jdatetime.date(year, month, day).togregorian().isoformat())


def _christmas(year: int) -> date:
    return date(year, 12, 25)


# code → the day in a Gregorian year; lunar ones as (month, day) of the Islamic year
SOLAR: Mapping[str, Callable[[int], date]] = {"nowruz": _nowruz, "yalda": _yalda, "christmas": _christmas}
LUNAR: Mapping[str, tuple[int, int]] = {"fitr": (10, 1), "adha": (12, 10), "mothers_day": (6, 20)}
CODES = ("nowruz", "yalda", "fitr", "adha", "mothers_day", "christmas")
IN_THE_EVENING = {"yalda"}  # what comes on the day itself is in time


def coming(codes: Iterable[str], today: date, within_days: int) -> list[FestivalDay]:
    """Those of the festivals that lie after `today`, at most `within_days` ahead; the nearest first."""
    last = today + within_days * DAY
    found = [each for code in codes for each in _around(code, today) if today < each.day <= last and each.by >= today]
    return sorted(found, key=lambda each: (each.day, each.code))


def own_day(code: str, day: date) -> FestivalDay:
    """A day that somebody has named himself: what comes on the day before is in time."""
    return FestivalDay(code, day, day - DAY)


def _around(code: str, today: date) -> Iterable[FestivalDay]:
    if code in SOLAR:
        for year in (today.year, today.year + 1):
            day = SOLAR[code](year)
            yield FestivalDay(code, day, day if code in IN_THE_EVENING else day - DAY)
    elif code in LUNAR:
        month, number = LUNAR[code]
        this_year = Gregorian(today.year, today.month, today.day).to_hijri().year
        for year in (this_year, this_year + 1):
            day = date.fromisoformat(Hijri(year, month, number).to_gregorian().isoformat())
            yield FestivalDay(code, day, day - 2 * DAY, is_certain=False)
