"""What the owner says of a file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.functional import keep_lazy_text
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from vafa.connectors.guessing.guess import states_in
from vafa.connectors.mapping import FIELDS, GROUPS, Mapping
from vafa.connectors.mapping.fields import TIMES
from vafa.connectors.tables import Table
from vafa.connectors.tracking.form import forms as carrier_forms
from vafa.connectors.values.order import Evidence, evidence_of

LOOKED_AT = 500
SURE, LIKELY = 0.85, 0.6


@keep_lazy_text
def _dates_kept_whole(text: object) -> str:
    """After Persian or Arabic letters the parts of 2025-12-31 would be set from right to left."""
    return re.sub(r"\d[\d/-]+\d", "\u2066\\g<0>\u2069", str(text))


# What belongs to a column stands behind it: in which unit its figures are, which of its words mean what.
BEHIND = {"status": ("cancelled", "delivered"), "currency": ("money_unit",), "weight": ("weight_unit",)}
UNIT_OF = {"money_unit": ("price", "freight"), "weight_unit": ("weight",)}
# Asked for even where the guess found nothing; other fields without a column are folded away.
ALWAYS = {
    "number",
    "placed_at",
    "promised_on",
    "lead_time",
    "handed_over_at",
    "delivered_at",
    "status",
    "city",
    "price",
}
NOT_THERE = [("", _("— not in this file —"))]
DATE_ORDERS = [
    ("day-first", _("Day first: 31/12/2025")),
    ("month-first", _("Month first: 12/31/2025")),
    ("year-first", _dates_kept_whole(_("Year first: 2025-12-31"))),
]
CALENDARS = [
    ("", _("By the year: 1404 is Jalali, 2025 Gregorian")),
    ("gregorian", _("Gregorian")),
    ("jalali", _("Jalali (Persian)")),
    ("hijri", _("Hijri (lunar)")),
]
WEIGHTS = [("g", _("grams")), ("kg", _("kilograms")), ("lb", _("pounds")), ("oz", _("ounces"))]
MONEY = [("", _("the currency itself, such as rial")), ("toman", _("toman (ten rials)"))]


@dataclass(frozen=True)
class ColumnChoice:
    """One field of the form, values of the chosen column, and how sure the guess is (None: chosen by hand)."""

    field: forms.BoundField
    samples: list[str]
    confidence: float | None = None

    @property
    def tone(self) -> str:
        return "good" if (self.confidence or 0) >= SURE else "info" if (self.confidence or 0) >= LIKELY else "warn"

    @property
    def words(self) -> Any:
        """The confidence in words."""
        if (self.confidence or 0) >= SURE:
            return _("Sure")
        return _("Likely") if (self.confidence or 0) >= LIKELY else _("Please check")


@dataclass(frozen=True)
class Group:
    """Fields under one title: those with a column or always asked for, and the rest, which is folded away."""

    title: Any
    shown: list[ColumnChoice]
    folded: list[ColumnChoice]

    @property
    def is_open(self) -> bool:
        """Whether something among the folded ones needs attention."""
        return any(choice.field.errors for choice in self.folded)


class UploadForm(forms.Form):
    """A file."""

    file = forms.FileField(
        label=_("Order export (CSV or XLSX)"),
        max_length=200,
        error_messages={"empty": _("This file is empty."), "required": _("Choose a file.")},
    )


class ProductsForm(UploadForm):
    """A table of products."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["file"].label = _("Table of products (CSV or XLSX)")


