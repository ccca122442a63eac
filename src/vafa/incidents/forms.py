"""HTML input of the pages of incidents."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from vafa.incidents.actions.recording import IncidentFacts, IncidentTexts, RuleTerms
from vafa.incidents.models import TEXTS, Audience, Category, Incident, Risk, Scope, Way
from vafa.incidents.rules import Rule
from vafa.kit.fields import AmountField, ClockField, CountField, DayField
from vafa.kit.formats import money_unit
from vafa.kit.formats.preferences import the_language
from vafa.shop.queries import the_shop

LANGUAGES = {"fa": _("in Persian"), "ar": _("in Arabic"), "en": _("in English")}
LABELS = {
    "what": _("What happened"),
    "consequences": _("What may come of it"),
    "measures": _("What you have done"),
    "advice": _("What the people can do"),
    "remedy": _("What you offer them"),
}


def moment_of(form: forms.Form, day: str, clock: str, zone: str) -> datetime | None:
    """The moment that a day and a time of day of the form name on the zone's clock, in UTC; None where it is empty."""
    on: date | None = form.cleaned_data[day]
    at: time = form.cleaned_data[clock] or time()
    return None if on is None else datetime.combine(on, at, ZoneInfo(zone)).astimezone(UTC)


def _unit() -> tuple[str, int]:
    shop = the_shop()
    return money_unit(shop.currency, toman=shop.shows_toman)


class TextsForm(forms.Form):
    """What is told, in three languages; a language left empty is read in another."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for part in TEXTS:
            for language, name in LANGUAGES.items():
                self.fields[f"{part}_{language}"] = forms.CharField(
                    label=_("%(what)s, %(language)s") % {"what": LABELS[part], "language": name},
                    max_length=2000,
                    required=False,
                    widget=forms.Textarea(attrs={"rows": 2}),
                )
        unit, self.minors = _unit()
        label = _("Voucher for each of them in %(unit)s") % {"unit": unit}
        self.fields["voucher"] = AmountField(
            label=label, min_value=0, max_value=10**12, required=False, help_text=_("Empty: none.")
        )
        self.fields["voucher_days"] = CountField(
            label=_("A voucher can be used for days"), min_value=1, max_value=3650, initial=90, required=False
        )

    @property
    def languages(self) -> list[tuple[str, bool, list[forms.BoundField]]]:
        """The texts, language by language; whether they are unfolded: the reader's, and where something is wrong."""
        mine = the_language(None)
        parts = {code: [self[f"{part}_{code}"] for part in TEXTS] for code in LANGUAGES}
        return [(code, code == mine or any(each.errors for each in fields), fields) for code, fields in parts.items()]

    def texts(self) -> IncidentTexts:
        """For `actions.change_texts`."""
        data = self.cleaned_data
        said = {part: {code: data[f"{part}_{code}"] for code in LANGUAGES if data[f"{part}_{code}"]} for part in TEXTS}
        return IncidentTexts(
            what=said["what"],
            consequences=said["consequences"],
            measures=said["measures"],
            advice=said["advice"],
            remedy=said["remedy"],
            voucher_minor=round(data["voucher"] * self.minors) if data["voucher"] else None,
            voucher_days=data["voucher_days"] or 90,
        )

    @staticmethod
    def initial_of(incident: Incident) -> dict[str, Any]:
        """The texts, and the voucher, as the form shows them."""
        texts = {f"{part}_{code}": text for part in TEXTS for code, text in getattr(incident, part).items()}
        worth = incident.voucher_minor / _unit()[1] if incident.voucher_minor else None
        return {**texts, "voucher": worth, "voucher_days": incident.voucher_days}


