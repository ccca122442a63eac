"""Which prices are changed at once, and how."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from vafa.catalog.bulk_terms import BulkTerms, read_table
from vafa.catalog.models import Brand
from vafa.kit.fields import AmountField
from vafa.kit.formats import money_unit, text_in
from vafa.kit.problems import Problem
from vafa.shop.queries import the_shop

LARGEST = 2 * 1024 * 1024
WAYS = [
    ("percent", _("by a share of the price")),
    ("amount", _("by an amount")),
    ("table", _("to the prices of a table")),
]


class BulkForm(forms.Form):
    """By shelf, brand or words; by percent or amount with rounding; or a table of `article;price`."""

    way = forms.ChoiceField(label=_("Change prices"), choices=WAYS, widget=forms.RadioSelect, initial="percent")
    percent = AmountField(
        label=_("Percent"),
        min_value=-99,
        max_value=1000,
        required=False,
        help_text=_("10: dearer by a tenth; -10: cheaper."),
    )
    amount = AmountField(label=_("Amount"), min_value=-(10**12), max_value=10**12, required=False)
    rounding = AmountField(label=_("Round to"), min_value=0, max_value=10**9, required=False)
    shelf = forms.ChoiceField(label=_("Shelf"), required=False)
    brand = forms.ModelChoiceField(
        label=_("Brand"), queryset=Brand.objects.none(), required=False, empty_label=_("all")
    )
    words = forms.CharField(label=_("Title, code or article number"), max_length=100, required=False)
    table = forms.FileField(
        label=_("Table (CSV)"), required=False, help_text=_("An article number and a price on each line: A-1;250000")
    )

    def __init__(self, *args: Any, shelves: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["shelf"].choices = [("", _("all")), *shelves]  # type: ignore[attr-defined]
        brand: Any = self.fields["brand"]
        brand.queryset = Brand.objects.all()
        brand.label_from_instance = lambda each: text_in(each.name) or each.code
        shop = the_shop()
        self.currency = shop.currency
        unit, self.minors = money_unit(shop.currency, toman=shop.shows_toman)
        for name in ("amount", "rounding"):
            self.fields[name].help_text = _("In %(unit)s.") % {"unit": unit}

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        needed = said.get("way")
        if needed and needed not in self.errors and not said.get(needed):
            self.add_error(needed, ValidationError(_("Say how."), code="missing"))
        if needed == "table" and said.get("table"):
            self._read(said)
        return said

    def _read(self, said: dict[str, Any]) -> None:
        file = said["table"]
        if file.size > LARGEST:
            self.add_error("table", ValidationError(_("This file is too large."), code="too-large"))
            return
        try:
            said["rows"] = read_table(file.read(), minors=self.minors)
        except Problem as refused:
            self.add_error("table", ValidationError(str(refused), code=refused.code))

    def terms(self) -> BulkTerms:
        """What is to be done."""
        said = self.cleaned_data
        return BulkTerms(
            way=said["way"],
            percent=str(said["percent"] or 0),
            amount_minor=round(Decimal(said["amount"] or 0) * self.minors),
            rounding_minor=round(Decimal(said["rounding"] or 0) * self.minors),
            currency=self.currency,
            shelf=said["shelf"],
            brand=said["brand"].code if said["brand"] else "",
            words=said["words"],
            rows=said.get("rows", {}),
        )
