"""Dates, numbers, money and spans of time as people write them in Persian, Arabic and English.

Babel prints Gregorian dates and Latin digits even for Persian; that is why this package exists. The functions take the
language, or read the active one, and never look at a database. Days and times are shown in the zone of the reader's
`Preferences`, which the shop's settings fill for each page.
"""

from __future__ import annotations

from vafa.kit.formats.calendars import Calendar
from vafa.kit.formats.dates import (
    Style,
    days_of_week,
    first_of_month,
    format_clock,
    format_clock_range,
    format_date,
    format_date_range,
    format_moment,
    parts_of_date,
    weekday_name,
)
from vafa.kit.formats.digits import native_digits, plain_digits
from vafa.kit.formats.money import format_money, money_unit, plain_amount
from vafa.kit.formats.numbers import format_frequency, format_number, format_percent
from vafa.kit.formats.preferences import Preferences, prefer, preferences
from vafa.kit.formats.spans import format_days, format_duration, format_relative_day
from vafa.kit.formats.texts import isolated, text_in

__all__ = [
    "Calendar",
    "Preferences",
    "Style",
    "days_of_week",
    "first_of_month",
    "format_clock",
    "format_clock_range",
    "format_date",
    "format_date_range",
    "format_days",
    "format_duration",
    "format_frequency",
    "format_moment",
    "format_money",
    "format_number",
    "format_percent",
    "format_relative_day",
    "isolated",
    "money_unit",
    "native_digits",
    "parts_of_date",
    "plain_amount",
    "plain_digits",
    "prefer",
    "preferences",
    "text_in",
    "weekday_name",
]
