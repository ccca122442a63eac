"""What is said of a shelf, a brand, a storehouse."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from vafa.catalog.forms.texts import TextsForm
from vafa.catalog.models import Category
from vafa.catalog.models.products import SpecificationTerms, Texts
from vafa.kit.formats import text_in

EMPTY_LINES = 3


class NamedForm(TextsForm):
    """A code, for a new one, and a name in each language."""

    code = forms.SlugField(
        label=_("Code"),
        max_length=64,
        help_text=_("Small Latin letters, digits and dashes; cannot be changed later."),
        widget=forms.TextInput({"dir": "ltr"}),
    )

    def __init__(self, *args: Any, name: Texts, is_new: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not is_new:
            del self.fields["code"]
        self.ask_for("name", _("Name"), name, needed=True)

    def names(self) -> tuple[str, list[BoundField]]:
        """The name, a field for each language."""
        return self.row_of("name")


class CategoryForm(NamedForm):
    """A shelf with the lines of its data sheets."""

    parent = forms.ModelChoiceField(label=_("Lies below"), queryset=Category.objects.none(), required=False)

    def __init__(self, *args: Any, category: Category, **options: Any) -> None:
        self.terms = [*category.specifications]
        super().__init__(*args, name=category.name, is_new=category.pk is None, **options)
        parent: Any = self.fields["parent"]
        parent.queryset = Category.objects.exclude(pk=category.pk).order_by("position", "code")
        parent.label_from_instance = lambda each: text_in(each.name) or each.code
        self.initial["parent"] = category.parent_id
        self.count = len(self.terms) + EMPTY_LINES
        for number in range(self.count):
            line: Any = self.terms[number] if number < len(self.terms) else {}
            self.ask_for(f"line{number}", _("Line %(number)s") % {"number": number + 1}, line.get("name", {}), most=80)
            self.fields[f"unit{number}"] = forms.CharField(
                label=_("Unit"), max_length=20, required=False, initial=line.get("unit", "")
            )
            self.fields[f"facet{number}"] = forms.BooleanField(
                label=_("Customers can narrow by it"), required=False, initial=line.get("facet", False)
            )

    def lines(self) -> list[tuple[str, list[BoundField], BoundField, BoundField]]:
        """Each line: what it is called, its name by language, its unit, whether it narrows."""
        return [
            (*self.row_of(f"line{number}"), self[f"unit{number}"], self[f"facet{number}"])
            for number in range(self.count)
        ]

    def specifications(self) -> list[SpecificationTerms]:
        """The lines that have a name; a new one gets a code from it."""
        found: list[SpecificationTerms] = []
        for number in range(self.count):
            name = self.texts(f"line{number}")
            if not name:
                continue
            known = self.terms[number]["code"] if number < len(self.terms) else ""
            taken = {line["code"] for line in [*self.terms, *found]}
            code = known or _free(slugify(name.get("en", "")) or f"line-{number + 1}", taken)
            said = self.cleaned_data
            found.append({"code": code, "name": name, "unit": said[f"unit{number}"], "facet": said[f"facet{number}"]})
        return found


def _free(code: str, taken: set[str]) -> str:
    number, free = 1, code
    while free in taken:
        number += 1
        free = f"{code}-{number}"
    return free
