"""What is advertised, and what one would like to advertise."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vafa.delivery.forms.questions import CITY
from vafa.delivery.queries.past_orders import Where
from vafa.kit.fields import AmountField, CountField, DayField
from vafa.promises.actions import Claimed
from vafa.promises.models import ClaimKind
from vafa.shop.fields import price_in
from vafa.shop.models import Shop
from vafa.shop.options import offered_options

LEAST_LEVEL, MOST_LEVEL = 50, 99
LEVEL_HELP = _("Times of 100 it must come true.")


class PlaceForm(forms.Form):
    """Where and by which option; all may stay empty."""

    place = forms.CharField(label=_("City"), max_length=120, required=False, widget=forms.TextInput(CITY))
    region = forms.CharField(label=_("Region"), max_length=120, required=False)
    option = forms.ChoiceField(label=_("Delivery option"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["option"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", _("All of them")), *offered_options().items()]


class TakesForm(PlaceForm):
    """What would it take to say this?"""

    days = CountField(label=_("Days"), min_value=0, max_value=60)
    level = CountField(label=_("Times of 100"), min_value=LEAST_LEVEL, max_value=MOST_LEVEL, initial=95)

    def where(self) -> Where:
        """The orders that are meant; only of a valid form."""
        data = self.cleaned_data
        return Where(data["place"], data["region"], data["option"])


class ClaimForm(PlaceForm):
    """One statement as it is advertised."""

    text = forms.CharField(
        label=_("Text"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}), help_text=_("Word for word.")
    )
    medium = forms.CharField(
        label=_("Where it runs"), max_length=80, required=False, help_text=_("For example: Instagram, the home page.")
    )
    kind = forms.ChoiceField(label=_("What it promises"), choices=ClaimKind.choices)
    days = CountField(
        label=_("Days"), min_value=0, max_value=60, required=False, help_text=_("Calendar days; 0 is the same day.")
    )
    amount = AmountField(label=_("Amount"), min_value=0, max_value=10**12, required=False)
    level = CountField(label=_("Level"), min_value=LEAST_LEVEL, max_value=MOST_LEVEL, initial=95, help_text=LEVEL_HELP)
    starts_on = DayField(label=_("Runs from"))
    ends_on = DayField(label=_("Until"), required=False, help_text=_("Empty: until you end it."))
    field_order = ("text", "medium", "kind", "days", "amount", "place", "region", "option", "level")

    def __init__(self, *args: Any, shop: Shop, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.minors = price_in(self.fields["amount"], shop, _("Free from, in %(unit)s"))

    def claimed(self) -> Claimed:
        """For `actions.register_claim`; only of a valid form. Only the value of its kind is taken."""
        data = self.cleaned_data
        is_days = data["kind"] == ClaimKind.WITHIN_DAYS
        amount = None if data["amount"] is None else round(data["amount"] * self.minors)
        names = ("text", "medium", "kind", "place", "region", "option", "starts_on", "ends_on")
        return Claimed(
            **{name: data[name] for name in names},
            days=data["days"] if is_days else None,
            amount_minor=None if is_days else amount,
            level=data["level"] / 100,
        )


class AssumptionForm(forms.Form):
    """A figure that the owner believes instead, in percent, and its source."""

    value = AmountField(label=_("More sales for each day, in percent"), min_value=-100, max_value=100)
    source = forms.CharField(label=_("Where this figure comes from"), max_length=300)


class LimitForm(forms.Form):
    """The share of sales to stay under, in percent."""

    limit = AmountField(label=_("Stay under, in percent of sales"), min_value=0, max_value=50, initial=1)
