"""A form that knows what its reader had before his eyes, and tells him what another has saved meanwhile."""

from __future__ import annotations

from collections.abc import Iterable
from http import HTTPStatus
from typing import Any, cast

from django import forms
from django.forms import BoundField
from django.http import QueryDict
from django.utils.translation import gettext as _

from vafa.kit.problems import Problem, show_in_form


class SeenForm(forms.Form):
    """`seen` is the edition (see `catalog.editions`) that the page was drawn from; `initial` what is saved now."""

    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    is_late = False

    def refuse(self, problem: Problem, edition: str) -> None:
        """Show why it was not saved; sent again, it replaces what is there now and shown beside it."""
        show_in_form(problem, self)
        self.is_late = problem.code == "changed-meanwhile"
        if self.is_late:
            data = cast("QueryDict", self.data).copy()
            data["seen"] = edition
            self.data = data

    @property
    def status(self) -> int:
        """The status of the page that shows it."""
        if self.is_late:
            return HTTPStatus.CONFLICT
        return HTTPStatus.UNPROCESSABLE_ENTITY if self.errors else HTTPStatus.OK

    def differences(self) -> list[tuple[str, str, str]]:
        """(field, what is saved, what was typed) wherever the two are not the same."""
        names = [name for name in self.changed_data if name != "seen"]
        fields = [self[name] for name in names]
        return [(self._name_of(each), _said(each, each.initial), _said(each, each.value())) for each in fields]

    def _name_of(self, field: BoundField) -> str:
        return str(field.label)


def _said(field: BoundField, value: Any) -> str:
    if isinstance(field.field, forms.ChoiceField):
        choices = {str(key): str(label) for key, label in cast("Iterable[tuple[Any, Any]]", field.field.choices)}
        return choices.get(str(value), "").strip() or "–"
    if isinstance(field.field, forms.BooleanField):
        return _("yes") if value else _("no")
    return str(field.field.prepare_value(value) if value not in (None, "") else "–")
