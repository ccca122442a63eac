"""The owner's settings: one form a page, each saving its own part."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from babel.numbers import get_currency_name
from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from vafa.kit.fields import ClockField
from vafa.kit.formats import format_date, native_digits, plain_digits, weekday_name
from vafa.shop import queries, rules
from vafa.shop.fields import DayCountField, DaysField, HoursField, KeepField
from vafa.shop.models import Shop

USUAL_CURRENCIES = "IRR AED AFN BHD BRL EGP EUR GBP IQD JOD KWD LBP MAD OMR QAR SAR SYP TND TRY USD YER"


WEEKS_BEGIN_ON_SATURDAY = {"AF", "BH", "DJ", "DZ", "EG", "IQ", "IR", "JO", "KW", "LY", "OM", "QA", "SD", "SY"}
WEEKS_BEGIN_ON_SUNDAY = {"SA", "YE", "US", "BR", "PK", "IN", "IL", "CA", "MX", "JP"}


def first_weekday(country: str) -> int:
    """The day on which weeks begin in the country, as in the Unicode locale data; 0 = Monday."""
    return 5 if country in WEEKS_BEGIN_ON_SATURDAY else 6 if country in WEEKS_BEGIN_ON_SUNDAY else 0


def reader() -> str:
    """The language of the page: `fa`, `ar` or `en`."""
    return (get_language() or "en").split("-")[0]


class GeneralForm(forms.Form):
    """Name, zone, languages, money, caution."""

    name = forms.CharField(label=_("Name of the shop"), max_length=120)
    address = forms.CharField(
        label=_("Address of the shop"),
        max_length=400,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("It stands on invoices and packing slips."),
    )
    tax_number = forms.CharField(
        label=_("Tax number"), max_length=40, required=False, help_text=_("It stands on invoices.")
    )
    city = forms.CharField(
        label=_("City of the shop"),
        max_length=120,
        required=False,
        widget=forms.TextInput({"list": "cities", "autocomplete": "address-level2"}),
        help_text=_("Search engines name no place: they are told how long delivery takes to there."),
    )
    zone = forms.CharField(
        label=_("Time zone"),
        max_length=64,
        validators=[rules.require_zone],
        widget=forms.TextInput({"list": "zones", "class": "field-ltr", "autocomplete": "off"}),
        help_text=_("Days begin and end there. For example Asia/Tehran."),
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages of your customers"), choices=settings.LANGUAGES, widget=forms.CheckboxSelectMultiple
    )
    default_language = forms.ChoiceField(label=_("First language"), choices=settings.LANGUAGES)
    currency = forms.ChoiceField(label=_("Currency"))
    shows_toman = forms.BooleanField(label=_("Show rials as toman"), required=False)
    shows_hijri = forms.BooleanField(label=_("Show Arabic dates in the Hijri calendar"), required=False)
    target_probability = KeepField(
        label=_("Of 100 promises, keep"),
        help_text=_("More means later dates and fewer broken promises. 90 is a good start."),
    )

    def __init__(self, data: Any = None, *, shop: Shop) -> None:
        super().__init__(data, initial={name: getattr(shop, name) for name in self.base_fields})
        codes = dict.fromkeys([*USUAL_CURRENCIES.split(), shop.currency])
        field: Any = self.fields["currency"]
        field.choices = [(code, f"{get_currency_name(code, locale=reader())} ({code})") for code in codes]


class HoursForm(forms.Form):
    """The working week, a line a day, and the cut-off."""

    cut_off = ClockField(label=_("Orders until this time count for the same day"))

    def __init__(self, data: Any = None, *, shop: Shop) -> None:
        super().__init__(data, initial={"cut_off": shop.cut_off})
        first = first_weekday(shop.holiday_country)
        for day in [*range(first, 7), *range(first)]:
            hours = shop.working_week.get(str(day), [])
            self.fields[f"day_{day}"] = HoursField(label=weekday_name(day), initial=hours)
        self.order_fields([name for name in self.fields if name != "cut_off"])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        week = {str(day): given[f"day_{day}"] for day in range(7) if given.get(f"day_{day}")}
        if not self.errors:
            rules.require_week(week)
        return {"working_week": week, "cut_off": given.get("cut_off")}


class HolidaysForm(forms.Form):
    """Which of the country's holidays the shop keeps in the coming year, and its own."""

    holiday_country = forms.ChoiceField(
        label=_("Public holidays of"),
        required=False,
        help_text=_("After a change of the country, save once to see its days."),
    )
    kept = forms.MultipleChoiceField(
        label=_("Closed on"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Untick the days you work."),
    )
    holidays_added = DaysField(
        label=_("Also closed on"), help_text=_("One day a line: 2026/03/21, or 1405/01/01 in the Jalali calendar.")
    )

    def __init__(self, data: Any = None, *, shop: Shop, today: date) -> None:
        self.shop = shop
        coming = queries.public_holidays_of(shop.holiday_country, today, today + timedelta(days=366), reader())
        self.coming = [day.isoformat() for day in coming]
        kept = [day for day in self.coming if day not in shop.holidays_removed]
        initial = {"holiday_country": shop.holiday_country, "kept": kept, "holidays_added": shop.holidays_added}
        super().__init__(data, initial=initial)
        country: Any = self.fields["holiday_country"]
        country.choices = [("", _("no country")), *queries.countries_with_holidays(reader())]
        days: Any = self.fields["kept"]
        days.choices = [
            (day.isoformat(), f"{format_date(day, style='full')} · {native_digits(name)}")
            for day, name in coming.items()
        ]
        if not coming:
            del self.fields["kept"]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        country = given.get("holiday_country", "")
        unticked = set(self.coming) - set(given.get("kept", [])) if country == self.shop.holiday_country else set()
        elsewhere = set(self.shop.holidays_removed) - set(self.coming)
        return {
            "holiday_country": country,
            "holidays_added": given.get("holidays_added", []),
            "holidays_removed": sorted(elsewhere | unticked),
        }


class StatedTimeForm(forms.Form):
    """One row of what the owner believes."""

    place = forms.CharField(
        label=_("Place"),
        max_length=120,
        required=False,
        widget=forms.TextInput({"placeholder": _("everywhere else")}),
    )
    option = forms.ChoiceField(label=_("Delivery option"), required=False)
    seller = forms.CharField(label=_("Seller"), max_length=64, required=False)
    days = DayCountField(
        label=_("Days"), max_length=6, required=False, widget=forms.TextInput({"inputmode": "decimal"})
    )

    def __init__(self, *args: Any, options: Mapping[str, str], **others: Any) -> None:
        super().__init__(*args, **others)
        stated = str((self.initial or {}).get("option", ""))  # it may be gone by now, and its row must not be lost
        field: Any = self.fields["option"]
        gone = {stated: stated} if stated and stated not in options else {}
        field.choices = [("", _("every option")), *options.items(), *gone.items()]

    def clean_days(self) -> float | None:
        text = plain_digits(self.cleaned_data["days"]).replace("٫", ".").replace(",", ".").strip()
        try:
            days = float(text) if text else None
        except ValueError:
            raise forms.ValidationError(_("State a number of days.")) from None
        if days is not None and not 0 <= days <= rules.MOST_DAYS:
            most = {"most": rules.MOST_DAYS}
            raise forms.ValidationError(_("State a number of days from 0 to %(most)s.") % most)
        return days

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not self.errors and given.get("days") is None and any(given.get(k) for k in ("place", "option", "seller")):
            self.add_error("days", _("State a number of days."))
        return given


class StatedTimesFormSet(forms.BaseFormSet):  # type: ignore[type-arg]
    """All rows; a row without days is left out, so emptying one deletes it."""

    def rows(self) -> list[dict[str, Any]]:
        """What to save; days without a fraction as whole numbers."""
        stated = [form.cleaned_data for form in self.forms if form.cleaned_data.get("days") is not None]
        return [{**row, "days": int(row["days"]) if row["days"] == int(row["days"]) else row["days"]} for row in stated]

    def clean(self) -> None:
        if not any(self.errors):
            rules.require_stated_times(self.rows())


StatedTimesForm = forms.formset_factory(
    StatedTimeForm, formset=StatedTimesFormSet, extra=3, max_num=rules.MOST_STATED_ROWS
)


class PlaceNamesRow(forms.Form):
    """What one city or region is called."""

    fa = forms.CharField(label=_("In Persian"), max_length=rules.LONGEST_NAME, required=False)
    ar = forms.CharField(label=_("In Arabic"), max_length=rules.LONGEST_NAME, required=False)
    en = forms.CharField(label=_("In English"), max_length=rules.LONGEST_NAME, required=False)
    also = forms.CharField(label=_("Other spellings"), max_length=600, required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        row = {name: str(given.get(name, "")).strip() for name in self.fields}
        if any(row.values()) and not self.errors:
            rules.require_place_names([row])
        return row


class PlaceNamesFormSet(forms.BaseFormSet):  # type: ignore[type-arg]
    """All rows; an emptied one is left out, so it is deleted."""

    def rows(self) -> list[dict[str, Any]]:
        """What to save."""
        return [form.cleaned_data for form in self.forms if any(form.cleaned_data.values())]

    def clean(self) -> None:
        if not any(self.errors):
            rules.require_place_names(self.rows())


PlaceNamesForm = forms.formset_factory(PlaceNamesRow, formset=PlaceNamesFormSet, extra=3, max_num=rules.MOST_NAMED_ROWS)


class PageTextForm(forms.Form):
    """The owner's words on one page, a field for each language of the customers."""

    def __init__(self, data: Any = None, *, texts: Mapping[str, str]) -> None:
        super().__init__(data, auto_id="id_%s")
        for language, name in settings.LANGUAGES:
            self.fields[f"words_{language}"] = forms.CharField(
                label=name,
                required=False,
                max_length=20_000,
                initial=texts.get(language, ""),
                widget=forms.Textarea(attrs={"rows": 8}),
            )

    def words(self) -> dict[str, str]:
        """{language: text}"""
        return {name.removeprefix("words_"): str(text) for name, text in self.cleaned_data.items()}
