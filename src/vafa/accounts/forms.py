"""What people fill in about themselves, colleagues and programs."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.contrib.auth.forms import PasswordChangeForm
from django.utils.translation import gettext_lazy as _

from vafa.accounts.models import Role, Scope
from vafa.kit.clock import real_now

NEW_PASSWORD = {"autocomplete": "new-password", "dir": "ltr"}
USERNAME = {"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}


class StaffForm(forms.Form):
    """A new member of the staff."""

    username = forms.CharField(
        label=_("Name for signing in"), max_length=150, widget=forms.TextInput({**USERNAME, "autocomplete": "off"})
    )
    full_name = forms.CharField(label=_("Full name"), max_length=150, required=False)
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices, initial=Role.AGENT)
    password = forms.CharField(
        label=_("First password"),
        strip=False,
        widget=forms.PasswordInput(NEW_PASSWORD),
        help_text=_("At least 10 characters. Tell it to the person, who should change it."),
    )


class OwnPasswordForm(PasswordChangeForm):
    """One's own password: Django's form, its help in one sentence."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["new_password1"].help_text = _("At least 10 characters.")


class WelcomeForm(forms.Form):
    """The first owner."""

    username = forms.CharField(label=_("Name for signing in"), max_length=150, widget=forms.TextInput(USERNAME))
    full_name = forms.CharField(label=_("Your full name"), max_length=150, required=False)
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput(NEW_PASSWORD),
        help_text=_("At least 10 characters."),
    )
    repeated = forms.CharField(label=_("Password again"), strip=False, widget=forms.PasswordInput(NEW_PASSWORD))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("password") and given.get("repeated") and given["password"] != given["repeated"]:
            self.add_error("repeated", _("The two passwords are not the same."))
        return given


class TokenForm(forms.Form):
    """A new API token."""

    name = forms.CharField(label=_("Name"), max_length=80, help_text=_("Which program will use it?"))
    scopes = forms.MultipleChoiceField(
        label=_("What it may do"), choices=Scope.choices, widget=forms.CheckboxSelectMultiple
    )
    days = forms.TypedChoiceField(
        label=_("Ends"),
        coerce=int,
        initial=365,
        choices=[(30, _("after 30 days")), (90, _("after 90 days")), (365, _("after a year")), (0, _("never"))],
    )

    def expires_at(self) -> datetime | None:
        """Real time; None for never."""
        days = self.cleaned_data["days"]
        return real_now() + timedelta(days=days) if days else None
