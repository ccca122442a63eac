"""A guarantee as people write it, and decisions about remedies."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vafa.kit.fields import AmountField, CountField, DayField
from vafa.kit.formats import money_unit
from vafa.kit.formats.preferences import the_language
from vafa.promises.guarantee_terms import (
    LANGUAGES,
    Caps,
    GuaranteeTerms,
    RemedyRule,
    Scope,
    Wording,
)
from vafa.promises.kinds import guaranteed_kinds
from vafa.promises.models import RemedyKind
from vafa.shop.models import Shop
from vafa.shop.options import offered_options

CITY = {"list": "cities", "autocomplete": "off"}
TEXT = forms.Textarea(attrs={"rows": 3})
AMOUNTS = {"amount": "amount_minor", "most": "most_minor"}
WORDINGS = {
    Wording.ON_DATE.value: _("On the promised date"),
    Wording.WITHIN_DAYS.value: _("Within a number of days from the order"),
}


def _amount(label: Any, help_text: Any = "") -> AmountField:
    return AmountField(label=label, min_value=0, max_value=10**12, required=False, help_text=help_text)


class GuaranteeForm(forms.Form):
    """Everything a guarantee says; `terms()` gives it to the actions."""

    code = forms.SlugField(
        label=_("Code"), max_length=40, help_text=_("Small Latin letters, digits and hyphens; it stays for ever.")
    )
    kind = forms.ChoiceField(label=_("Kind of promise"))
    wording = forms.ChoiceField(label=_("What is guaranteed"), choices=list(WORDINGS.items()))
    days = CountField(label=_("Days"), min_value=0, max_value=60, required=False, help_text=_("0 is the same day."))
    working_days = forms.BooleanField(label=_("Only days on which your shop works count"), required=False)
    valid_from = DayField(label=_("For promises made from"))
    valid_until = DayField(label=_("Until"), required=False, help_text=_("Empty: until you end it."))
    place = forms.CharField(label=_("City"), max_length=120, required=False, widget=forms.TextInput(CITY))
    region = forms.CharField(label=_("Region"), max_length=120, required=False)
    option = forms.ChoiceField(label=_("Delivery option"), required=False)
    product_group = forms.CharField(label=_("Product group"), max_length=120, required=False)
    segment = forms.CharField(
        label=_("Group of customers"),
        max_length=120,
        required=False,
        help_text=_("As your checkout, or the record of the customer, names it."),
    )
    text_fa = forms.CharField(label=_("In Persian"), max_length=1000, required=False, widget=TEXT)
    text_ar = forms.CharField(label=_("In Arabic"), max_length=1000, required=False, widget=TEXT)
    text_en = forms.CharField(label=_("In English"), max_length=1000, required=False, widget=TEXT)
    remedy_kind = forms.ChoiceField(label=_("What the customer gets"), choices=RemedyKind.choices)
    amount = _amount(_("Amount"))
    percent = CountField(label=_("Or percent of the order"), min_value=1, max_value=100, required=False)
    most = _amount(_("At most"))
    valid_days = CountField(label=_("A voucher can be used for days"), min_value=1, max_value=3650, initial=90)
    approval_above = _amount(_("Ask me above"), _("Empty: never."))
    budget = _amount(_("Budget"), _("What is above it waits for you. Empty: no budget."))
    budget_days = CountField(label=_("Budget for days"), min_value=1, max_value=3650, initial=30)
    per_customer = CountField(
        label=_("At most for one customer"),
        min_value=0,
        max_value=1000,
        required=False,
        help_text=_("More wait for you. Empty: no limit."),
    )
    customer_days = CountField(label=_("In days"), min_value=1, max_value=3650, initial=90)

    def __init__(self, *args: Any, shop: Shop, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.shop = shop
        unit, self.minors = money_unit(shop.currency, toman=shop.shows_toman)
        for name in ("amount", "most", "approval_above", "budget"):
            field = self.fields[name]
            field.label = _("%(what)s in %(unit)s") % {"what": field.label, "unit": unit}
        language = the_language(None)
        self._choose("kind", [(each.name, each.label(language)) for each in guaranteed_kinds()])
        self._choose("option", [("", _("All of them")), *offered_options().items()])

    def _choose(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices

    def terms(self) -> GuaranteeTerms:
        """For `actions.save_draft`; only of a valid form."""
        data = self.cleaned_data
        return GuaranteeTerms(
            kind=data["kind"],
            wording=data["wording"],
            days=data["days"],
            working_days=data["working_days"],
            valid_from=data["valid_from"],
            valid_until=data["valid_until"],
            currency=self.shop.currency,
            text={language: data[f"text_{language}"].strip() for language in LANGUAGES},
            scope=Scope(**{name: data[name].strip() for name in Scope.__dataclass_fields__}),
            remedy=RemedyRule(
                data["remedy_kind"],
                self._minor("amount"),
                data["percent"],
                self._minor("most"),
                data["valid_days"],
            ),
            caps=Caps(
                self._minor("approval_above"),
                self._minor("budget"),
                data["budget_days"],
                data["per_customer"],
                data["customer_days"],
            ),
        )

    def _minor(self, name: str) -> int | None:
        value = self.cleaned_data[name]
        return None if value is None else round(value * self.minors)

    def show(self, terms: GuaranteeTerms) -> None:
        """Fill the form with what is drafted or published."""
        rule, caps = terms.remedy, terms.caps
        amounts = {
            "amount": rule.amount_minor,
            "most": rule.most_minor,
            "approval_above": caps.approval_above_minor,
            "budget": caps.budget_minor,
        }
        self.initial = {
            **terms.as_json(),
            "valid_from": terms.valid_from,
            "valid_until": terms.valid_until,
            **terms.scope.__dict__,
            **{f"text_{language}": text for language, text in terms.text.items()},
            "remedy_kind": rule.kind,
            "percent": rule.percent,
            "valid_days": rule.valid_days,
            "budget_days": caps.budget_days,
            "per_customer": caps.per_customer,
            "customer_days": caps.customer_days,
            **{name: None if minor is None else minor / self.minors for name, minor in amounts.items()},
        }


class ApprovalForm(forms.Form):
    """Let a waiting remedy be given."""

    amount = _amount(_("Amount"))

    def __init__(self, *args: Any, shop: Shop, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.unit, self.minors = money_unit(shop.currency, toman=shop.shows_toman)

    def amount_minor(self) -> int | None:
        """In minor units; None where nothing was typed."""
        amount = self.cleaned_data["amount"]
        return None if amount is None else round(amount * self.minors)


class RefusalForm(forms.Form):
    """Why a remedy is not given."""

    reason = forms.CharField(label=_("Why not?"), max_length=200)
