"""Form fields that people can fill in their own calendar and digits."""

from __future__ import annotations

import re
from datetime import date, time
from decimal import Decimal
from typing import Any

import jdatetime
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from hijridate import Hijri

from vafa.kit import clock
from vafa.kit.formats import native_digits, plain_digits
from vafa.kit.formats.calendars import calendar_of, in_calendar
from vafa.kit.formats.dates import local_day
from vafa.kit.formats.preferences import the_language

WRITTEN = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
CLOCK = re.compile(r"(\d{1,2})(?:[:.٫](\d{2}))?")
THOUSANDS = re.compile(r"[,٬،](?=\d{3}(?:\D|$))")
LATIN = {"dir": "ltr", "autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
FIRST_GREGORIAN_YEAR = 1700  # no Jalali or Hijri year that anybody writes here comes near


class DayInput(forms.DateInput):
    """A line to type a day on, in the reader's calendar and digits, the year first.

    Browsers' own pickers follow the language of the browser instead of the page, know no Jalali and no Hijri, and
    show 3 April as 03/04 to one and as 04/03 to another.
    """

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        widget = context["widget"]
        today = write_day(local_day(clock.now()))
        widget["attrs"] = {"inputmode": "numeric", "autocomplete": "off", "placeholder": today, **widget["attrs"]}
        if isinstance(value, date):
            widget["value"] = write_day(value)
        return context


class DayField(forms.DateField):
    """A day as a date: `2026-03-21`, `1405/01/01`, `۱۴۰۵/۱/۱`. See `read_day`."""

    widget = DayInput

    def to_python(self, value: Any) -> date | None:
        if value in self.empty_values:
            return None
        return super().to_python(value) if isinstance(value, date) else read_day(str(value))


def read_day(text: str) -> date:
    """The day that somebody wrote, the year first. ValidationError where it is none.

    Years before 1700 are Hijri where the reader's dates are, else Jalali.
    """
    written = WRITTEN.fullmatch(plain_digits(text.strip()))
    try:
        if written is None:
            raise ValueError
        year, month, day = map(int, written.groups())
        if year >= FIRST_GREGORIAN_YEAR:
            return date(year, month, day)
        if calendar_of(the_language(None)) == "hijri":
            return date.fromisoformat(Hijri(year, month, day).to_gregorian().isoformat())
        return date.fromisoformat(jdatetime.date(year, month, day).togregorian().isoformat())
    except (ValueError, OverflowError):
        raise ValidationError(_("This is not a day. Write it like 2026-03-21 or 1405/01/01."), code="invalid") from None


def write_day(day: date) -> str:
    """A day as `read_day` reads it, the year first, in the reader's calendar and digits."""
    _calendar, year, month, number = in_calendar(day, calendar_of(the_language(None)))
    return native_digits(f"{year}/{month:02}/{number:02}")


def plain_number(text: str) -> str:
    """A number as programs write it: `۱٬۲۵۰٫۵` as `1250.5`."""
    return THOUSANDS.sub("", plain_digits(text.strip())).replace("٫", ".")


class CountField(forms.IntegerField):
    """A whole number, shown in the reader's digits and read in anybody's."""

    widget = forms.TextInput

    def prepare_value(self, value: Any) -> Any:
        return native_digits(value) if isinstance(value, int) else value

    def to_python(self, value: Any) -> int | None:
        return super().to_python(plain_number(value) if isinstance(value, str) else value)


class AmountField(forms.DecimalField):
    """A number with a fraction where it has one, shown in the reader's digits and read in anybody's."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=forms.TextInput({"inputmode": "decimal"}), **options)

    def prepare_value(self, value: Any) -> Any:
        return native_digits(f"{value:.15g}") if isinstance(value, int | float | Decimal) else value

    def to_python(self, value: Any) -> Any:
        return super().to_python(plain_number(value) if isinstance(value, str) else value)


class ClockField(forms.TimeField):
    """A time of day of 24 hours, shown in the reader's digits: browsers' own pickers follow their makers' language."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}), **options)

    def prepare_value(self, value: Any) -> Any:
        return native_digits(f"{value:%H:%M}") if isinstance(value, time) else value

    def to_python(self, value: Any) -> time | None:
        if value in self.empty_values or isinstance(value, time):
            return super().to_python(value)
        found = read_clock(str(value))
        if found is None:
            raise ValidationError(_("Write a time of day like 14:30."), code="invalid")
        return found


def read_clock(text: str) -> time | None:
    """`9`, `9:30`, `24:00` as a time of day (24:00 as midnight); None for what is no time."""
    found = CLOCK.fullmatch(plain_digits(text.strip()))
    if found is None:
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    if (hour, minute) == (24, 0):
        hour = 0
    return time(hour, minute) if hour < 24 and minute < 60 else None


def gateway_field(label: str, *, secret: bool, required: bool, is_kept: bool = False) -> forms.CharField:
    """A setting of another service's account: names and keys as that service writes them, from left to right.

    A secret is never shown again; where one `is_kept`, an empty field leaves it.
    """
    if not secret:
        return forms.CharField(label=label, max_length=300, required=required, widget=forms.TextInput(LATIN))
    return forms.CharField(
        label=label,
        max_length=1000,
        strip=False,
        required=required and not is_kept,
        widget=forms.PasswordInput({**LATIN, "autocomplete": "new-password"}),
        help_text=_("Stored encrypted. Leave it empty to keep the one that is stored.") if is_kept else "",
    )
