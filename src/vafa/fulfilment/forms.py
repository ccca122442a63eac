"""What the staff fill in about orders."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vafa.fulfilment.models.credits import BY_STAFF
from vafa.kit.fields import CountField, DayField
from vafa.orders.models import OrderLine


class FindForm(forms.Form):
    """Which orders."""

    q = forms.CharField(
        label=_("Find an order"),
        required=False,
        max_length=120,
        help_text=_("Number, tracking number, name, telephone or e-mail."),
        widget=forms.TextInput({"type": "search", "autocomplete": "off"}),
    )
    option = forms.ChoiceField(label=_("Delivery option"), required=False)
    place = forms.CharField(label=_("City or region"), required=False, max_length=80)
    since = DayField(label=_("Ordered since"), required=False)
    until = DayField(label=_("Ordered until"), required=False)

    def __init__(self, *args: Any, options: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["option"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", _("All of them")), *options]


class PiecesForm(forms.Form):
    """How many pieces of each line; field `<prefix>-<primary key>`."""

    def __init__(self, data: Any, most: dict[int, int], lines: Iterable[OrderLine], prefix: str, **kwargs: Any) -> None:
        super().__init__(data, prefix=prefix, auto_id=False, **kwargs)
        self.lines = [line for line in lines if most.get(line.pk)]
        for line in self.lines:
            self.fields[str(line.pk)] = CountField(
                label=line.sku, required=False, min_value=0, max_value=most[line.pk], initial=0
            )

    @property
    def pieces(self) -> dict[int, int]:
        """Primary key of a line to the pieces said."""
        return {line.pk: int(self.cleaned_data.get(str(line.pk)) or 0) for line in self.lines}

    @property
    def rows(self) -> list[tuple[OrderLine, Any]]:
        """Each line with its field."""
        return [(line, self[str(line.pk)]) for line in self.lines]


class SendForm(forms.Form):
    """A parcel leaves."""

    carrier = forms.CharField(
        label=_("Carrier"), max_length=64, required=False, widget=forms.TextInput({"list": "carriers"})
    )
    tracking_number = forms.CharField(
        label=_("Tracking number"), max_length=64, required=False,
        widget=forms.TextInput({"dir": "ltr", "autocomplete": "off"}),
    )  # fmt: skip
    rest_by = DayField(
        label=_("The rest follows by"), required=False,
        help_text=_("The customer is told. After the promised day, the promise is revised."),
    )  # fmt: skip
    is_certain = forms.BooleanField(label=_("The number is right as it is"), required=False)


class GiveBackForm(forms.Form):
    """Why pieces are given back, and whether the delivery is too."""

    why = forms.ChoiceField(label=_("Reason"), choices=BY_STAFF)
    delivery = forms.BooleanField(label=_("Give the delivery's price back too"), required=False)


class CancelForm(forms.Form):
    """Why the whole order is cancelled."""

    why = forms.ChoiceField(label=_("Reason"), choices=BY_STAFF)


class NoteForm(forms.Form):
    """A word among the staff."""

    text = forms.CharField(label=_("Note"), max_length=1000, widget=forms.Textarea({"rows": 2}))
