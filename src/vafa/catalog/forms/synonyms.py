"""What the staff fill in about the catalogue."""

from __future__ import annotations

import re

from django import forms
from django.utils.translation import gettext_lazy as _

BETWEEN = re.compile(r"[\n,،;؛]")


class SynonymsForm(forms.Form):
    """Words that mean the same, one a line."""

    words = forms.CharField(
        label=_("Words"),
        max_length=2000,
        widget=forms.Textarea({"rows": 6}),
        help_text=_("One a line, in every language: mobile, گوشی, موبایل, جوال. Several words may stand on one line."),
    )

    def lines(self) -> list[str]:
        """The words as they were typed, without empty lines."""
        return [line.strip() for line in BETWEEN.split(self.cleaned_data["words"]) if line.strip()]
