"""HTML input of the watch."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vafa.delivery.models import Watched, WatchRules
from vafa.delivery.queries.watching import AHEAD, OVERDUE, UNTOLD, values_at_risk
from vafa.kit.fields import CountField, DayField
from vafa.kit.formats.preferences import the_language
from vafa.shop.models import Shop

MOST_WORDS = 400
LANGUAGE_LABELS = {"fa": _("In Persian"), "ar": _("In Arabic"), "en": _("In English")}


class WatchRulesForm(forms.Form):
    """When customers are told, and how the loss is reckoned."""

    automatic = forms.TypedChoiceField(
        label=_("Who sends the notice?"),
        coerce=lambda value: value == "yes",
        choices=[("no", _("Somebody approves each one")), ("yes", _("Vafa, by these rules"))],
        widget=forms.RadioSelect,
    )
    below = CountField(
        label=_("Tell the customer when fewer than this many of 100 would come in time"),
        min_value=5,
        max_value=95,
        help_text=_("50 means: as soon as it is more likely late than not."),
    )
    least_days_later = CountField(
        label=_("Only when the new day is at least so many days later"), min_value=1, max_value=30
    )
    most_notices = CountField(label=_("At most so many notices for one promise"), min_value=0, max_value=9)
    hours_between = CountField(label=_("Hours between two notices"), min_value=1, max_value=240)
    respects_quiet = forms.BooleanField(
        label=_("Wait for the end of the customer's quiet hours where there is time"), required=False
    )
    hours_to_decide = CountField(
        label=_("Hours to decide when a whole group is in danger"),
        min_value=1,
        max_value=48,
        help_text=_("After that the customers are told, so that nobody is left without word."),
    )
    offers_options = forms.BooleanField(
        label=_("Offer another delivery, at the shop's cost, where one would be kept"), required=False
    )
    loss_share = CountField(
        label=_("A broken promise costs so many hundredths of the order's value"),
        min_value=0,
        max_value=200,
        help_text=_("Your own assumption: refunds, remedies and buyers who do not come back. It only orders the list."),
    )

    def __init__(self, data: Any = None, *, rules: WatchRules) -> None:
        shown = {name: getattr(rules, name) for name in self.base_fields}
        shown |= {
            "automatic": "yes" if rules.automatic else "no",
            "below": round(100 * rules.below),
            "loss_share": round(100 * rules.loss_share),
        }
        super().__init__(data, initial=shown)

    def values(self) -> dict[str, Any]:
        """The columns of the rules."""
        said = self.cleaned_data
        return {**said, "below": said["below"] / 100, "loss_share": said["loss_share"] / 100}


class RiskFilterForm(forms.Form):
    """Which promises at risk."""

    which = forms.ChoiceField(
        label=_("Promises"),
        required=False,
        choices=[
            ("", _("All")),
            (UNTOLD, _("Customer not told yet")),
            (AHEAD, _("Day still to come")),
            (OVERDUE, _("Day has passed")),
        ],
    )
    region = forms.ChoiceField(label=_("Region"), required=False)
    carrier = forms.ChoiceField(label=_("Carrier"), required=False)
    option = forms.ChoiceField(label=_("Delivery option"), required=False)

    def __init__(self, data: Any, *, place: Any, option: Any) -> None:
        super().__init__(data)
        for name, write in (("region", place), ("carrier", str), ("option", option)):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = [("", _("All")), *((value, write(value)) for value in values_at_risk(name))]

    def chosen(self) -> dict[str, str]:
        """What narrows the list; nothing where somebody asks for what is not there."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class WordsForm(forms.Form):
    """One text for the customers, in each language of theirs."""

    def __init__(self, data: Any = None, *, shop: Shop, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial)
        for language in shop.languages:
            self.fields[f"words_{language}"] = forms.CharField(
                label=LANGUAGE_LABELS[language],
                required=False,
                max_length=MOST_WORDS,
                widget=forms.Textarea({"rows": 2, "lang": language, "dir": "ltr" if language == "en" else "rtl"}),
            )

    def words(self) -> dict[str, str]:
        """Language to text, where one was given."""
        given = {name.removeprefix("words_"): text for name, text in self.cleaned_data.items() if "words_" in name}
        return {language: text.strip() for language, text in given.items() if text.strip()}


class ProposeForm(WordsForm):
    """A day to promise to one customer, and what to add."""

    new_on = DayField(label=_("New date"))

    def __init__(self, data: Any = None, *, shop: Shop, watched: Watched | None = None) -> None:
        day = watched.honest_on if watched else None
        super().__init__(data, shop=shop, initial={"new_on": day})


class CalledForm(forms.Form):
    """What was said to one customer on the phone."""

    said = forms.CharField(label=_("What did you say?"), max_length=MOST_WORDS, widget=forms.Textarea({"rows": 2}))
    called_on = DayField(label=_("The new day you named"), required=False)

    def words(self) -> dict[str, str]:
        """In the language of who writes it down."""
        return {the_language(None): self.cleaned_data["said"].strip()}