class OptionsForm(UploadForm):
    """A table of what can be chosen of products."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["file"].label = _("Table of options (CSV or XLSX)")


class ColumnsForm(forms.Form):
    """For each field a column of the file, and how to read what stands there."""

    date_order = forms.ChoiceField(label=_("Dates are written"), choices=DATE_ORDERS, required=False)
    calendar = forms.ChoiceField(label=_("Calendar"), choices=CALENDARS, required=False)
    weight_unit = forms.ChoiceField(label=_("Weights are in"), choices=WEIGHTS, required=False)
    money_unit = forms.ChoiceField(label=_("Prices and fees are in"), choices=MONEY, required=False)
    missing = forms.CharField(
        label=_("Words that mean “nothing”"),
        help_text=_("Separated by commas, such as: unknown, not yet."),
        required=False,
        max_length=500,
    )

    def __init__(self, data: QueryDict | None = None, *, table: Table, mapping: Mapping) -> None:
        self.table, self.mapping = table, mapping
        super().__init__(data, initial=self._initial())
        headings = list(dict.fromkeys(heading for heading in table.headings if heading))
        choices = [*NOT_THERE, *((heading, heading) for heading in headings)]
        for name, field in FIELDS.items():
            self.fields[name] = forms.ChoiceField(
                label=field.label, choices=choices, required=field.required, help_text=field.hint
            )
        states = states_in(table, [data.get("status", "")] if data else mapping.columns.get("status", []))
        for name, label in (("cancelled", _("These mean: cancelled")), ("delivered", _("These mean: delivered"))):
            self.fields[name] = forms.MultipleChoiceField(
                label=label,
                choices=[(state, state) for state in states],
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )

    def _initial(self) -> dict[str, Any]:
        mapping = self.mapping
        chosen: dict[str, Any] = {name: self._present(headings) for name, headings in mapping.columns.items()}
        names = ("date_order", "calendar", "weight_unit", "money_unit", "cancelled", "delivered")
        chosen |= {name: getattr(mapping, name) for name in names}
        chosen["missing"] = ", ".join(mapping.missing)
        return chosen

    def _present(self, headings: list[str]) -> str:
        return next((heading for heading in headings if heading in self.table.headings), "")

    def groups(self, guesses: dict[str, list[Any]]) -> list[Group]:
        """The fields of each group with samples of the column that is chosen now and how sure a guess it was."""
        samples = self._samples()
        return [self._group(name, title, samples, guesses) for name, title in GROUPS.items()]

    def _group(self, group: str, title: Any, samples: dict[str, list[str]], guesses: dict[str, list[Any]]) -> Group:
        shown: list[ColumnChoice] = []
        folded: list[ColumnChoice] = []
        for name in self._names(group):
            side = shown if name in ALWAYS or name in UNIT_OF or self[name].value() else folded
            side.append(self._choice(name, samples, guesses))
        return Group(title, shown, folded)

    def _names(self, group: str) -> Iterator[str]:
        for name, field in FIELDS.items():
            if field.group == group:
                yield name
                yield from (behind for behind in BEHIND.get(name, ()) if self._is_asked(behind))

    def _is_asked(self, name: str) -> bool:
        """Words of the status are asked for where there are any, units where there are figures."""
        if name in UNIT_OF:
            return any(self[amount].value() for amount in UNIT_OF[name])
        return bool(cast(forms.ChoiceField, self.fields[name]).choices)

    def _choice(self, name: str, samples: dict[str, list[str]], guesses: dict[str, list[Any]]) -> ColumnChoice:
        if name not in FIELDS:
            return ColumnChoice(self[name], [])
        heading = self[name].value() or ""
        guessed, confidence = guesses.get(name, ["", 0.0])
        return ColumnChoice(
            self[name], samples.get(heading, []), confidence if heading and guessed == heading else None
        )

    def _samples(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {heading: [] for heading in self.table.headings}
        for _number, line in zip(range(200), self.table.lines(), strict=False):
            for heading, cell in zip(self.table.headings, line.cells, strict=False):
                value = cell.strip()[:40]
                if value and len(found[heading]) < 3 and value not in found[heading]:
                    found[heading].append(value)
        return found

    def evidence(self) -> Evidence:
        """What the columns of dates that are chosen now say of the order of day and month."""
        chosen = {self[name].value() for name in TIMES} - {"", None}
        places = [place for place, heading in enumerate(self.table.headings) if heading in chosen]
        lines = islice(self.table.lines(), LOOKED_AT)
        return evidence_of(text for line in lines for place in places if (text := line.cells[place].strip()))

    def mapping_said(self) -> Mapping:
        """The mapping with what was said; further headings of an unchanged field stay as they were."""
        said = self.cleaned_data
        columns = {name: self._headings(name, said[name]) for name in FIELDS if said.get(name)}
        return replace(
            self.mapping,
            columns=columns,
            date_order=said["date_order"],
            calendar=said["calendar"],
            weight_unit=said["weight_unit"],
            money_unit=said["money_unit"],
            missing=[word.strip() for word in said["missing"].split(",") if word.strip()],
            cancelled=said["cancelled"],
            delivered=said["delivered"],
        )

    def _headings(self, name: str, heading: str) -> list[str]:
        before = self.mapping.columns.get(name, [])
        return before if self._present(before) == heading else [heading]


class SourceForm(forms.Form):
    """Who tells."""

    form = forms.ChoiceField(label=_("Who tells?"), widget=forms.RadioSelect)
    code = forms.CharField(
        label=_("Name"),
        max_length=40,
        help_text=_("Small Latin letters, digits and dashes, for example “post”. It stands in addresses and folders."),
        widget=forms.TextInput({"dir": "ltr", "autocapitalize": "off", "autocomplete": "off"}),
    )
    asks = forms.CharField(
        label=_("Whom to ask"),
        max_length=200,
        required=False,
        help_text=_("Only for carriers that do not tell by themselves: karrio:CARRIER, or an address with {number}."),
        widget=forms.TextInput({"dir": "ltr", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        language = get_language() or "en"
        choices = cast("forms.ChoiceField", self.fields["form"])
        choices.choices = [(code, each.name(language)) for code, each in carrier_forms().items()]


class SecretForm(forms.Form):
    """The secret that a carrier gave."""

    secret = forms.CharField(
        label=_("Secret"),
        max_length=4000,
        required=False,
        help_text=_("Paste the one that the carrier gave you, or leave it empty for a fresh one."),
        widget=forms.PasswordInput({"dir": "ltr", "autocomplete": "new-password"}),
    )
