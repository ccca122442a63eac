"""Form fields for hours, days, money and rows as people write them, in any of the three languages' digits."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from vafa.kit.fields import plain_number, read_clock, read_day, write_day
from vafa.kit.formats import money_unit, native_digits, plain_digits
from vafa.kit.problems import Text
from vafa.shop import rules
from vafa.shop.models import Shop

PRICE = _("Price in %(unit)s")
INTERVALS = re.compile(r"[,;،؛]| و | and ")
ENDS = re.compile(r"\s*(?:-|–|—|−|تا|إلى|to)\s*")  # all the dashes that phones write


class HoursField(forms.CharField):
    """`09:00-13:00, 16:00-20:00` ⇄ `[["09:00", "13:00"], ["16:00", "20:00"]]`; empty for a day off."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput({"class": "field-ltr", "autocomplete": "off", "placeholder": "–"})
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
        ends = [read_clock(part) for part in ENDS.split(text.strip())]
        written = [end.isoformat("minutes") for end in ends if end is not None]
        if len(ends) != 2 or len(written) != 2:
            raise ValidationError(_("Write working hours as 09:00-17:00."))
        return written


class DaysField(forms.CharField):
    """Days, one a line, in the reader's calendar, read in either ⇄ a list of ISO days."""

    def __init__(self, **options: Any) -> None:
        widget = forms.Textarea({"rows": 4, "placeholder": lazy(write_day, str)(date(2026, 3, 21))})
        super().__init__(required=False, max_length=20_000, widget=widget, **options)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(write_day(date.fromisoformat(day)) for day in value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        words = re.split(r"[\s,;،؛]+", plain_digits(super().clean(value)).strip())
        return sorted({_iso_day(word) for word in words if word})


def _iso_day(word: str) -> str:
    try:
        return read_day(word).isoformat()
    except ValidationError:
        raise ValidationError(_("“%(day)s” is not a day. Write it as 2026-03-21."), params={"day": word}) from None


class DayCountField(forms.CharField):
    """A number of days in the reader's digits; what was typed is read by the form."""

    def prepare_value(self, value: Any) -> Any:
        return native_digits(f"{value:g}") if isinstance(value, int | float) else value


class KeepField(forms.DecimalField):
    """A share of one, shown and typed as “so many of 100”."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput({"inputmode": "decimal"})
        super().__init__(min_value=50, max_value=99.9, max_digits=4, decimal_places=1, widget=widget, **options)

    def prepare_value(self, value: Any) -> Any:
        """`90` and `97.5`: a fraction only where there is one."""
        return native_digits(f"{round(value * 100, 1):g}") if isinstance(value, float) else value

    def to_python(self, value: Any) -> Any:
        return super().to_python(plain_number(value) if isinstance(value, str) else value)

    def clean(self, value: Any) -> float:
        return float(super().clean(value)) / 100


def in_minor(typed: Decimal | None, minors: int) -> int | None:
    """An amount that somebody typed in minor units; None where nothing was typed."""
    return None if typed is None else round(typed * minors)


def price_in(field: forms.Field, shop: Shop, label: Text = PRICE) -> int:
    """Name the unit in which the shop writes amounts on the field; how many minor units make one."""
    name, minors = money_unit(shop.currency, toman=shop.shows_toman)
    field.label = label % {"unit": name}
    return minors
