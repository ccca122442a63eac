"""An answer to a visitor's question."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class AnswerForm(forms.Form):
    """Shown below the question."""

    answer = forms.CharField(label=_("Answer"), max_length=3000, widget=forms.Textarea({"rows": 3}))
