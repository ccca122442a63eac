"""Spans of time in words: durations, numbers of days, and how far a day is from today."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

from babel import Locale
from babel.plural import PluralRule

from vafa.kit.formats.numbers import Number, format_number
from vafa.kit.formats.preferences import the_language

# Plural categories are CLDR's. Arabic says one and two without a number.
_FA = {"day": "{} روز", "hour": "{} ساعت", "minute": "{} دقیقه", "second": "{} ثانیه"}
# The case after a verb or a preposition ("in two days"), where spans mostly stand: one, two, few, many, other.
_AR_NAMES = {
    "day": ("يوم واحد", "يومين", "{} أيام", "{} يومًا", "{} يوم"),
    "hour": ("ساعة واحدة", "ساعتين", "{} ساعات", "{} ساعة", "{} ساعة"),
    "minute": ("دقيقة واحدة", "دقيقتين", "{} دقائق", "{} دقيقة", "{} دقيقة"),
    "second": ("ثانية واحدة", "ثانيتين", "{} ثوانٍ", "{} ثانية", "{} ثانية"),
}
_NAMED_DAYS = {
    "fa": {-2: "پریروز", -1: "دیروز", 0: "امروز", 1: "فردا", 2: "پس‌فردا"},
    "ar": {-2: "أول أمس", -1: "أمس", 0: "اليوم", 1: "غدًا", 2: "بعد غد"},
    "en": {-1: "yesterday", 0: "today", 1: "tomorrow"},
}
_AHEAD = {"fa": "{} دیگر", "ar": "خلال {}", "en": "in {}"}
_AGO = {"fa": "{} پیش", "ar": "قبل {}", "en": "{} ago"}
_AND = {"fa": " و ", "ar": " و", "en": " "}
_UNITS = (("day", 86400), ("hour", 3600), ("minute", 60), ("second", 1))


def format_days(days: Number, places: int = 0, language: str | None = None) -> str:
    """A number of days: `1 day`, `24.7 days`, `يومين`."""
    return _count(days, "day", places, the_language(language))


def format_duration(span: timedelta, language: str | None = None) -> str:
    """The span in its two largest units: `2 days 4 hours`, `45 minutes`. The sign is dropped."""
    language = the_language(language)
    left = abs(round(span.total_seconds()))
    amounts = []
    for unit, seconds in _UNITS:
        amount, left = divmod(left, seconds)
        amounts.append((unit, amount))
    first = next((index for index, (_, amount) in enumerate(amounts) if amount), len(amounts) - 1)
    said = [_count(amount, unit, 0, language) for unit, amount in amounts[first : first + 2] if amount]
    return _AND[language].join(said) or _count(0, "second", 0, language)


def format_relative_day(day: date, today: date, language: str | None = None) -> str:
    """`today`, `tomorrow`, `in 3 days`, `2 days ago`."""
    language = the_language(language)
    distance = (day - today).days
    if distance in _NAMED_DAYS[language]:
        return _NAMED_DAYS[language][distance]
    frame = _AHEAD if distance > 0 else _AGO
    return frame[language].format(_count(abs(distance), "day", 0, language))


def _count(amount: Number, unit: str, places: int, language: str) -> str:
    number = format_number(amount, places, language)
    # Shown decimals count: "1.0 days", "٢٫٠ يوم".
    category = str(_plural_rule(language)(amount)) if places == 0 else "other"
    if language == "fa":
        return _FA[unit].format(number)
    if language == "en":
        return f"{number} {unit}" if category == "one" else f"{number} {unit}s"
    words = dict(zip(("one", "two", "few", "many", "other"), _AR_NAMES[unit], strict=True))
    return words.get(category, words["other"]).format(number)


@cache
def _plural_rule(language: str) -> PluralRule:
    return Locale(language).plural_form
