"""What staff fill in about taxes and checks."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vafa.catalog.queries import shelves
from vafa.checkout.models import CheckRules
from vafa.checkout.models.holds import Ending
from vafa.kit.fields import AmountField, CountField
from vafa.kit.formats import money_unit, text_in
from vafa.shop.queries import the_shop

HUNDREDTHS = 100


def shelf_choices() -> list[tuple[str, str]]:
    """Every shelf by its code, and all of them."""
    return [("", str(_("Everything"))), *((shelf.code, text_in(shelf.name)) for shelf in shelves().values())]


class TaxForm(forms.Form):
    """One rule."""

    country = forms.RegexField(
        r"(?i)^[a-z]{2}$",
        label=_("Country, two letters"),
        required=False,
        strip=True,
        help_text=_("Empty: everywhere."),
    )
    category = forms.ChoiceField(label=_("Shelf"), choices=shelf_choices, required=False)
    percent = AmountField(label=_("Percent"), min_value=0, max_value=100, max_digits=5, decimal_places=2)
    added = forms.BooleanField(label=_("Added to the price; else the price contains it"), required=False)

    @property
    def terms(self) -> dict[str, Any]:
        """The arguments of `keep_tax`."""
        said = self.cleaned_data
        return {
            "country": said["country"].upper(),
            "category": said["category"],
            "bp": int(said["percent"] * HUNDREDTHS),
            "contained": not said["added"],
        }


class CheckRulesForm(forms.Form):
    """By which rules orders are looked at first."""

    active = forms.BooleanField(label=_("Look at conspicuous orders before they leave"), required=False)
    pieces_over = CountField(label=_("More pieces of one article than"), min_value=1, max_value=9999, required=False)
    orders_an_hour = CountField(
        label=_("Orders of one customer within an hour before this one"), min_value=1, max_value=999, required=False
    )
    other_country = forms.BooleanField(label=_("Phone number and address of two countries"), required=False)
    hours = CountField(
        label=_("Hours until it is decided"),
        min_value=1,
        max_value=72,
        help_text=_("They are in the date that the customer is promised."),
    )
    ending = forms.ChoiceField(label=_("If nobody decides by then"), choices=Ending.choices)

    def __init__(self, *args: Any, rules: CheckRules, **kwargs: Any) -> None:
        unit, self.minors = money_unit(the_shop().currency)
        plain = {name: getattr(rules, name) for name in self.base_fields}
        amounts = {name: getattr(rules, f"{name}_minor") for name in ("total_over", "first_over")}
        shown = {name: None if amount is None else amount / self.minors for name, amount in amounts.items()}
        super().__init__(*args, **kwargs)
        self.initial = {**plain, **shown}
        labels = {
            "total_over": _("Goods worth more than, in %(unit)s"),
            "first_over": _("First order of a customer worth more than, in %(unit)s"),
        }
        for name, label in labels.items():
            self.fields[name] = AmountField(
                label=label % {"unit": unit}, min_value=0, max_digits=15, decimal_places=2, required=False,
                help_text=_("Empty: no such rule."),
            )  # fmt: skip

    @property
    def terms(self) -> dict[str, Any]:
        """The arguments of `keep_check_rules`."""
        said = dict(self.cleaned_data)
        for name in ("total_over", "first_over"):
            amount = said.pop(name)
            said[f"{name}_minor"] = None if amount is None else int(amount * self.minors)
        return said
