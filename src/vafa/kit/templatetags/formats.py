"""Filters that write dates, numbers and money in the reader's language, calendar and zone. None stays empty."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from functools import wraps
from typing import Any, TypeVar, cast

from django import template

from vafa.kit import clock, formats
from vafa.kit.formats import dates

register = template.Library()
COUNT = re.compile(r"(?<![\w/:.,-])\d+(?![\w/:-]|[.,]\d)", re.ASCII)
Writer = TypeVar("Writer", bound=Callable[..., str])


def writes(write: Writer) -> Writer:
    """Register a filter that leaves nothing (None, "") empty."""

    @wraps(write)
    def filter_(value: Any, *options: Any) -> str:
        return "" if value is None or value == "" else write(value, *options)

    register.filter(write.__name__, filter_)
    return write


@writes
def day(value: date | datetime, style: str = "long") -> str:
    """`{{ d|day }}`, `{{ d|day:"weekday" }}`; the styles of `formats.format_date`."""
    return formats.format_date(value, style=cast(formats.Style, style))


@writes
def moment(value: datetime) -> str:
    """Day and time: `{{ t|moment }}`."""
    return formats.format_moment(value)


@writes
def clock_time(value: datetime | time) -> str:
    """The time of day: `{{ t|clock_time }}`."""
    return formats.format_clock(value)


@writes
def to_clock(first: datetime | time, last: datetime | time) -> str:
    """Hours: `{{ first|to_clock:last }}` → `10:00 – 12:00`."""
    return formats.format_clock_range(first, last)


@writes
def relative_day(value: date | datetime) -> str:
    """`tomorrow`, `in 3 days`, counted from today in the shop's zone."""
    return formats.format_relative_day(dates.local_day(value), dates.local_day(clock.now()))


@writes
def to_day(first: date, last: date) -> str:
    """A range: `{{ first|to_day:last }}` → `21–23 March`."""
    return formats.format_date_range(first, last)


@writes
def weekday(value: date | int) -> str:
    """`Saturday`, of a day or of a number (Monday is 0)."""
    return formats.weekday_name(value)


@writes
def number(value: float, places: int = 0) -> str:
    """`{{ n|number }}`, `{{ n|number:1 }}`."""
    return formats.format_number(value, places)


@writes
def signed(value: float, places: int = 0) -> str:
    """A number with its sign, plus too."""
    return formats.format_number(value, places, signed=True)


@writes
def percent(value: float, places: int = 0) -> str:
    """A share of one: `{{ 0.899|percent:1 }}` → `89.9%`."""
    return formats.format_percent(value, places)


@writes
def basis_points(value: int) -> str:
    """Hundredths of a percent: `{{ 950|basis_points }}` → `9.5%`."""
    return formats.format_percent(value / 10_000, 0 if value % 100 == 0 else 1 if value % 10 == 0 else 2)


@writes
def days(value: float, places: int = 0) -> str:
    """A number of days in words: `3 days`."""
    return formats.format_days(value, places)


@writes
def duration(value: timedelta) -> str:
    """A span in its two largest units."""
    return formats.format_duration(value)


@writes
def money(minor: int, currency: str | None = None) -> str:
    """Minor units and a currency (default: the shop's): `{{ order.price_minor|money:order.currency }}`."""
    return formats.format_money(minor, currency)


@writes
def out_of(kept: int, of: int) -> str:
    """`{{ 97|out_of:100 }}` → `97 of 100`."""
    return formats.format_frequency(kept, of)


@writes
def digits(value: object) -> str:
    """Digits only, nothing else touched: for codes that people read aloud."""
    return formats.native_digits(value)


@writes
def counts(text: object) -> str:
    """A sentence with its counts in the reader's digits; dates, times, codes and examples in it stay as they are."""
    return COUNT.sub(lambda found: formats.native_digits(found[0]), str(text))


@writes
def in_language(texts: dict[str, str] | str) -> str:
    """A `{language: text}` field in the reader's language, else in English, else in any; one word for all as it is."""
    return formats.text_in(texts)
