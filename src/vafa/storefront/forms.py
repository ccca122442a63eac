"""What visitors fill in: words, filters, a place."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from vafa.catalog.queries import Asked, Sorting
from vafa.kit.fields import AmountField, DayField
from vafa.kit.formats import native_digits, plain_digits
from vafa.requests.models import Matter
from vafa.storefront.widget.origins import tidy_origin

LONGEST = 120
MOST_CODES = 20
MOST_ORIGINS = 20


class PlaceForm(forms.Form):
    """A city or a postal code."""

    to = forms.CharField(label=_("City or postal code"), max_length=LONGEST)


class AddressForm(forms.Form):
    """Where a code is to be sent."""

    address = forms.CharField(
        label=_("E-mail or phone"),
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "username", "dir": "ltr", "autocapitalize": "none"}),
    )


class CodeForm(forms.Form):
    """The code as it is typed, with digits of any script."""

    code = forms.CharField(
        label=_("The code"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "dir": "ltr"}),
    )

    def clean_code(self) -> str:
        return "".join(each for each in plain_digits(self.cleaned_data["code"]) if each.isdigit())


class WordsForm(forms.Form):
    """What is wrong, and what the customer says of it."""

    matter = forms.ChoiceField(choices=Matter.choices)
    words = forms.CharField(
        label=_("What happened?"), required=False, max_length=800, widget=forms.Textarea(attrs={"rows": 3})
    )


class DayForm(forms.Form):
    """Another day."""

    day = DayField(label=_("The day you would like"))


class FindForm(forms.Form):
    """What somebody looks for. Nothing in it is refused: what cannot be meant is left out."""

    least = AmountField(label=_("Price from"), required=False, min_value=0, max_digits=15, decimal_places=2)
    most = AmountField(label=_("Price up to"), required=False, min_value=0, max_digits=15, decimal_places=2)
    there = forms.BooleanField(label=_("Only what is there"), required=False)
    sort = forms.ChoiceField(
        label=_("Sorted by"),
        required=False,
        choices=[
            (Sorting.BEST, _("Best match")),
            (Sorting.NEWEST, _("Newest")),
            (Sorting.CHEAPEST, _("Lowest price")),
            (Sorting.DEAREST, _("Highest price")),
        ],
    )
    page = forms.IntegerField(required=False, min_value=1)

    def asked(self, *, shelf: str = "", minor_in_one: int = 1) -> Asked:
        """The question to the index; prices are typed in the unit that is shown, `minor_in_one` minor units each."""
        self.is_valid()
        said: dict[str, Any] = self.cleaned_data
        least, most = said.get("least"), said.get("most")
        return Asked(
            words=str(self.data.get("q", ""))[:LONGEST],
            shelf=shelf,
            brands=self._codes("brand"),
            features=self._codes("with"),
            least_minor=None if least is None else int(least * minor_in_one),
            most_minor=None if most is None else int(most * minor_in_one),
            there_only=bool(said.get("there")),
            sorting=Sorting(said.get("sort") or Sorting.BEST),
        )

    def _codes(self, name: str) -> tuple[str, ...]:
        return tuple(self.data.getlist(name))[:MOST_CODES] if isinstance(self.data, QueryDict) else ()

    @property
    def number(self) -> int:
        return int(self.cleaned_data.get("page") or 1)


class InquiryForm(forms.Form):
    """A question about a product."""

    text = forms.CharField(label=_("Your question"), max_length=1000, widget=forms.Textarea({"rows": 3}))


class NoticeForm(forms.Form):
    """Where somebody wants to be told that an article is back, and that he wants it."""

    to = forms.CharField(label=_("E-mail or phone"), max_length=254)
    agreed = forms.BooleanField(label=_("Tell me about this article alone; I can stop it at any time."))


class OpinionForm(forms.Form):
    """What a buyer thinks of an article."""

    stars = forms.TypedChoiceField(
        label=_("Your stars"),
        coerce=int,
        choices=[(5, _("5, very good")), (4, _("4, good")), (3, _("3, so so")), (2, _("2, poor")), (1, _("1, bad"))],
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label=_("What is good, what is not?"), max_length=3000, required=False, widget=forms.Textarea({"rows": 5})
    )
    name = forms.CharField(
        label=_("Your name as others see it"), max_length=60, required=False, help_text=_("Empty: nobody sees one.")
    )


class SiteForm(forms.Form):
    """A store that shows the widget, and the addresses its pages have."""

    name = forms.CharField(label=_("Name of the store"), max_length=80)
    origins = forms.CharField(
        label=_("Addresses of its pages"),
        max_length=2000,
        help_text=_("One in a line, as https://www.shop.example. Only pages there get an answer."),
        widget=forms.Textarea({"rows": 3, "dir": "ltr", "spellcheck": "false", "class": "field-ltr"}),
    )

    def clean_origins(self) -> list[str]:
        lines = [line for line in self.cleaned_data["origins"].splitlines() if line.strip()]
        found = [(line.strip(), tidy_origin(line)) for line in lines]
        if wrong := next((line for line, origin in found if origin is None), ""):
            raise forms.ValidationError(_("This is not an address of a website: %(line)s") % {"line": wrong})
        if len(lines) > MOST_ORIGINS:
            raise forms.ValidationError(_("At most %(most)s addresses.") % {"most": native_digits(MOST_ORIGINS)})
        return list(dict.fromkeys(origin for _line, origin in found if origin))
