"""What the settings may hold. Every rule raises ValidationError with a sentence that the owner can act on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, time
from functools import lru_cache
from itertools import pairwise
from typing import Any

from babel.numbers import list_currencies
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from vafa.engine.calendars import CalendarError, public_holidays, zone_of
from vafa.shop.naming import spellings_in, squashed

MOST_STATED_ROWS = 500
MOST_DAYS = 365
MOST_NAMED_ROWS = 500
LONGEST_NAME = 120


def require_zone(zone: str) -> None:
    """An IANA time zone."""
    try:
        zone_of(zone)
    except CalendarError:
        raise ValidationError(_("This is not a time zone. One is for example Asia/Tehran.")) from None


def require_languages(languages: object) -> None:
    """At least one, each of them spoken by the pages."""
    known = {code for code, _name in settings.LANGUAGES}
    if not isinstance(languages, list) or not languages or not set(languages) <= known:
        raise ValidationError(_("Choose at least one of the languages offered."))


def require_currency(code: str) -> None:
    """An ISO 4217 code."""
    if code not in list_currencies():
        raise ValidationError(_("This is not a currency code. One is for example IRR, AED or EUR."))


@lru_cache(maxsize=256)
def _is_country_with_holidays(country: str) -> bool:
    try:
        public_holidays(country, [2026])
    except CalendarError:
        return False
    return True


def require_country(country: str) -> None:
    """A country whose public holidays are known."""
    if country and not _is_country_with_holidays(country):
        raise ValidationError(_("The public holidays of this country are not known. Leave it empty and add the days."))


def require_days(days: object) -> None:
    """ISO dates, each once."""
    if not isinstance(days, list) or len(set(map(str, days))) != len(days):
        raise ValidationError(_("Give each day once."))
    for day in days:
        try:
            date.fromisoformat(day)
        except (TypeError, ValueError):
            raise ValidationError(_("“%(day)s” is not a day."), params={"day": day}) from None


def require_week(week: object) -> None:
    """Weekdays "0" (Monday) to "6" with their intervals, at least one; intervals of a day do not overlap."""
    if not isinstance(week, Mapping) or not set(week) <= {str(day) for day in range(7)}:
        raise ValidationError(_("The working week is unreadable."))
    for intervals in week.values():
        require_intervals(intervals)
    if not any(week.values()):
        raise ValidationError(_("Give at least one day its working hours."))


def require_intervals(intervals: Any) -> None:
    try:
        read = sorted((time.fromisoformat(opens), time.fromisoformat(closes)) for opens, closes in intervals)
    except (TypeError, ValueError):
        raise ValidationError(_("Write working hours as 09:00-17:00.")) from None
    for (opens, closes), (next_opens, _end) in pairwise(read):
        # only the last interval of a day may cross midnight
        if closes <= opens or next_opens < closes:
            raise ValidationError(_("Working hours of one day must not overlap."))


def require_stated_times(rows: object) -> None:
    """Rows place / option / seller / days; no two of them speak about the same case."""
    if not isinstance(rows, list) or len(rows) > MOST_STATED_ROWS:
        raise ValidationError(_("State at most %(most)s times."), params={"most": MOST_STATED_ROWS})
    cases = [_stated_case(row) for row in rows]
    if len(set(cases)) != len(cases):
        raise ValidationError(_("Two of the stated times are about the same place, option and seller."))


def _stated_case(row: object) -> tuple[str, str, str]:
    if not isinstance(row, Mapping) or set(row) != {"place", "option", "seller", "days"}:
        raise ValidationError(_("A stated time has a place, an option, a seller and a number of days."))
    days = row["days"]
    if isinstance(days, bool) or not isinstance(days, int | float) or not 0 <= days <= MOST_DAYS:
        raise ValidationError(_("State a number of days from 0 to %(most)s."), params={"most": MOST_DAYS})
    return str(row["place"]), str(row["option"]), str(row["seller"])


def require_place_names(rows: object) -> None:
    """Rows fa / ar / en / also, each with at least two names of its place; no name in two of them."""
    if not isinstance(rows, list) or len(rows) > MOST_NAMED_ROWS:
        raise ValidationError(_("Name at most %(most)s places."), params={"most": MOST_NAMED_ROWS})
    seen: set[str] = set()
    for row in rows:
        names = _names_in(row)
        keys = {squashed(name) for name in names}
        if len(set(names)) < 2 or "" in keys:
            raise ValidationError(_("Give a place at least two of its names."))
        if twice := next((name for name in names if squashed(name) in seen), ""):
            raise ValidationError(_("“%(name)s” stands in two rows."), params={"name": twice})
        seen |= keys


def _names_in(row: object) -> tuple[str, ...]:
    if not isinstance(row, Mapping) or set(row) != {"fa", "ar", "en", "also"}:
        raise ValidationError(_("The names of a place are unreadable."))
    names = spellings_in({str(key): str(value) for key, value in row.items()})
    if any(len(name) > LONGEST_NAME for name in names):
        raise ValidationError(_("This text is too long."))
    return names


RULES: dict[str, Callable[[Any], None]] = {
    "zone": require_zone,
    "languages": require_languages,
    "currency": require_currency,
    "working_week": require_week,
    "holiday_country": require_country,
    "holidays_added": require_days,
    "holidays_removed": require_days,
    "stated_times": require_stated_times,
    "place_names": require_place_names,
}


def require(values: Mapping[str, Any]) -> None:
    """All of them for the values of one settings row; the errors are kept by field."""
    errors: dict[str, ValidationError] = {}
    for field, rule in RULES.items():
        try:
            rule(values[field])
        except ValidationError as refused:
            errors[field] = refused
    if "languages" not in errors and values["default_language"] not in values["languages"]:
        errors["default_language"] = ValidationError(_("The first language must be one of the shop's languages."))
    if errors:
        raise ValidationError(errors)
