"""What the owner fills in, a form a step. Everything can be changed later on the pages of the settings."""

from __future__ import annotations

from typing import Any

from babel.numbers import get_currency_name
from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from vafa.kit.fields import LATIN, AmountField, CountField
from vafa.kit.formats import text_in
from vafa.opening.actions import PaymentWay, WayTerms
from vafa.opening.models import Opening
from vafa.opening.proposals import (
    COUNTRY_OF_LANGUAGE,
    CURRENCIES_OF_LANGUAGE,
    HIJRI,
    WAYS,
    Way,
    proposed_price,
)
from vafa.payments.gateways import KINDS
from vafa.payments.gateways.kinds import GatewayKind
from vafa.shop.fields import in_minor, price_in
from vafa.shop.forms import USUAL_CURRENCIES, HoursForm, reader
from vafa.shop.models import Shop
from vafa.shop.queries import countries_with_holidays

TOMAN = "IRR-toman"


class ShopForm(forms.Form):
    """Name, languages, money. A shop without a name yet is proposed the reader's own language and money."""

    name = forms.CharField(label=_("Name of the shop"), max_length=120)
    languages = forms.MultipleChoiceField(
        label=_("Languages of your customers"), choices=settings.LANGUAGES, widget=forms.CheckboxSelectMultiple
    )
    default_language = forms.ChoiceField(label=_("First language"), choices=settings.LANGUAGES)
    money = forms.ChoiceField(label=_("Prices are in"))

    def __init__(self, data: Any = None, *, shop: Shop) -> None:
        money = TOMAN if shop.currency == "IRR" and shop.shows_toman else shop.currency
        language = shop.default_language
        if not shop.name:
            language = reader()
            money = TOMAN if language == "fa" else CURRENCIES_OF_LANGUAGE[language]
        initial = {"name": shop.name, "languages": shop.languages, "default_language": language, "money": money}
        super().__init__(data, initial=initial)
        field: Any = self.fields["money"]
        field.choices = [(TOMAN, _("Toman (ten Iranian rials)")), *_currencies(shop.currency)]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not self.errors and given["default_language"] not in given["languages"]:
            self.add_error("default_language", _("The first language must be one of the shop's languages."))
        return given

    def settings(self) -> dict[str, Any]:
        """For `actions.save_shop`."""
        said = self.cleaned_data
        money = said["money"]
        return {
            "name": said["name"],
            "languages": said["languages"],
            "default_language": said["default_language"],
            "currency": "IRR" if money == TOMAN else money,
            "shows_toman": money == TOMAN,
        }


def _currencies(present: str) -> list[tuple[str, str]]:
    codes = dict.fromkeys([*USUAL_CURRENCIES.split(), present])
    return [(code, f"{get_currency_name(code, locale=reader())} ({code})") for code in codes]


class PlaceForm(forms.Form):
    """Where the shop is."""

    country = forms.ChoiceField(label=_("Country"))
    city = forms.CharField(
        label=_("City"),
        max_length=120,
        widget=forms.TextInput({"list": "cities", "autocomplete": "address-level2"}),
        help_text=_("From here parcels leave. Courier and collection are offered there."),
    )
    zone = forms.CharField(
        label=_("Time zone"),
        max_length=64,
        required=False,
        widget=forms.TextInput({"list": "zones", "class": "field-ltr", "autocomplete": "off"}),
        help_text=_("Empty: that of the country."),
    )
    shows_hijri = forms.BooleanField(label=_("Show Arabic dates in the Hijri calendar"), required=False)

    def __init__(self, data: Any = None, *, shop: Shop, opening: Opening) -> None:
        country = opening.country or COUNTRY_OF_LANGUAGE[shop.default_language]
        initial = {
            "country": country,
            "city": opening.city,
            "zone": shop.zone if opening.country else "",
            "shows_hijri": shop.shows_hijri or (not opening.country and country in HIJRI),
        }
        super().__init__(data, initial=initial)
        field: Any = self.fields["country"]
        field.choices = [("", _("choose")), *countries_with_holidays(reader())]

    def clean_city(self) -> str:
        return str(self.cleaned_data["city"]).strip()


class WeekForm(HoursForm):
    """The working week as on its page of the settings, and whether public holidays are kept."""

    keeps_holidays = forms.BooleanField(label=_("Closed on the country's public holidays"), required=False)

    def __init__(self, data: Any = None, *, shop: Shop, opening: Opening) -> None:
        super().__init__(data, shop=shop)
        self.fields["keeps_holidays"].initial = bool(shop.holiday_country)
        self.country = opening.country

    def clean(self) -> dict[str, Any]:
        return {**super().clean(), "keeps_holidays": self.cleaned_data.get("keeps_holidays", False)}


class OneProductForm(forms.Form):
    """A first product, where there is no table."""

    title = forms.CharField(label=_("What is it called?"), max_length=300)
    price = AmountField(min_value=0, max_value=10**12)
    pieces = CountField(label=_("Pieces there"), min_value=1, max_value=10**6, initial=1)

    def __init__(self, data: Any = None, *, shop: Shop) -> None:
        super().__init__(data)
        self.minors = price_in(self.fields["price"], shop)

    def clean_price(self) -> int:
        minor = in_minor(self.cleaned_data["price"], self.minors) or 0
        if minor <= 0:
            raise forms.ValidationError(_("An amount is above nothing."), code="bad-price")
        return minor


