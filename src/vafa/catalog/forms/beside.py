"""What goes with a product."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class BesideForm(forms.Form):
    """Codes of products, one a line."""

    codes = forms.CharField(
        label=_("Codes of products"),
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 5, "dir": "ltr", "spellcheck": "false"}),
        help_text=_("One a line, the most fitting first. A code stands under the title in the catalogue."),
    )

    def clean_codes(self) -> list[str]:
        return [line.strip() for line in str(self.cleaned_data["codes"]).splitlines() if line.strip()]
