"""HTML input of the pages of agreements."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from vafa.agreements.actions.papers import TEXTS, AgreementTerms, LevelTerms, PartnerTerms
from vafa.agreements.models import Agreement, Length, Level, Measure, Partner, Probe, Role
from vafa.kit.fields import AmountField, ClockField, CountField, DayField
from vafa.kit.formats import money_unit
from vafa.kit.formats.preferences import the_language
from vafa.promises.kinds import all_kinds
from vafa.shop.models import Shop

LANGUAGES = {"fa": _("in Persian"), "ar": _("in Arabic"), "en": _("in English")}
LABELS = {
    "title": _("Title"),
    "scope": _("What it covers"),
    "measurement": _("How it is measured"),
    "failure": _("What counts as failure"),
    "consequence": _("What follows"),
}
CALENDARS = [("jalali", _("Jalali")), ("gregorian", _("Gregorian")), ("hijri", _("Hijri"))]


class PartnerForm(forms.Form):
    """A partner. The code stays for ever."""

    code = forms.SlugField(label=_("Code"), max_length=40, help_text=_("As programs name it; it stays for ever."))
    name = forms.CharField(label=_("Name"), max_length=120)
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)
    ref = forms.CharField(
        label=_("Known in your orders as"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "One a line: the names of a carrier as they stand at your parcels, a supplier's seller code, or the "
            "customer number of a business customer."
        ),
    )

    def terms(self) -> PartnerTerms:
        """For `actions.save_partner`."""
        data = self.cleaned_data
        return PartnerTerms(name=data["name"], role=data["role"], ref=data["ref"])


class AgreementForm(forms.Form):
    """What an agreement says, in three languages; a language left empty is read in another."""

    code = forms.SlugField(label=_("Code"), max_length=40, help_text=_("As programs name it; it stays for ever."))
    agreed_on = DayField(label=_("Agreed on"))
    valid_from = DayField(label=_("Valid from"))
    valid_until = DayField(label=_("Valid until"), required=False, help_text=_("Empty: until somebody ends it."))
    calendar = forms.ChoiceField(
        label=_("Months of the calendar"), choices=CALENDARS, help_text=_("Periods are months or quarters of it.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for part in TEXTS:
            for language, name in LANGUAGES.items():
                label = _("%(what)s, %(language)s") % {"what": LABELS[part], "language": name}
                self.fields[f"{part}_{language}"] = (
                    forms.CharField(label=label, max_length=160, required=False)
                    if part == "title"
                    else forms.CharField(
                        label=label, max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 3})
                    )
                )

    @property
    def frame(self) -> list[forms.BoundField]:
        """The fields that are no texts."""
        return [self[name] for name in ("code", "agreed_on", "valid_from", "valid_until", "calendar")]

    @property
    def languages(self) -> list[tuple[str, str, list[forms.BoundField]]]:
        """The texts, language by language."""
        return [(code, str(name), [self[f"{part}_{code}"] for part in TEXTS]) for code, name in LANGUAGES.items()]

    def terms(self) -> AgreementTerms:
        """For `actions.draft_agreement`."""
        data = self.cleaned_data
        texts = {
            part: {language: data[f"{part}_{language}"] for language in LANGUAGES if data[f"{part}_{language}"]}
            for part in TEXTS
        }
        return AgreementTerms(
            title=texts["title"],
            scope=texts["scope"],
            measurement=texts["measurement"],
            failure=texts["failure"],
            consequence=texts["consequence"],
            agreed_on=data["agreed_on"],
            valid_from=data["valid_from"],
            valid_until=data["valid_until"],
            calendar=data["calendar"],
        )

    @staticmethod
    def initial_of(agreement: Agreement) -> dict[str, Any]:
        """The agreement as the form shows it."""
        frame = {
            name: getattr(agreement, name) for name in ("code", "agreed_on", "valid_from", "valid_until", "calendar")
        }
        return frame | {f"{part}_{code}": text for part in TEXTS for code, text in getattr(agreement, part).items()}


class LevelForm(forms.Form):
    """One level. Shares are written in percent."""

    measure = forms.ChoiceField(label=_("What is measured"), choices=())
    within = CountField(
        label=_("Within"),
        min_value=1,
        max_value=1000,
        required=False,
        help_text=_("Days for parcels, hours for requests."),
    )
    working_days = forms.BooleanField(label=_("Only days on which your shop works count"), required=False)
    promise_kind = forms.ChoiceField(label=_("Which promises"), required=False)
    probe = forms.ModelChoiceField(label=_("Which page"), queryset=Probe.objects.none(), required=False)
    target = AmountField(label=_("At least, in percent"), min_value=0.001, max_value=100)
    length = forms.ChoiceField(label=_("Period"), choices=Length.choices)
    minimum = CountField(
        label=_("Fewest observations"),
        min_value=1,
        max_value=10**6,
        initial=20,
        help_text=_("With fewer, nothing is said about a period."),
    )
    step = AmountField(label=_("For each begun, in percentage points"), min_value=0.001, max_value=100, initial=1)
    credit = AmountField(label=_("Credit"), min_value=0, max_value=10**12, required=False)
    cap = AmountField(label=_("At most in a period"), min_value=0, max_value=10**12, required=False)

    def __init__(self, *args: Any, partner: Partner, shop: Shop, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unit, self.minors = money_unit(shop.currency, toman=shop.shows_toman)
        self.fields["credit"].label = _("Credit in %(unit)s") % {"unit": unit}
        self.fields["cap"].label = _("At most in a period, in %(unit)s") % {"unit": unit}
        measures = [each for each in Measure.choices if partner.role == Role.CARRIER or each[0] != Measure.DELIVERED]
        self._choose("measure", measures)
        self._choose("promise_kind", [(kind.name, kind.label(the_language(None))) for kind in all_kinds()])
        pages = self.fields["probe"]
        if isinstance(pages, forms.ModelChoiceField):
            pages.queryset = Probe.objects.all()

    def _choose(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices

    def terms(self) -> LevelTerms:
        """For `actions.save_level`: of what the measure does not use nothing is kept."""
        data, measure = self.cleaned_data, Measure(self.cleaned_data["measure"])
        credit = round((data["credit"] or 0) * self.minors)
        return LevelTerms(
            measure=measure.value,
            within=data["within"] if measure in {Measure.DELIVERED, Measure.ANSWERED} else None,
            working_days=bool(data["working_days"]) and measure == Measure.DELIVERED,
            promise_kind=data["promise_kind"] if measure == Measure.KEPT else "",
            probe=data["probe"] if measure == Measure.UPTIME else None,
            target=float(data["target"]) / 100,
            length=data["length"],
            minimum=data["minimum"],
            step=float(data["step"]) / 100,
            credit_minor=credit,
            cap_minor=round((data["cap"] or 0) * self.minors) if data["cap"] is not None else credit,
        )

    def initial_of(self, level: Level) -> dict[str, Any]:
        """The level as the form shows it."""
        same = {name: getattr(level, name) for name in ("measure", "within", "working_days", "length", "minimum")}
        return same | {
            "promise_kind": level.promise_kind,
            "probe": level.probe_id,
            "target": round(level.target * 100, 6),
            "step": round(level.step * 100, 6),
            "credit": level.credit_minor / self.minors if level.credit_minor else None,
            "cap": level.cap_minor / self.minors if level.cap_minor else None,
        }


class ProbeForm(forms.Form):
    """A page to be asked every minute."""

    name = forms.CharField(label=_("Name"), max_length=80, help_text=_("As people call the page: home, checkout."))
    url = forms.URLField(label=_("Address"), max_length=300, assume_scheme="https")
    timeout_seconds = CountField(label=_("Slower than seconds counts as down"), min_value=1, max_value=30, initial=10)


class _Moments(forms.Form):
    """Days with times of day, read on the shop's clock."""

    def moment(self, day: str, clock: str, zone: str) -> datetime | None:
        """The moment of two fields in UTC; None where the day was left empty."""
        on: date | None = self.cleaned_data[day]
        at: time = self.cleaned_data[clock] or time()
        return None if on is None else datetime.combine(on, at, ZoneInfo(zone)).astimezone(UTC)


class MaintenanceForm(_Moments):
    """A window of maintenance."""

    begins_on = DayField(label=_("Begins on"))
    begins_at = ClockField(label=_("at"))
    ends_on = DayField(label=_("Ends on"))
    ends_at = ClockField(label=_("at"))
    note = forms.CharField(label=_("What is done"), max_length=120, required=False)


class AnswerForm(_Moments):
    """A request and its answer."""

    reference = forms.CharField(label=_("Ticket or reference"), max_length=80)
    asked_on = DayField(label=_("Asked on"))
    asked_at = ClockField(label=_("at"))
    answered_on = DayField(label=_("Answered on"), required=False, help_text=_("Empty: not yet."))
    answered_at = ClockField(label=_("at"), required=False)


class ClaimForm(forms.Form):
    """What became of a credit."""

    reference = forms.CharField(label=_("Letter or reference"), max_length=120, required=False)


class PaidForm(forms.Form):
    """How much was paid, in the unit in which the shop writes amounts."""

    amount = AmountField(label=_("Paid"), min_value=0, max_value=10**12)
