"""What is said of a product, of an article, of its stock."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from vafa.catalog.actions.editing import ProductTerms, VariantTerms
from vafa.catalog.actions.pricing import Amount
from vafa.catalog.editions import edition_of
from vafa.catalog.forms.seen import SeenForm
from vafa.catalog.forms.texts import TextsForm
from vafa.catalog.models import Brand, Category, Product, Variant
from vafa.catalog.models.products import SpecificationTerms
from vafa.catalog.queries.editing import terms_of_product, terms_of_variant
from vafa.kit.fields import AmountField, CountField, DayField
from vafa.kit.formats import money_unit, text_in
from vafa.shop.queries import the_shop

Rows = list[tuple[str, list[BoundField]]]


class FindForm(forms.Form):
    """Which products to list."""

    q = forms.CharField(label=_("Title, code or article number"), max_length=100, required=False)
    shelf = forms.ChoiceField(label=_("Shelf"), required=False)
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[
            ("", _("all")),
            ("public", _("public")),
            ("hidden", _("hidden")),
            ("sold-out", _("sold out")),
            ("unpriced", _("without a price")),
            ("waiting", _("with a change that waits")),
        ],
    )
    before = forms.IntegerField(min_value=1, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, shelves: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["shelf"].choices = [("", _("all")), *shelves]  # type: ignore[attr-defined]


class ProductForm(TextsForm):
    """Words, shelf, brand and data sheet of a product. A new one also gets its code."""

    code = forms.SlugField(
        label=_("Code"),
        max_length=80,
        allow_unicode=True,
        help_text=_("Stands in the address; cannot be changed later."),
    )
    category = forms.ModelChoiceField(label=_("Shelf"), queryset=Category.objects.none(), empty_label=None)
    brand = forms.ModelChoiceField(label=_("Brand"), queryset=Brand.objects.none(), required=False)
    lead_days = CountField(label=_("Working days to make or get it"), min_value=0, max_value=365, initial=0)
    public = forms.BooleanField(label=_("Customers can see it"), required=False, initial=True)

    def __init__(self, *args: Any, product: Product | None = None, **options: Any) -> None:
        self.lines: list[SpecificationTerms] = product.category.specifications if product else []
        self.sheet = product.specifications if product else {}
        super().__init__(*args, **options)
        for name, rows in (("category", Category.objects.order_by("position", "code")), ("brand", Brand.objects.all())):
            field = self.fields[name]
            field.queryset = rows  # type: ignore[attr-defined]
            field.label_from_instance = lambda each: text_in(each.name) or each.code  # type: ignore[attr-defined]
        if product:
            del self.fields["code"]
            self._begin(product)
        self.ask_for("title", _("Title"), product.title if product else {}, needed=True)
        self.ask_for("description", _("Description"), product.description if product else {}, most=20_000, lines=5)
        for number, line in enumerate(self.lines):
            name = f"{text_in(line['name'])} ({line['unit']})" if line["unit"] else text_in(line["name"])
            self.ask_for(f"line{number}", name, self.sheet.get(line["code"], ""))

    def _begin(self, product: Product) -> None:
        names = {"category": "category_id", "brand": "brand_id", "lead_days": "lead_days", "public": "public"}
        self.initial.update({name: getattr(product, attribute) for name, attribute in names.items()})
        self.initial["seen"] = edition_of(terms_of_product(product))

    def words(self) -> Rows:
        """Title and description, a field for each language."""
        return [self.row_of("title"), self.row_of("description")]

    def sheet_rows(self) -> Rows:
        """The lines of the data sheet."""
        return [self.row_of(f"line{number}") for number in range(len(self.lines))]

    def terms(self) -> ProductTerms:
        said = self.cleaned_data
        shown = {line["code"]: self.value(f"line{number}") for number, line in enumerate(self.lines)}
        kept = {code: value for code, value in self.sheet.items() if code not in shown}
        return ProductTerms(
            title=self.texts("title"),
            category_id=said["category"].pk,
            brand_id=said["brand"].pk if said["brand"] else None,
            description=self.texts("description"),
            specifications={**kept, **{code: value for code, value in shown.items() if value}},
            lead_days=said["lead_days"],
            public=said["public"],
        )


class VariantForm(TextsForm):
    """An article: number, what is chosen in it, weight, price and cost in the unit in which the shop shows money."""

    sku = forms.CharField(label=_("Article number"), max_length=64, widget=forms.TextInput({"dir": "ltr"}))
    price = AmountField(label=_("Price"), min_value=0, max_value=10**14, required=False)
    cost = AmountField(label=_("What it costs you"), min_value=0, max_value=10**14, required=False,
                       help_text=_("A price below it waits for a second look."))  # fmt: skip
    weight_g = AmountField(label=_("Weight in grams"), min_value=0, max_value=10**7, required=False)

    def __init__(
        self, *args: Any, lines: Sequence[SpecificationTerms], variant: Variant | None = None, **options: Any
    ) -> None:
        self.lines = lines
        self.choices = variant.choices if variant else {}
        self.currency = variant.price.currency if variant and variant.price else the_shop().currency
        unit, self.minors = money_unit(self.currency, toman=the_shop().shows_toman)
        super().__init__(*args, **options)
        self.fields["price"].help_text = _("In %(unit)s, tax included. Empty: not for sale.") % {"unit": unit}
        for number, line in enumerate(lines):
            self.ask_for(f"line{number}", text_in(line["name"]), self.choices.get(line["code"], ""))
        if variant:
            self._begin(variant)

    def choice_rows(self) -> Rows:
        """What is chosen in it, by the lines of the data sheet."""
        return [self.row_of(f"line{number}") for number in range(len(self.lines))]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        for name in ("price", "cost"):
            if said.get(name) is not None and self._minor(name) <= 0:
                self.add_error(name, ValidationError(_("An amount is above nothing."), code="bad-price"))
        return said

    def terms(self) -> VariantTerms:
        said = self.cleaned_data
        shown = {line["code"]: self.value(f"line{number}") for number, line in enumerate(self.lines)}
        kept = {code: value for code, value in self.choices.items() if code not in shown}
        return VariantTerms(
            sku=said["sku"],
            price=None if said["price"] is None else Amount(self._minor("price"), self.currency),
            choices={**kept, **{code: value for code, value in shown.items() if value}},
            weight_g=None if said["weight_g"] is None else float(said["weight_g"]),
            cost_minor=None if said["cost"] is None else self._minor("cost"),
        )

    def _minor(self, name: str) -> int:
        return round(Decimal(self.cleaned_data[name]) * self.minors)

    def _begin(self, variant: Variant) -> None:
        price = variant.price.amount_minor if variant.price else None
        amounts = {"price": price, "cost": variant.cost_minor}
        for name, minor in amounts.items():
            self.initial[name] = None if minor is None else Decimal(minor) / self.minors
        self.initial["sku"], self.initial["weight_g"] = variant.sku, variant.weight_g
        self.initial["seen"] = edition_of(terms_of_variant(variant))


class PictureForm(forms.Form):
    """One picture that somebody brought."""

    picture = forms.FileField(label=_("Picture (JPEG, PNG, WebP)"))


class StockForm(SeenForm):
    """What was counted of an article in each storehouse."""

    def __init__(self, *args: Any, houses: Sequence[tuple[str, str]], known: Mapping[str, Any], **options: Any) -> None:
        self.houses = houses
        super().__init__(*args, **options)
        self.initial["seen"] = edition_of(known)
        for number, (code, _name) in enumerate(houses):
            pieces, day = known.get(code, (None, None))
            self.fields[f"pieces{number}"] = CountField(
                label=_("Pieces counted"), min_value=0, max_value=10**8, required=False, initial=pieces
            )
            self.fields[f"back{number}"] = DayField(label=_("More on"), required=False, initial=day)

    def rows(self) -> Iterator[tuple[str, BoundField, BoundField]]:
        """A storehouse's name and its two fields."""
        for number, (_code, name) in enumerate(self.houses):
            yield name, self[f"pieces{number}"], self[f"back{number}"]

    def counted(self) -> list[tuple[str, int, Any]]:
        """(storehouse, pieces, day) where something was said."""
        said = self.cleaned_data
        return [
            (code, said[f"pieces{number}"] or 0, said[f"back{number}"])
            for number, (code, _name) in enumerate(self.houses)
            if said[f"pieces{number}"] is not None or said[f"back{number}"]
        ]
