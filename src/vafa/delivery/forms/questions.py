"""Questions, options and backtests as people fill them in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vafa.delivery.actions.options import OptionTerms
from vafa.delivery.models import DeliveryOption
from vafa.delivery.option_kinds import OptionKind
from vafa.delivery.questions import LONGEST, Asked
from vafa.kit.fields import AmountField, ClockField, CountField, DayField
from vafa.kit.formats import days_of_week, weekday_name
from vafa.shop.fields import in_minor, price_in
from vafa.shop.models import Shop

FREE_FROM = _("Free from, in %(unit)s")
CITY = {"list": "cities", "autocomplete": "off"}  # the page holds the list; without it a plain field
LEAST_CAUTION, MOST_CAUTION = 50, 99


class TryForm(forms.Form):
    """A question to try. The caution is in times of 100."""

    to = forms.CharField(
        label=_("To"), max_length=LONGEST, widget=forms.TextInput(CITY), help_text=_("A postal code or a city.")
    )
    origin = forms.CharField(
        label=_("From"),
        max_length=LONGEST,
        required=False,
        widget=forms.TextInput(CITY),
        help_text=_("Empty: where your shop sends from."),
    )
    option = forms.ChoiceField(label=_("Delivery option"), required=False)
    weight = AmountField(label=_("Weight in grams"), min_value=0, max_value=10**9, required=False)
    price = AmountField(label=_("Price"), min_value=0, max_value=10**12, required=False)
    payment = forms.ChoiceField(label=_("Payment method"), required=False)
    caution = forms.IntegerField(
        label=_("Caution"),
        min_value=LEAST_CAUTION,
        max_value=MOST_CAUTION,
        required=False,
        widget=forms.NumberInput(attrs={"type": "range", "class": "range range-primary"}),
    )

    def __init__(
        self,
        *args: Any,
        offered: list[DeliveryOption],
        payments: list[str],
        language: str,
        shop: Shop,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.minors = price_in(self.fields["price"], shop)
        names = [(option.code, option.name.get(language) or option.name.get("en") or option.code) for option in offered]
        field = self.fields["option"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", _("All of them")), *names]
        field = self.fields["payment"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", _("not said")), *((name, name) for name in payments)]

    def asked(self) -> Asked:
        """The question."""
        data = self.cleaned_data
        caution, price, weight = data.get("caution"), data.get("price"), data.get("weight")
        return Asked(
            to=data["to"],
            origin=data["origin"],
            options=(data["option"],) if data["option"] else (),
            weight_g=None if weight is None else float(weight),
            price_minor=None if price is None else round(price * self.minors),
            payment=data["payment"],
            caution=None if caution is None else caution / 100,
        )


class CautionForm(forms.Form):
    """The shop's caution in times of 100."""

    caution = forms.IntegerField(min_value=LEAST_CAUTION, max_value=MOST_CAUTION)


class BacktestForm(forms.Form):
    """What to score."""

    score_from = DayField(label=_("Score orders from"), required=False, help_text=_("Empty: all of them."))
    every = CountField(label=_("Days between two fits"), min_value=1, max_value=365, initial=28)
    first_after = CountField(
        label=_("Days of history before the first score"), min_value=1, max_value=3650, initial=240
    )


class OptionForm(forms.Form):
    """A way of delivery."""

    code = forms.SlugField(
        label=_("Code"), max_length=64, help_text=_("As your orders and programs name it; it stays for ever.")
    )
    name_fa = forms.CharField(label=_("Name in Persian"), max_length=80, required=False)
    name_ar = forms.CharField(label=_("Name in Arabic"), max_length=80, required=False)
    name_en = forms.CharField(label=_("Name in English"), max_length=80, required=False)
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=OptionKind.choices,
        required=False,
        initial=OptionKind.ECONOMY,
        help_text=_("With windows and days the customer chooses one; at points, lockers and stores he fetches it."),
    )
    delivery_weekdays = forms.TypedMultipleChoiceField(
        label=_("Delivers on"), coerce=int, choices=(), widget=forms.CheckboxSelectMultiple
    )
    cut_off = ClockField(
        label=_("Orders until"),
        required=False,
        help_text=_("Later orders count from the next working day. Empty: as the shop."),
    )
    minimum_days = CountField(label=_("Never sooner than days"), min_value=0, max_value=365, initial=0)
    regions = forms.CharField(
        label=_("Only to"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Regions, cities or postal codes, one a line. Empty: everywhere."),
    )
    price = AmountField(
        label=_("Price"),
        min_value=0,
        max_value=10**12,
        required=False,
        help_text=_("Where no rule says another one. Empty: no price is stated; 0: free."),
    )
    free_from = AmountField(label=FREE_FROM, min_value=0, max_value=10**12, required=False)
    most_weight = CountField(
        label=_("At most grams"), min_value=1, max_value=10**9, required=False, help_text=_("Empty: any weight.")
    )
    position = CountField(label=_("Place in the list"), min_value=0, max_value=1000, initial=0)
    active = forms.BooleanField(label=_("Offered"), required=False, initial=True)

    def __init__(self, *args: Any, shop: Shop, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.minors = price_in(self.fields["price"], shop)
        price_in(self.fields["free_from"], shop, FREE_FROM)
        weekdays = self.fields["delivery_weekdays"]
        if isinstance(weekdays, forms.TypedMultipleChoiceField):
            weekdays.choices = [(day, weekday_name(day)) for day in days_of_week()]
            weekdays.initial = list(range(7))

    def terms(self) -> OptionTerms:
        """For `actions.options.save_option`."""
        data = self.cleaned_data
        names = {code: data[f"name_{code}"] for code in ("fa", "ar", "en") if data[f"name_{code}"]}
        return OptionTerms(
            kind=data["kind"] or OptionKind.ECONOMY.value,
            name=names,
            delivery_weekdays=sorted(data["delivery_weekdays"]),
            cut_off=data["cut_off"],
            minimum_days=data["minimum_days"],
            regions=[line.strip() for line in data["regions"].splitlines() if line.strip()],
            price_minor=in_minor(data["price"], self.minors),
            free_from_minor=in_minor(data["free_from"], self.minors),
            most_weight_g=data["most_weight"],
            position=data["position"],
            active=data["active"],
        )


class SearchForm(forms.Form):
    """Finds an order or a parcel by its number."""

    q = forms.CharField(label=_("Order or tracking number"), max_length=80, required=False)
    page = forms.IntegerField(min_value=1, max_value=1000, required=False, widget=forms.HiddenInput)


class ParcelForm(forms.Form):
    """A parcel that nobody has told of yet."""

    tracking_number = forms.CharField(label=_("Tracking number"), max_length=64)
    carrier = forms.CharField(label=_("Carrier"), max_length=64, required=False)
