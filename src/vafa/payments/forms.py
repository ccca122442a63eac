"""What staff fill in."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from vafa.kit.fields import AmountField, gateway_field
from vafa.kit.formats import money_unit, text_in
from vafa.payments.actions import Offer
from vafa.payments.gateways.kinds import GatewayKind, Setting
from vafa.payments.models import GatewayAccount, PaymentState

LANGUAGES = {"fa": "فارسی", "ar": "العربية", "en": "English"}


class GivenForm(forms.Form):
    """The money was sent."""

    reference = forms.CharField(
        label=_("Number of the transfer"), max_length=80, widget=forms.TextInput({"dir": "ltr"})
    )


class FindForm(forms.Form):
    """Which payments are shown; what cannot be read narrows nothing."""

    state = forms.ChoiceField(label=_("State"), required=False, choices=[("", _("All")), *PaymentState.choices])
    word = forms.CharField(
        label=_("Order or reference"), max_length=80, required=False, widget=forms.TextInput({"dir": "ltr"})
    )
    before = forms.IntegerField(min_value=1, max_value=2**62, required=False, widget=forms.HiddenInput)


class ArrivedForm(forms.Form):
    """The money of a payment that was promised is there."""

    reference = forms.CharField(
        label=_("Reference"), max_length=80, required=False, widget=forms.TextInput({"dir": "ltr"})
    )


class _WithMoney(forms.Form):
    """Amounts are typed in the unit in which the shop shows them, and must come out whole in minor units."""

    def __init__(self, *args: Any, currency: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.unit, self.minors = money_unit(currency)

    def _minor(self, name: str) -> int | None:
        amount: Decimal | None = self.cleaned_data.get(name)
        if amount is None:
            return None
        minor = amount * self.minors
        if minor != minor.to_integral_value():
            raise ValidationError(_("There is no such small money."), code="invalid")
        return int(minor)


class OweForm(_WithMoney):
    """A part of a payment, or all that is left, shall go back."""

    amount = AmountField(label=_("Amount"), min_value=0, max_value=10**14)
    reason = forms.CharField(label=_("Why"), max_length=80, help_text=_("For the books; no names."))

    def __init__(self, *args: Any, currency: str, **kwargs: Any) -> None:
        super().__init__(*args, currency=currency, **kwargs)
        self.fields["amount"].label = _("Amount in %(unit)s") % {"unit": self.unit}

    def clean_amount(self) -> int | None:
        """Minor units."""
        return self._minor("amount")


class AccountForm(_WithMoney):
    """A way to pay, as customers see it, with the settings its kind describes. A stored secret is never put into the
    page."""

    enabled = forms.BooleanField(label=_("Customers can pay by it"), required=False)
    least = AmountField(label=_("From"), min_value=0, max_value=10**14, required=False)
    most = AmountField(label=_("Up to"), min_value=0, max_value=10**14, required=False)

    def __init__(
        self, data: Any = None, *, kind: GatewayKind, currency: str, account: GatewayAccount | None = None
    ) -> None:
        self.kind, self.currency = kind, currency
        super().__init__(data, currency=currency, initial=self._initial(account, money_unit(currency)[1]))
        self.fields["least"].label = _("From, in %(unit)s") % {"unit": self.unit}
        self.fields["most"].label = _("Up to, in %(unit)s") % {"unit": self.unit}
        for language, name in LANGUAGES.items():
            shown = {"lang": language, "dir": "ltr" if language == "en" else "rtl"}
            self.fields[f"name_{language}"] = forms.CharField(
                label=_("Name (%(language)s)") % {"language": name}, max_length=80, widget=forms.TextInput(shown)
            )
            self.fields[f"words_{language}"] = forms.CharField(
                label=_("A sentence for customers (%(language)s)") % {"language": name},
                max_length=300,
                required=False,
                widget=forms.TextInput(shown),
            )
        for each in kind.settings:
            self.fields[each.name] = _field(each, is_kept=bool(account and account.sealed))

    def _initial(self, account: GatewayAccount | None, minors: int) -> dict[str, Any]:
        names = account.names if account else self.kind.labels
        words = account.words if account else {}
        least = account.least_minor if account else self.kind.least_minor
        most = account.most_minor if account else None
        kept = account.settings if account else {each.name: each.initial for each in self.kind.settings}
        return {
            "enabled": account.enabled if account else True,
            "least": None if least is None else Decimal(least) / minors,
            "most": None if most is None else Decimal(most) / minors,
            **{f"name_{language}": names.get(language, "") for language in LANGUAGES},
            **{f"words_{language}": words.get(language, "") for language in LANGUAGES},
            **{each.name: kept.get(each.name, "") for each in self.kind.settings if not each.secret},
        }

    def clean_least(self) -> int | None:
        """Minor units; zero is no bound."""
        return self._minor("least") or None

    def clean_most(self) -> int | None:
        """Minor units; zero is no bound."""
        return self._minor("most") or None

    @property
    def texts(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """What customers read: name and sentence in each language."""
        return [(self[f"name_{language}"], self[f"words_{language}"]) for language in LANGUAGES]

    @property
    def own(self) -> list[forms.BoundField]:
        """What the gateway needs."""
        return [self[each.name] for each in self.kind.settings]

    def offer(self) -> Offer:
        """What customers see of it."""
        said = self.cleaned_data
        return Offer(
            self.currency,
            names={language: said[f"name_{language}"] for language in LANGUAGES},
            words={language: said[f"words_{language}"] for language in LANGUAGES},
            least_minor=said["least"],
            most_minor=said["most"],
            enabled=said["enabled"],
        )

    def given(self) -> dict[str, str]:
        """What was filled in for the gateway."""
        return {each.name: self.cleaned_data.get(each.name, "") for each in self.kind.settings}


def _field(setting: Setting, *, is_kept: bool) -> forms.Field:
    label = text_in(setting.labels, get_language() or "en")
    return gateway_field(label, secret=setting.secret, required=setting.required, is_kept=is_kept)