class IncidentForm(TextsForm):
    """An incident."""

    exercise = forms.BooleanField(
        label=_("This is an exercise"),
        required=False,
        help_text=_("Nobody is told, and the ledger hears nothing of it."),
    )
    since_on = DayField(label=_("It goes back to"))
    since_at = ClockField(label=_("at"), required=False)
    found_on = DayField(label=_("Found on"), help_text=_("The deadlines count from here."))
    found_at = ClockField(label=_("at"))
    categories = forms.MultipleChoiceField(
        label=_("Which data"), choices=Category.choices, widget=forms.CheckboxSelectMultiple
    )
    risk = forms.ChoiceField(label=_("How bad it may become"), choices=Risk.choices, initial=Risk.SOME.value)
    scope = forms.ChoiceField(label=_("Whose data"), choices=Scope.choices)
    refs = forms.CharField(
        label=_("Customer numbers, one a line"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For a list only."),
    )
    ordered_from = DayField(label=_("Ordered from"), required=False)
    ordered_until = DayField(label=_("Ordered until"), required=False)
    region = forms.CharField(label=_("Region"), max_length=120, required=False)

    @property
    def facts(self) -> list[forms.BoundField]:
        """What it is."""
        names = ("exercise", "since_on", "since_at", "found_on", "found_at", "categories", "risk")
        return [self[name] for name in names]

    @property
    def whom(self) -> list[forms.BoundField]:
        """Whom it concerns."""
        return [self[name] for name in ("scope", "refs", "ordered_from", "ordered_until", "region")]

    def all_facts(self, zone: str) -> IncidentFacts:
        """For `actions.record_incident`; moments are read on the zone's clock."""
        data = self.cleaned_data
        since, found = moment_of(self, "since_on", "since_at", zone), moment_of(self, "found_on", "found_at", zone)
        if since is None or found is None:
            raise ValueError("the form is not filled in")
        return IncidentFacts(
            **self.texts(),
            exercise=data["exercise"],
            categories=data["categories"],
            risk=data["risk"],
            scope=data["scope"],
            chosen=self._chosen(),
            since=since,
            found_at=found,
        )

    def _chosen(self) -> dict[str, Any]:
        data = self.cleaned_data
        if data["scope"] == Scope.LIST:
            return {"refs": [line.strip() for line in data["refs"].splitlines() if line.strip()]}
        if data["scope"] == Scope.SEGMENT:
            days = {"from": data["ordered_from"], "until": data["ordered_until"]}
            return {name: day.isoformat() for name, day in days.items() if day} | {"region": data["region"]}
        return {}


class ToldForm(forms.Form):
    """An authority was told."""

    told_on = DayField(label=_("Told on"))
    told_at = ClockField(label=_("at"))
    reference = forms.CharField(label=_("File number"), max_length=200, required=False)


class OtherWayForm(forms.Form):
    """A person was told in another way than by a message."""

    customer = forms.CharField(label=_("Customer number"), max_length=64)
    way = forms.ChoiceField(label=_("How"), choices=Way.choices)
    told_on = DayField(label=_("Told on"))
    told_at = ClockField(label=_("at"))


class WhyForm(forms.Form):
    """Why an authority need not be told."""

    why = forms.CharField(label=_("Why it is not needed"), max_length=200)


class RuleForm(forms.Form):
    """A rule of notice."""

    code = forms.SlugField(label=_("Code"), max_length=40, help_text=_("As programs name it; it stays for ever."))
    name_fa = forms.CharField(label=_("Name in Persian"), max_length=160, required=False)
    name_ar = forms.CharField(label=_("Name in Arabic"), max_length=160, required=False)
    name_en = forms.CharField(label=_("Name in English"), max_length=160, required=False)
    audience = forms.ChoiceField(label=_("Who is told"), choices=Audience.choices)
    hours = CountField(label=_("Within hours of finding out"), min_value=1, max_value=2160)
    least_risk = forms.ChoiceField(label=_("From which risk on"), choices=Risk.choices)
    source = forms.CharField(label=_("Where it stands"), max_length=300, required=False)
    active = forms.BooleanField(label=_("It applies to my shop"), required=False)
    checked = forms.BooleanField(label=_("Somebody who knows the law has checked it"), required=False)

    def terms(self) -> RuleTerms:
        """For `actions.save_rule`."""
        data = self.cleaned_data
        return RuleTerms(
            name={code: data[f"name_{code}"] for code in LANGUAGES if data[f"name_{code}"]},
            audience=data["audience"],
            hours=data["hours"],
            least_risk=data["least_risk"],
            source=data["source"],
            active=data["active"],
            checked=data["checked"],
        )

    @staticmethod
    def initial_of(rule: Rule) -> dict[str, Any]:
        """The rule as the form shows it."""
        names = ("code", "audience", "hours", "least_risk", "source", "active", "checked")
        return {name: getattr(rule, name) for name in names} | {
            f"name_{code}": text for code, text in rule.name.items()
        }
