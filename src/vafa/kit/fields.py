"""Form fields that people can fill in their own calendar and digits."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import jdatetime
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from vafa.kit import clock
from vafa.kit.formats import format_date, plain_digits
from vafa.kit.formats.dates import local_day
from vafa.kit.formats.preferences import the_language

WRITTEN = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
FIRST_GREGORIAN_YEAR = 1700  # no Jalali year that anybody writes here comes near


class DayInput(forms.DateInput):
    """The browser's own picker; in Persian a line for a Jalali day, because browsers' pickers know no Jalali."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        widget = context["widget"]
        if the_language(None) != "fa":
            widget["type"] = "date"
            return context
        today = format_date(local_day(clock.now()), "fa", style="short")
        widget["attrs"] = {"inputmode": "numeric", "placeholder": today, **widget["attrs"]}
        if isinstance(value, date):
            widget["value"] = format_date(value, "fa", style="short")
        return context


class DayField(forms.DateField):
    """A day as a date: `2026-03-21`, `1405/01/01`, `۱۴۰۵/۱/۱`. Years before 1700 are Jalali."""

    widget = DayInput

    def to_python(self, value: Any) -> date | None:
        if value in self.empty_values:
            return None
        return super().to_python(value) if isinstance(value, date) else read_day(str(value))


def read_day(text: str) -> date:
    """The day that somebody wrote. ValidationError where it is none."""
    written = WRITTEN.fullmatch(plain_digits(text.strip()))
    try:
        if written is None:
            raise ValueError
        year, month, day = map(int, written.groups())
        if year < FIRST_GREGORIAN_YEAR:
            return date.fromisoformat(jdatetime.date(year, month, day).togregorian().isoformat())
        return date(year, month, day)
    except ValueError:
        raise ValidationError(_("This is not a day. Write it like 2026-03-21 or 1405/01/01."), code="invalid") from None