class WaysForm(forms.Form):
    """The proposed ways of delivery, each with its price and its days; where goods are fetched, the address."""

    address = forms.CharField(label=_("Address where customers collect"), max_length=200, required=False)

    def __init__(self, data: Any = None, *, shop: Shop, known: dict[str, dict[str, Any]]) -> None:
        super().__init__(data)
        for way in WAYS:
            self._add(way, shop, known.get(way.code, {}), is_fresh=not known)
        free = AmountField(min_value=0, max_value=10**12, required=False, initial=known.get("post", {}).get("free"))
        self.fields["free_from"] = free
        price_in(free, shop, _("Post is free for goods from, in %(unit)s"))
        self.fields["address"].initial = known.get("pickup", {}).get("address", "")

    def _add(self, way: Way, shop: Shop, known: dict[str, Any], *, is_fresh: bool) -> None:
        offered = known.get("active", is_fresh and not way.is_fetched)
        price = AmountField(min_value=0, max_value=10**12, required=False)
        self.minors = price_in(price, shop)
        minor = known.get("price", proposed_price(way, shop.currency))
        price.initial = None if minor is None else minor / self.minors
        self.fields[f"{way.code}_on"] = forms.BooleanField(label=text_in(way.name), required=False, initial=offered)
        self.fields[f"{way.code}_price"] = price
        self.fields[f"{way.code}_days"] = CountField(
            label=_("Days until it is there"), min_value=0, max_value=60, required=False,
            initial=known.get("days", way.days),
        )  # fmt: skip

    def blocks(self) -> list[dict[str, Any]]:
        """A block for each way: the box to tick, and its fields."""
        return [{"way": way, **{name: self[f"{way.code}_{name}"] for name in ("on", "price", "days")}} for way in WAYS]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        chosen = [way for way in WAYS if given.get(f"{way.code}_on")]
        if not chosen:
            raise forms.ValidationError(_("Choose at least one way of delivery."))
        for way in chosen:
            for name, sentence in (
                ("price", _("Say what it costs; 0 is free.")),
                ("days", _("State a number of days.")),
            ):
                if given.get(f"{way.code}_{name}") is None and f"{way.code}_{name}" not in self.errors:
                    self.add_error(f"{way.code}_{name}", sentence)
        if given.get("pickup_on") and not given.get("address"):
            self.add_error("address", _("Customers must know where to come."))
        return given

    def offered(self) -> dict[str, WayTerms]:
        """For `actions.save_ways`."""
        said = self.cleaned_data
        free = in_minor(said["free_from"], self.minors)
        return {
            way.code: WayTerms(
                in_minor(said[f"{way.code}_price"], self.minors) or 0,
                said[f"{way.code}_days"],
                free if way.code == "post" else None,
            )
            for way in WAYS
            if said[f"{way.code}_on"]
        }


class PaymentForm(forms.Form):
    """The ways to pay that take the shop's money, each with what it cannot do without."""

    def __init__(self, data: Any = None, *, shop: Shop, present: set[str]) -> None:
        super().__init__(data)
        self.kinds = [kind for kind in KINDS.values() if kind.takes(shop.currency)]
        self.present = present
        for kind in self.kinds:
            if kind.name not in present:
                self._add(kind)

    def _add(self, kind: GatewayKind) -> None:
        wanted = not self.present and kind.name == "cash"
        label = text_in(kind.labels, reader())
        self.fields[f"{kind.name}_on"] = forms.BooleanField(label=label, required=False, initial=wanted)
        for each in kind.settings:
            if each.required and not each.initial:
                self.fields[f"{kind.name}_{each.name}"] = forms.CharField(
                    label=text_in(each.labels, reader()),
                    required=False,
                    max_length=1000,
                    widget=forms.PasswordInput({**LATIN, "autocomplete": "new-password"})
                    if each.secret
                    else forms.TextInput({"autocomplete": "off"} if each.name == "holder" else LATIN),
                )

    def blocks(self) -> list[dict[str, Any]]:
        """A block for each kind: the box to tick and its fields, or that it is set up."""
        return [
            {
                "kind": kind,
                "label": text_in(kind.labels, reader()),
                "note": text_in(kind.notes, reader()),
                "is_present": kind.name in self.present,
                "on": None if kind.name in self.present else self[f"{kind.name}_on"],
                "fields": [self[name] for name in self._settings_of(kind)],
            }
            for kind in self.kinds
        ]

    def _settings_of(self, kind: GatewayKind) -> list[str]:
        names = (f"{kind.name}_{each.name}" for each in kind.settings)
        return [name for name in names if name in self.fields]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        chosen = [kind for kind in self.kinds if given.get(f"{kind.name}_on")]
        if not chosen and not self.present:
            raise forms.ValidationError(_("Choose at least one way to pay."))
        for kind in chosen:
            for name in self._settings_of(kind):
                if not given.get(name):
                    self.add_error(name, _("This must be filled in."))
        return given

    def ways(self) -> list[PaymentWay]:
        """For `actions.save_payment`."""
        said = self.cleaned_data
        return [
            PaymentWay(kind.name, {name.removeprefix(f"{kind.name}_"): said[name] for name in self._settings_of(kind)})
            for kind in self.kinds
            if said.get(f"{kind.name}_on")
        ]
