"""Form fields for hours, days and rows as people write them, in any of the three languages' digits."""

from __future__ import annotations

import re
from datetime import date, time
from typing import Any

import jdatetime
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from vafa.kit.formats import native_digits, plain_digits
from vafa.shop import rules

INTERVALS = re.compile(r"[,;،؛]| و | and ")
ENDS = re.compile(r"\s*(?:-|–|—|−|تا|إلى|to)\s*")  # all the dashes that phones write
FIRST_YEAR_THAT_IS_GREGORIAN = 1700


class HoursField(forms.CharField):
    """`09:00-13:00, 16:00-20:00` ⇄ `[["09:00", "13:00"], ["16:00", "20:00"]]`; empty for a day off."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput({"dir": "ltr", "autocomplete": "off", "placeholder": "–"})
        super().__init__(required=False, max_length=120, widget=widget, **options)

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, list):
            return value
        return native_digits(", ".join(f"{opens}-{closes}" for opens, closes in value))

    def clean(self, value: Any) -> list[list[str]]:
        text = plain_digits(super().clean(value))
        intervals = [self._interval(part) for part in INTERVALS.split(text) if part.strip()]
        rules.require_intervals(intervals)
        return intervals

    def _interval(self, text: str) -> list[str]:
        ends = [_clock(part) for part in ENDS.split(text.strip())]
        if len(ends) != 2 or None in ends:
            raise ValidationError(_("Write working hours as 09:00-17:00."))
        return [str(end) for end in ends]


def _clock(text: str) -> str | None:
    """`9`, `9:30`, `24:00` as `09:00`, `09:30`, `00:00`; None for what is no time."""
    found = re.fullmatch(r"(\d{1,2})(?:[:.٫](\d{2}))?", text.strip())
    if found is None:
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    if (hour, minute) == (24, 0):
        hour = 0
    return time(hour, minute).isoformat("minutes") if hour < 24 and minute < 60 else None


class DaysField(forms.CharField):
    """Days, one a line, Gregorian (2026-03-21) or Jalali (1405-01-01) ⇄ a list of ISO days."""

    def __init__(self, **options: Any) -> None:
        widget = forms.Textarea({"dir": "ltr", "rows": 4, "placeholder": "2026-03-21"})
        super().__init__(required=False, max_length=20_000, widget=widget, **options)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        words = re.split(r"[\s,;،؛]+", plain_digits(super().clean(value)).strip())
        return sorted({_iso_day(word) for word in words if word})


def _iso_day(word: str) -> str:
    found = re.fullmatch(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})", word)
    try:
        if found is None:
            raise ValueError
        year, month, day = (int(part) for part in found.groups())
        if year < FIRST_YEAR_THAT_IS_GREGORIAN:
            return str(jdatetime.date(year, month, day).togregorian().isoformat())
        return date(year, month, day).isoformat()
    except ValueError:
        raise ValidationError(_("“%(day)s” is not a day. Write it as 2026-03-21."), params={"day": word}) from None


class DayCountField(forms.CharField):
    """A number of days in the reader's digits; what was typed is read by the form."""

    def prepare_value(self, value: Any) -> Any:
        return native_digits(f"{value:g}") if isinstance(value, int | float) else value


class KeepField(forms.DecimalField):
    """A share of one, shown and typed as “so many of 100”."""

    def __init__(self, **options: Any) -> None:
        super().__init__(min_value=50, max_value=99.9, max_digits=4, decimal_places=1, **options)

    def prepare_value(self, value: Any) -> Any:
        """`90` and `97.5`: a fraction only where there is one."""
        return f"{round(value * 100, 1):g}" if isinstance(value, float) else value

    def to_python(self, value: Any) -> Any:
        return super().to_python(plain_digits(value).replace("٫", ".") if isinstance(value, str) else value)

    def clean(self, value: Any) -> float:
        return float(super().clean(value)) / 100
