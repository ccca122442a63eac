"""What an owner fills in to make the shop his own."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class ReplaceForm(forms.Form):
    """The typed name guards the deletion; the rest begins the real shop."""

    typed_name = forms.CharField(
        label=_("Name of the simulated shop, as written above"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
    )
    new_name = forms.CharField(
        label=_("Name of your shop"), max_length=120, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    username = forms.CharField(
        label=_("Your sign-in name"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "username", "dir": "auto"}),
    )
    password = forms.CharField(
        label=_("Your password"),
        help_text=_("At least 10 characters."),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
