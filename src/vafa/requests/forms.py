"""What the staff fills in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vafa.checkout.addresses import tidy_postal_code


class AnswerForm(forms.Form):
    """What the customer shall read."""

    answer = forms.CharField(label=_("Your answer"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))


class AddressForm(forms.Form):
    """Where an order shall go instead; who gets it, and the country, stay. Digits of every script are read."""

    city = forms.CharField(label=_("City"), max_length=120, widget=forms.TextInput({"list": "cities"}))
    region = forms.CharField(label=_("Province or region"), max_length=120, required=False)
    street = forms.CharField(
        label=_("Street, number, floor"), max_length=500, widget=forms.Textarea({"rows": 3, "dir": "auto"})
    )
    postal_code = forms.CharField(
        label=_("Postal code"), max_length=20, required=False, widget=forms.TextInput({"dir": "ltr"})
    )
    note = forms.CharField(label=_("A word for who brings it"), max_length=300, required=False)
    reason = forms.CharField(
        label=_("Why does the shop take it on itself?"),
        max_length=300,
        required=False,
        help_text=_("For example: our mistake; or: he paid the difference by transfer 4711. It is kept as a note."),
    )
    answer = forms.CharField(
        label=_("Your answer"),
        max_length=1000,
        required=False,
        help_text=_("Emptied, what the customer asked for waits on for its answer."),
        widget=forms.Textarea({"rows": 3, "dir": "auto"}),
    )

    def __init__(self, *given: Any, country: str, **how: Any) -> None:
        super().__init__(*given, **how)
        self.country = country

    def clean_postal_code(self) -> str:
        """As the country writes it."""
        tidy = tidy_postal_code(self.cleaned_data["postal_code"], self.country)
        if tidy is None:
            raise forms.ValidationError(_("This is not a postal code of that country."), code="invalid")
        return tidy
