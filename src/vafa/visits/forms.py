"""What a browser tells of a visit. Anybody can send anything: nothing of it is believed beyond these bounds."""

from __future__ import annotations

from django import forms
from django.core.validators import RegexValidator

from vafa.visits.actions import Told
from vafa.visits.models import MOST_CLS_MILS, MOST_ERRORS, MOST_MS, Device, PageKind


class VisitForm(forms.Form):
    """One visit, as its page sends it when it is left."""

    key = forms.CharField(validators=[RegexValidator(r"\A[0-9a-f]{32}\Z")])
    page = forms.ChoiceField(choices=PageKind.choices)
    device = forms.ChoiceField(choices=Device.choices)
    lcp = forms.IntegerField(min_value=0, max_value=MOST_MS, required=False)
    inp = forms.IntegerField(min_value=0, max_value=MOST_MS, required=False)
    cls = forms.IntegerField(min_value=0, max_value=MOST_CLS_MILS, required=False)
    errors_seen = forms.IntegerField(min_value=0, max_value=MOST_ERRORS)

    def told(self) -> Told:
        """The visit, once the form is valid."""
        said = self.cleaned_data
        return Told(
            key=said["key"],
            page=said["page"],
            device=said["device"],
            lcp_ms=said["lcp"],
            inp_ms=said["inp"],
            cls_mils=said["cls"],
            errors=said["errors_seen"],
        )
