"""What the staff say to a buyer's opinion."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class ReplyForm(forms.Form):
    """Shown below the opinion; may stay empty."""

    reply = forms.CharField(
        label=_("The shop's reply"), max_length=3000, required=False, widget=forms.Textarea({"rows": 2})
    )
