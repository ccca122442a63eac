"""What staff fill in."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class GivenForm(forms.Form):
    """The money was sent."""

    reference = forms.CharField(
        label=_("Number of the transfer"), max_length=80, widget=forms.TextInput({"dir": "ltr"})
    )
