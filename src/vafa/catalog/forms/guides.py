"""A question of a guide and its answers, as the owner fills them in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from vafa.catalog.actions.finders import MOST_CHOICES, ChoiceTerms
from vafa.catalog.models import GuideChoice, GuideQuestion
from vafa.catalog.search.documents import Feature
from vafa.kit.fields import AmountField
from vafa.kit.formats import money_unit, text_in
from vafa.shop.queries import the_shop

LANGUAGES = {"fa": _("in Persian"), "ar": _("in Arabic"), "en": _("in English")}
Features = Sequence[tuple[Feature, int]]


class TextsForm(forms.Form):
    """One short text in three languages; at least one is needed where anything is said."""

    fa = forms.CharField(label=LANGUAGES["fa"], max_length=120, required=False)
    ar = forms.CharField(label=LANGUAGES["ar"], max_length=120, required=False)
    en = forms.CharField(label=LANGUAGES["en"], max_length=120, required=False)

    def texts(self) -> dict[str, str]:
        """Only the languages in which something was written."""
        return {code: self.cleaned_data[code] for code in LANGUAGES if self.cleaned_data.get(code)}


class QuestionForm(TextsForm):
    """The words of the question."""

    def __init__(self, data: Any, *, question: GuideQuestion | None) -> None:
        super().__init__(data, initial=question.text if question else {})


class AnswerForm(TextsForm):
    """One answer and what it asks of a product."""

    features = forms.MultipleChoiceField(
        label=_("One of these"), required=False, widget=forms.CheckboxSelectMultiple, choices=()
    )
    least = AmountField(label=_("Price from"), required=False, min_value=0, max_digits=15, decimal_places=2)
    most = AmountField(label=_("Price up to"), required=False, min_value=0, max_digits=15, decimal_places=2)
    must = forms.BooleanField(label=_("Show nothing else"), required=False)

    def __init__(self, *args: Any, features: Features, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["features"]
        if isinstance(field, forms.MultipleChoiceField):
            field.choices = [
                (each.as_text(), f"{text_in(each.name)}: {text_in(each.value)}") for each, _many in features
            ]

    def terms(self, minor_in_one: int) -> ChoiceTerms:
        """As `keep_question` takes it."""
        said = self.cleaned_data
        ends = [None if said[name] is None else round(said[name] * minor_in_one) for name in ("least", "most")]
        return ChoiceTerms(self.texts(), said["features"], ends[0], ends[1], said["must"])


class AnswersFormSet(forms.BaseFormSet):  # type: ignore[type-arg]
    """Up to six answers; those without words are left out."""

    def terms(self) -> list[ChoiceTerms]:
        """The answers in their order."""
        _unit, minors = money_unit(the_shop().currency)
        return [form.terms(minors) for form in self.forms if form.has_changed() and form.texts()]


def answers_form(data: Any, *, question: GuideQuestion | None, features: Features) -> AnswersFormSet:
    """The answers of a question, with empty ones up to the most."""
    _unit, minors = money_unit(the_shop().currency)
    known = list(question.choices.all()) if question else []
    made = forms.formset_factory(
        AnswerForm, formset=AnswersFormSet, extra=MOST_CHOICES - len(known), max_num=MOST_CHOICES, absolute_max=12
    )
    initial = [_initial(choice, minors) for choice in known]
    return cast("AnswersFormSet", made(data, initial=initial, form_kwargs={"features": features}, prefix="answers"))


def _initial(choice: GuideChoice, minors: int) -> dict[str, Any]:
    ends = {"least": choice.least_minor, "most": choice.most_minor}
    amounts = {name: None if amount is None else amount / minors for name, amount in ends.items()}
    return {**choice.text, **amounts, "features": choice.features, "must": choice.must}
