"""Forms of the ledger and its public pages."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vafa.kit.fields import ClockField, DayField
from vafa.promises.models import AskedBy, State
from vafa.promises.receipts import LARGEST

PERIODS = {"30": _("30 days"), "90": _("90 days"), "365": _("a year"), "all": _("any time")}


class LedgerForm(forms.Form):
    """Narrows the list. Every field may stay empty."""

    PERIOD = "365"  # unless told

    order = forms.CharField(label=_("Order number"), max_length=80, required=False)
    state = forms.ChoiceField(label=_("State"), choices=[("", _("all")), *State.choices], required=False)
    region = forms.CharField(label=_("Region"), max_length=120, required=False)
    period = forms.ChoiceField(label=_("Fell due within"), choices=list(PERIODS.items()), required=False)
    page = forms.IntegerField(min_value=1, max_value=1000, required=False, widget=forms.HiddenInput)

    def chosen(self) -> dict[str, Any]:
        """The filters that were filled in rightly; nonsense counts as empty and is shown beside its field."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value and name not in {"period", "page"}}

    def first_day(self, last_day: date) -> date | None:
        """Where the period begins; None for all. A year unless told."""
        days = self.cleaned_data.get("period") or self.PERIOD
        return None if days == "all" else last_day - timedelta(days=int(days) - 1)

    @property
    def number(self) -> int:
        return int(self.cleaned_data.get("page") or 1)


class OutcomeForm(forms.Form):
    """A member of the staff says when it was delivered."""

    fulfilled_on = DayField(label=_("Delivered on"))
    time = ClockField(
        label=_("At what time"), required=False, help_text=_("Leave it empty where only the day is known.")
    )
    reference = forms.CharField(
        label=_("Proof"),
        max_length=200,
        required=False,
        help_text=_("A reference, for example a tracking number; no names, no addresses."),
    )


class RetractionForm(forms.Form):
    """What was told of the delivery was wrong."""

    reason = forms.CharField(
        label=_("What was wrong?"),
        max_length=200,
        help_text=_("For example: another parcel was scanned. No names, no addresses; it stays in the ledger."),
    )


class RestorationForm(forms.Form):
    """What was told of the delivery and taken back was right after all."""

    moment = forms.DateTimeField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Why was it right?"),
        max_length=200,
        help_text=_("For example: the carrier confirmed it. No names, no addresses; it stays in the ledger."),
    )


class RevisionForm(forms.Form):
    """A new date and who asked for it."""

    due_on = DayField(label=_("New date"))
    asked_by = forms.ChoiceField(label=_("Who asked for it?"), choices=AskedBy.choices)


class VerifyForm(forms.Form):
    """A receipt or a proof, pasted or as a file, or the number of a promise."""

    text = forms.CharField(
        label=_("Paste the receipt here"),
        max_length=LARGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6, "dir": "ltr", "spellcheck": "false"}),
    )
    file = forms.FileField(label=_("or choose its file"), required=False)
    promise = forms.UUIDField(
        label=_("or type the number of the promise"),
        required=False,
        widget=forms.TextInput({"dir": "ltr", "autocomplete": "off", "spellcheck": "false"}),
        error_messages={"invalid": _("A number of a promise has 32 letters and digits, with dashes between.")},
    )

    def clean(self) -> dict[str, Any]:
        filled = super().clean() or {}
        if not self.errors and not any(filled.values()):
            raise forms.ValidationError(_("Paste a receipt, choose its file or type the number."), code="empty")
        return filled

    def shown(self) -> str:
        """The text of what was pasted or chosen; "" when neither."""
        file = self.cleaned_data.get("file")
        if file is None:
            return str(self.cleaned_data.get("text") or "").strip()
        return bytes(file.read(LARGEST + 1)).decode("utf-8", errors="replace")
