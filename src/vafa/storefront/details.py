"""What a customer fills in on the way through the checkout."""

from __future__ import annotations

from typing import Any

from babel import Locale
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from vafa.checkout.addresses import COUNTRIES, tidy_mobile, tidy_postal_code
from vafa.customers.addresses import tidy_address
from vafa.kit.formats import isolated
from vafa.kit.formats.preferences import the_language
from vafa.kit.problems import Text


def country_choices() -> list[tuple[str, str]]:
    """Every country we know the addresses of, by its name in the reader's language."""
    names = Locale(the_language(None)).territories
    return sorted(((code, str(names.get(code, code))) for code in COUNTRIES), key=lambda each: each[1])


class AddressForm(forms.Form):
    """Who gets it, where, and how he is reached. Digits of every script are read."""

    name = forms.CharField(label=_("Name"), max_length=160, widget=forms.TextInput({"autocomplete": "name"}))
    phone = forms.CharField(
        label=_("Mobile number"),
        max_length=40,
        required=False,
        help_text=_("We send you the date and any change of it. Nothing else unless you ask for it."),
        widget=forms.TextInput({"type": "tel", "autocomplete": "tel", "dir": "ltr", "inputmode": "tel"}),
    )
    email = forms.CharField(
        label=_("E-mail"),
        max_length=254,
        required=False,
        widget=forms.TextInput({"type": "email", "autocomplete": "email", "dir": "ltr"}),
    )
    country = forms.ChoiceField(
        label=_("Country"), choices=country_choices, widget=forms.Select({"autocomplete": "country"})
    )
    region = forms.CharField(
        label=_("Province or region"),
        max_length=120,
        required=False,
        widget=forms.TextInput({"autocomplete": "address-level1"}),
    )
    city = forms.CharField(
        label=_("City"),
        max_length=120,
        widget=forms.TextInput({"autocomplete": "address-level2", "list": "cities"}),
    )
    street = forms.CharField(
        label=_("Street, number, floor"),
        max_length=500,
        widget=forms.Textarea({"rows": 3, "autocomplete": "street-address"}),
    )
    postal_code = forms.CharField(
        label=_("Postal code"),
        max_length=20,
        required=False,
        widget=forms.TextInput({"autocomplete": "postal-code", "dir": "ltr", "inputmode": "text"}),
    )
    note = forms.CharField(label=_("A word for who brings it"), max_length=300, required=False)

    @property
    def needs_postal_code(self) -> bool:
        """Whether no parcel is sent to the country that is chosen without a postal code."""
        rules = COUNTRIES.get(self._country())
        return rules is not None and rules.needs_postal

    @property
    def postal_help(self) -> Text:
        """What a postal code of the chosen country looks like."""
        rules = COUNTRIES.get(self._country())
        if rules is None:
            return _("Some countries need it; then we ask for it.")
        if not rules.postal:
            return _("Letters there carry none.")
        return _("Like %(sample)s.") % {"sample": isolated(rules.sample)}

    def _country(self) -> str:
        return str(self["country"].value() or "")

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        for name, value in said.items():
            if isinstance(value, str) and "\x00" in value:
                self.add_error(name, _("This text holds a character that no name has."))
        self._clean_contacts(said, said.get("country", ""))
        self._clean_postal_code(said, said.get("country", ""))
        return said

    def _clean_contacts(self, said: dict[str, Any], country: str) -> None:
        phone, mail = said.get("phone", ""), said.get("email", "")
        if not phone and not mail:
            self.add_error("phone", _("We need a mobile number or an e-mail address, to tell you the date."))
        if phone:
            tidy = tidy_mobile(phone, country)
            self._keep(said, "phone", tidy, _("This is not a mobile number of that country."))
        if mail:
            self._keep(said, "email", tidy_address("email", mail) or None, _("This is not an e-mail address."))

    def _clean_postal_code(self, said: dict[str, Any], country: str) -> None:
        written, rules = said.get("postal_code", ""), COUNTRIES.get(country)
        if rules is None:
            return
        sentence = (
            _("A postal code of that country looks like %(sample)s.") % {"sample": isolated(rules.sample)}
            if written
            else _("No parcel is sent there without a postal code.")
        )
        self._keep(said, "postal_code", tidy_postal_code(written, country), sentence)

    def _keep(self, said: dict[str, Any], name: str, tidy: str | None, sentence: Text) -> None:
        if tidy is None:
            self.add_error(name, ValidationError(sentence, code="invalid"))  # type: ignore[arg-type]
        else:
            said[name] = tidy


class ConsentForm(forms.Form):
    """What he agrees to beside the order; nothing is ticked before."""

    marketing = forms.BooleanField(label=_("Tell me of offers now and then. I can leave at any time."), required=False)


class ElsewhereForm(AddressForm):
    """Another address of the same person in the same country."""

    def __init__(self, *given: Any, country: str, **how: Any) -> None:
        super().__init__(*given, **how)
        self.sent_in = country
        for name in ("name", "phone", "email", "country"):
            del self.fields[name]

    def _country(self) -> str:
        return self.sent_in

    def _clean_contacts(self, said: dict[str, Any], country: str) -> None:
        """They stay as they are."""

    def _clean_postal_code(self, said: dict[str, Any], country: str) -> None:
        super()._clean_postal_code(said, self.sent_in)
