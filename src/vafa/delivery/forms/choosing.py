"""Zones, windows, points, prices and festivals as the owner fills them in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vafa.delivery.actions.points import PointTerms, PriceTerms
from vafa.delivery.actions.zones import WindowTerms
from vafa.delivery.festival_names import NAMES
from vafa.delivery.forms.questions import CITY
from vafa.delivery.models import DeliveryOption
from vafa.kit.fields import AmountField, ClockField, CountField, DayField
from vafa.kit.formats import days_of_week, text_in, weekday_name
from vafa.shop.fields import DaysField, HoursField, in_minor, price_in
from vafa.shop.models import Shop

LANGUAGES = ("fa", "ar", "en")
PLACES = _("Regions, cities or the first digits of postal codes, one a line.")


class Named(forms.Form):
    """A name in three languages."""

    name_fa = forms.CharField(label=_("Name in Persian"), max_length=80, required=False)
    name_ar = forms.CharField(label=_("Name in Arabic"), max_length=80, required=False)
    name_en = forms.CharField(label=_("Name in English"), max_length=80, required=False)

    def texts(self, field: str = "name") -> dict[str, str]:
        """{language: text}, without empty ones."""
        written = {code: self.cleaned_data[f"{field}_{code}"] for code in LANGUAGES}
        return {code: text for code, text in written.items() if text}

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not self.errors and not self.texts():
            self.add_error("name_en", _("Give it a name in one language at least."))
        return given


class ZoneForm(Named):
    """A zone."""

    code = forms.SlugField(label=_("Code"), max_length=40, help_text=_("A short word for programs; it stays for ever."))
    places = forms.CharField(label=_("Places"), widget=forms.Textarea(attrs={"rows": 4}), help_text=PLACES)
    active = forms.BooleanField(label=_("In use"), required=False, initial=True)
    field_order = ("code", "name_fa", "name_ar", "name_en", "places", "active")

    def terms(self) -> dict[str, Any]:
        """For `actions.zones.save_zone`."""
        return {
            "name": self.texts(),
            "places": lines(self.cleaned_data["places"]),
            "active": self.cleaned_data["active"],
        }


class WindowForm(forms.Form):
    """A weekly window on one or several weekdays."""

    option = forms.ChoiceField(label=_("Delivery option"))
    weekdays = forms.TypedMultipleChoiceField(
        label=_("Weekdays"), coerce=int, choices=(), widget=forms.CheckboxSelectMultiple
    )
    begins = ClockField(label=_("From"))
    ends = ClockField(label=_("Until"))
    capacity = CountField(label=_("Parcels"), min_value=0, max_value=100_000)
    surcharge = AmountField(min_value=0, max_value=10**12, required=False)
    days_before = CountField(
        label=_("Ordered so many days before"), min_value=0, max_value=60, initial=0, help_text=_("0: the same day.")
    )
    order_until = ClockField(label=_("Ordered until"))

    def __init__(self, *args: Any, shop: Shop, offered: list[DeliveryOption], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.minors = price_in(self.fields["surcharge"], shop, _("Surcharge in %(unit)s"))
        self.offered = {option.code: option for option in offered}
        choose(self.fields["option"], [(option.code, text_in(option.name) or option.code) for option in offered])
        choose(self.fields["weekdays"], [(day, weekday_name(day)) for day in days_of_week()])

    @property
    def chosen_option(self) -> DeliveryOption:
        return self.offered[self.cleaned_data["option"]]

    def terms(self) -> WindowTerms:
        """For `actions.zones.add_windows`."""
        data = self.cleaned_data
        return WindowTerms(
            begins=data["begins"],
            ends=data["ends"],
            capacity=data["capacity"],
            surcharge_minor=in_minor(data["surcharge"], self.minors) or 0,
            days_before=data["days_before"],
            order_until=data["order_until"],
        )


class SlotForm(forms.Form):
    """One window on one day."""

    capacity = CountField(label=_("Parcels"), min_value=0, max_value=100_000)
    closed = forms.BooleanField(label=_("Closed on this day"), required=False)


class PointForm(Named):
    """A pick-up point."""

    code = forms.SlugField(label=_("Code"), max_length=40, help_text=_("A short word for programs; it stays for ever."))
    option = forms.ChoiceField(label=_("Delivery option"))
    city = forms.CharField(label=_("City"), max_length=120, widget=forms.TextInput(CITY))
    address_fa = forms.CharField(label=_("Address in Persian"), max_length=200, required=False)
    address_ar = forms.CharField(label=_("Address in Arabic"), max_length=200, required=False)
    address_en = forms.CharField(label=_("Address in English"), max_length=200, required=False)
    capacity = CountField(
        label=_("Parcels a day"), min_value=0, max_value=100_000, required=False, help_text=_("Empty: any number.")
    )
    closed_on = DaysField(label=_("Also closed on"), help_text=_("One day a line."))
    keeps_holidays = forms.BooleanField(label=_("Closed on the shop's holidays"), required=False, initial=True)
    position = CountField(label=_("Place in the list"), min_value=0, max_value=1000, initial=0)
    active = forms.BooleanField(label=_("In use"), required=False, initial=True)

    def __init__(self, *args: Any, offered: list[DeliveryOption], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = {option.code: option for option in offered}
        choose(self.fields["option"], [(option.code, text_in(option.name) or option.code) for option in offered])
        for day in days_of_week():
            self.fields[f"day_{day}"] = HoursField(label=weekday_name(day))
        week = [f"day_{day}" for day in days_of_week()]
        self.order_fields(["code", "option", "name_fa", "name_ar", "name_en", "city", "address_fa", "address_ar",
                           "address_en", *week])  # fmt: skip

    def terms(self) -> PointTerms:
        """For `actions.points.save_point`."""
        data = self.cleaned_data
        return PointTerms(
            option=self.offered[data["option"]],
            name=self.texts(),
            city=data["city"].strip(),
            address=self.texts("address"),
            week={str(day): data[f"day_{day}"] for day in range(7) if data[f"day_{day}"]},
            closed_on=data["closed_on"],
            keeps_holidays=data["keeps_holidays"],
            capacity=data["capacity"],
            position=data["position"],
            active=data["active"],
        )


class PriceForm(forms.Form):
    """One rule of an option's price."""

    places = forms.CharField(
        label=_("Only to"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Regions, cities or the first digits of postal codes, one a line. Empty: everywhere."),
    )
    most_g = CountField(
        label=_("Up to grams"), min_value=1, max_value=10**9, required=False, help_text=_("Empty: any weight.")
    )
    from_amount = AmountField(min_value=0, max_value=10**12, required=False)
    price = AmountField(min_value=0, max_value=10**12, help_text=_("0: free."))
    each_kg = AmountField(min_value=0, max_value=10**12, required=False)

    def __init__(self, *args: Any, shop: Shop, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.minors = price_in(self.fields["price"], shop)
        price_in(self.fields["from_amount"], shop, _("Goods from, in %(unit)s"))
        price_in(self.fields["each_kg"], shop, _("For each kilogram begun, in %(unit)s"))

    def terms(self) -> PriceTerms:
        """For `actions.points.add_price`."""
        data = self.cleaned_data
        return PriceTerms(
            places=lines(data["places"]),
            most_g=data["most_g"],
            from_minor=in_minor(data["from_amount"], self.minors) or 0,
            price_minor=in_minor(data["price"], self.minors) or 0,
            each_kg_minor=in_minor(data["each_kg"], self.minors) or 0,
        )


class FestivalsForm(forms.Form):
    """Which of the known festivals customers are told about."""

    shown = forms.MultipleChoiceField(
        label=_("Told to customers"),
        required=False,
        choices=list(NAMES.items()),
        widget=forms.CheckboxSelectMultiple,
    )


class FestivalForm(Named):
    """A day of the shop's own."""

    code = forms.SlugField(label=_("Code"), max_length=40)
    day = DayField(label=_("Day"))
    field_order = ("code", "name_fa", "name_ar", "name_en", "day")


def lines(text: str) -> list[str]:
    """What was typed, a line each."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def choose(field: forms.Field, choices: list[tuple[Any, str]]) -> None:
    """Give a field its choices."""
    if isinstance(field, forms.ChoiceField):
        field.choices = choices
