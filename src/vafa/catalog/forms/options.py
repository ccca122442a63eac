"""An option with its values, and a rule between two values, as the shop's people fill them in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from vafa.catalog.actions.options import MOST_LETTERS, MOST_VALUES, OptionTerms, ValueTerms
from vafa.catalog.editions import edition_of
from vafa.catalog.forms.texts import TextsForm
from vafa.catalog.models import Option, OptionRule, OptionValue
from vafa.catalog.queries.options import terms_of_option
from vafa.engine.configuring import Tie
from vafa.kit.fields import AmountField, CountField, plain_number
from vafa.kit.formats import money_unit, native_digits, text_in
from vafa.shop.queries import the_shop

EMPTY_ONES = 3
LONGEST = 60


class OptionForm(TextsForm):
    """What the option is called, and whether something must be chosen."""

    needed = forms.BooleanField(
        label=_("Something must be chosen"),
        required=False,
        help_text=_("The first value is chosen from the start and is part of the price."),
    )
    many = forms.IntegerField(min_value=1, max_value=MOST_VALUES, widget=forms.HiddenInput)

    def __init__(self, *args: Any, option: Option | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.ask_for("name", _("Name"), option.name if option else {}, needed=True, most=LONGEST)
        known = option.values.count() if option else 0
        self.initial["many"] = min(known + EMPTY_ONES, MOST_VALUES)
        self.initial["needed"] = bool(option and option.needed)
        if option:
            self.initial["seen"] = edition_of(terms_of_option(option))

    def name_row(self) -> tuple[str, list[BoundField]]:
        """Its name, a field for each language."""
        return self.row_of("name")

    def terms(self, values: Sequence[ValueForm]) -> OptionTerms:
        said = [each.terms() for each in values if each.is_told]
        return OptionTerms(self.texts("name"), said, self.cleaned_data["needed"])


class ValueForm(TextsForm):
    """One value: its name, what it adds, how long it takes, what goes into it. Without a name there is none."""

    code = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    surcharge = AmountField(label=_("Adds to the price"), min_value=0, max_value=10**14, required=False)
    lead_days = CountField(label=_("Working days on top"), min_value=0, max_value=365, required=False)
    parts = forms.CharField(
        label=_("Parts"),
        required=False,
        max_length=1000,
        widget=forms.Textarea({"rows": 2}),
        help_text=_(
            "One a line with how many of it: oak board: 6. They stand on the slip of who packs it; "
            "a part named by the number of an article is taken from its stock."
        ),
    )

    words_most = CountField(
        label=_("Characters of the customer's own"),
        min_value=0,
        max_value=MOST_LETTERS,
        required=False,
        help_text=_("How many he can write for it, like an engraving. Nothing: he writes none."),
    )
    words_needed = forms.BooleanField(label=_("He must write something"), required=False)

    def __init__(self, *args: Any, value: OptionValue | None = None, **options: Any) -> None:
        unit, self.minors = money_unit(the_shop().currency, toman=the_shop().shows_toman)
        super().__init__(*args, **options)
        self.fields["surcharge"].label = _("Adds to the price (%(unit)s)") % {"unit": unit}
        self.ask_for("name", _("Value"), value.name if value else {}, most=LONGEST)
        self.is_waiting = value is not None and value.surcharge_minor is None
        if value:
            self._begin(value)

    def _begin(self, value: OptionValue) -> None:
        minor = value.surcharge_minor
        parts = "\n".join(f"{code}: {native_digits(pieces)}" for code, pieces in value.parts.items())
        surcharge = None if minor is None else Decimal(minor) / self.minors
        self.initial.update(
            code=value.code, surcharge=surcharge, lead_days=value.lead_days, parts=parts,
            words_most=value.words_most or None, words_needed=value.words_needed,
        )  # fmt: skip

    def clean(self) -> dict[str, Any] | None:
        """Who must write something needs room for it."""
        said = super().clean()
        if self.cleaned_data.get("words_needed") and not self.cleaned_data.get("words_most"):
            self.add_error("words_most", _("Say how many characters fit."))
        return said

    def clean_parts(self) -> dict[str, int]:
        """{part: pieces} of its lines."""
        found: dict[str, int] = {}
        for line in str(self.cleaned_data["parts"]).splitlines():
            name, _colon, pieces = (each.strip() for each in line.rpartition(":"))
            many = plain_number(pieces)
            if line.strip() and not (name and many.isdecimal() and 0 < int(many[:9]) < 10_000):
                raise ValidationError(_("Write a part and how many of it, like: oak board: 6"), code="bad-parts")
            if line.strip():
                found[name[:LONGEST]] = found.get(name[:LONGEST], 0) + int(many)
        return found

    def name_row(self) -> tuple[str, list[BoundField]]:
        """Its name, a field for each language."""
        return self.row_of("name")

    @property
    def is_told(self) -> bool:
        """Whether it has a name, and so is a value."""
        return bool(self.texts("name"))

    def terms(self) -> ValueTerms:
        said = self.cleaned_data
        unsaid = None if self.is_waiting else 0
        surcharge = unsaid if said["surcharge"] is None else round(said["surcharge"] * self.minors)
        return ValueTerms(
            self.texts("name"), surcharge, said["lead_days"] or 0, said["parts"], said["code"],
            said["words_most"] or 0, said["words_needed"],
        )  # fmt: skip


class RuleForm(TextsForm):
    """What requires or excludes what, and why."""

    who = forms.ChoiceField(label=_("Who chooses this"))
    tie = forms.ChoiceField(
        label=_("The rule"),
        choices=[(Tie.REQUIRES.value, _("needs")), (Tie.EXCLUDES.value, _("cannot have"))],
    )
    other = forms.ChoiceField(label=_("this"))

    def __init__(
        self, *args: Any, values: Sequence[OptionValue], rule: OptionRule | None = None, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        named = [(str(each.pk), f"{text_in(each.option.name)}: {text_in(each.name)}") for each in values]
        for name in ("who", "other"):
            self.fields[name].choices = named  # type: ignore[attr-defined]
        self.known = {str(each.pk): each for each in values}
        why: Mapping[str, str] = rule.why if rule else {}
        self.ask_for("why", _("Why, as customers read it"), dict(why), most=200)
        if rule:
            self.initial.update(who=str(rule.value_id), tie=rule.tie, other=str(rule.other_id))

    def why_row(self) -> tuple[str, list[BoundField]]:
        """The reason, a field for each language."""
        return self.row_of("why")

    def pair(self) -> tuple[OptionValue, OptionValue]:
        """Both values."""
        return self.known[self.cleaned_data["who"]], self.known[self.cleaned_data["other"]]


def value_forms(form: OptionForm, data: Any, *, option: Option | None) -> list[ValueForm]:
    """The values of an option, with some empty ones; as many as were sent where something was sent."""
    known = list(option.values.all()) if option else []
    many = form.initial["many"]
    if data is not None:
        sent = str(data.get("many", ""))
        many = min(int(sent[:2]), MOST_VALUES) if sent.isdecimal() else many
    by_code = {each.code: each for each in known}
    return [
        ValueForm(data, languages=form.languages, prefix=f"v{place}", value=_value(place, known, by_code, data))
        for place in range(many)
    ]


def _value(
    place: int, known: Sequence[OptionValue], by_code: Mapping[str, OptionValue], data: Any
) -> OptionValue | None:
    if data is not None:
        return by_code.get(str(data.get(f"v{place}-code", "")))
    return known[place] if place < len(known) else None
