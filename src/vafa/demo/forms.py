"""What an owner fills in to make the shop his own, and which carrier is to strike."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from vafa.demo.carriers import STOPPABLE
from vafa.kit.formats import format_number


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


class StrikeForm(forms.Form):
    """Which carrier stands still, and for how many days at most."""

    carrier = forms.ChoiceField(label=_("Carrier"))
    days = forms.TypedChoiceField(label=_("At most"), coerce=int, initial=5)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["carrier"].choices = [(code, carrier_name(code)) for code in STOPPABLE]  # type: ignore[attr-defined]
        self.fields["days"].choices = [(days, _days(days)) for days in (3, 5, 7, 14)]  # type: ignore[attr-defined]


def _days(count: int) -> str:
    return ngettext("%(number)s day", "%(number)s days", count) % {"number": format_number(count)}


def carrier_name(code: str) -> str:
    """What to call the carrier in the reader's language."""
    return str({"post": _("Post (Pishtaz)"), "tipax": _("Tipax"), "chapar": _("Chapar")}[code])
