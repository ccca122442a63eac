"""Reads of the settings row, its calendar and holidays."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, time
from functools import lru_cache
from typing import TypeVar

from babel import Locale
from django.db import connection

from vafa.engine.calendars import WorkingCalendar, holiday_languages, public_holidays
from vafa.engine.folding import fold
from vafa.engine.stated import StatedTime
from vafa.kit.clock import now
from vafa.kit.formats import Preferences
from vafa.kit.prepared import Prepared
from vafa.shop import memory
from vafa.shop.holiday_names import named_in
from vafa.shop.models import Shop

T = TypeVar("T")
CALENDAR_YEARS_BACK = 10
CALENDAR_YEARS_AHEAD = 3


def the_shop() -> Shop:
    """The settings row; unsaved defaults before the first save. One query in a request, however often it is asked."""
    return memory.recall(_read)


def once_in_a_request(name: str, read: Callable[[], T]) -> T:
    """What `read` gives, read once while a request is answered that changes nothing; everywhere else (other requests,
    commands, the worker) each time.
    """
    return memory.once(name, read)


def remembered(name: str, read: Callable[[], T]) -> T:
    """What `read` gives, remembered in this process until somebody calls `actions.stamp_shop`."""
    return memory.remembered(name, the_shop().stamp, read)


def preferences_of(shop: Shop) -> Preferences:
    """How the shop shows dates and money. Pages prefer it by themselves; what the worker writes for people must ask."""
    return Preferences(zone=shop.zone, currency=shop.currency, shows_toman=shop.shows_toman, hijri=shop.shows_hijri)


def shop_name() -> str:
    """The name alone, for those who ask it for every promise: building `the_shop` costs ten times as much."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM shop_shop WHERE id = 1")
        found = cursor.fetchone()
    return str(found[0]) if found else ""


def working_calendar() -> WorkingCalendar:
    """When the shop works, in its zone, with its holidays from ten years ago until three years ahead."""
    shop, year = the_shop(), now().year
    closed = _closed(shop, range(year - CALENDAR_YEARS_BACK, year + CALENDAR_YEARS_AHEAD + 1))
    return _calendar(shop.zone, json.dumps(shop.working_week, sort_keys=True), closed)


def closed_days(first: date, last: date) -> frozenset[date]:
    """Holidays from `first` to `last`, both included: the country's and its own. Weekly days off are not among them."""
    closed = _closed(the_shop(), range(first.year, last.year + 1))
    return frozenset(day for day in closed if first <= day <= last)


def stated_times() -> list[StatedTime]:
    """What the owner believes about delivery times, as stated."""
    return [StatedTime(row["place"], row["option"], row["seller"], row["days"]) for row in the_shop().stated_times]


def public_holidays_of(country: str, first: date, last: date, language: str) -> dict[date, str]:
    """A country's public holidays from `first` to `last`, named in the language where possible; none for no country."""
    if not country:
        return {}
    years = range(first.year, last.year + 1)
    known = public_holidays(country, years, language=language)
    if language not in holiday_languages(country):
        english = public_holidays(country, years, language="en")
        known = {day: named_in(english.get(day, ""), language) or name for day, name in known.items()}
    comma = "; " if language == "en" else "؛ "
    return {day: name.replace("; ", comma) for day, name in known.items() if first <= day <= last}


_COLUMNS = tuple(field.attname for field in Shop._meta.concrete_fields)
_ROW = Prepared(lambda: Shop.objects.filter(pk=1).values_list(*_COLUMNS))


def _read() -> Shop:
    rows = _ROW.rows()
    return memory.made_of(rows[0], lambda: Shop.from_db(connection.alias, _COLUMNS, rows[0])) if rows else Shop()


@lru_cache(maxsize=4)
def countries_with_holidays(language: str) -> list[tuple[str, str]]:
    """(code, name in the language) of every country whose holidays are known, by name."""
    import holidays  # a large package: only where a person chooses

    names = Locale.parse(language).territories
    known = [(code, names[code]) for code in holidays.list_supported_countries() if len(code) == 2 and code in names]
    return sorted(known, key=lambda each: fold(each[1]))


@lru_cache(maxsize=8)
def _calendar(zone: str, week: str, closed: frozenset[date]) -> WorkingCalendar:
    """Kept, because a calendar remembers what it has worked out about each year."""
    hours = {
        int(day): [(time.fromisoformat(opens), time.fromisoformat(closes)) for opens, closes in intervals]
        for day, intervals in json.loads(week).items()
    }
    return WorkingCalendar(zone, hours, closed)


def _closed(shop: Shop, years: range) -> frozenset[date]:
    return _holidays(
        shop.holiday_country, years[0], years[-1], tuple(shop.holidays_added), tuple(shop.holidays_removed)
    )


@lru_cache(maxsize=32)
def _holidays(country: str, first: int, last: int, added: tuple[str, ...], removed: tuple[str, ...]) -> frozenset[date]:
    known = set(public_holidays(country, range(first, last + 1))) if country else set()
    known |= {date.fromisoformat(day) for day in added}
    known -= {date.fromisoformat(day) for day in removed}
    return frozenset(day for day in known if first <= day.year <= last)
