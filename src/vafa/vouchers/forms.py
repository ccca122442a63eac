"""What staff fill in."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class FindForm(forms.Form):
    """A voucher by its code."""

    code = forms.CharField(
        label=_("Code of a voucher"), max_length=40, required=False, widget=forms.TextInput({"dir": "ltr"})
    )
    page = forms.IntegerField(min_value=1, max_value=1000, required=False, widget=forms.HiddenInput)
