"""Texts in the shop's languages: a field for each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms import BoundField

from vafa.catalog.forms.seen import SeenForm
from vafa.catalog.models.products import Texts
from vafa.kit.formats import text_in

OWN_NAMES = {"fa": "فارسی", "ar": "العربية", "en": "English"}
RIGHT_TO_LEFT = {"fa", "ar"}
Value = str | Texts


class TextsForm(SeenForm):
    """A form with texts in several languages; `languages` are the shop's, the first one is asked for where a text is
    needed.
    """

    def __init__(self, *args: Any, languages: list[str], **options: Any) -> None:
        self.languages = languages
        self.kept: dict[str, Value] = {}
        self.named: dict[str, str] = {}
        super().__init__(*args, **options)

    def ask_for(
        self, name: str, label: object, value: Value, *, needed: bool = False, most: int = 200, lines: int = 0
    ) -> None:
        """Add the fields of one text with what it is now. A bare word is shown in the first language alone."""
        self.kept[name], self.named[name] = value, str(label)
        shown = {self.languages[0]: value} if isinstance(value, str) else value
        for place, language in enumerate(self.languages):
            direction = "rtl" if language in RIGHT_TO_LEFT else "ltr"
            attributes = {"lang": language, "dir": direction}
            widget = forms.Textarea({**attributes, "rows": lines}) if lines else forms.TextInput(attributes)
            self.fields[f"{name}.{language}"] = forms.CharField(
                label=OWN_NAMES.get(language, language), required=needed and place == 0, max_length=most,
                widget=widget, initial=shown.get(language, ""),
            )  # fmt: skip

    def row_of(self, name: str) -> tuple[str, list[BoundField]]:
        """What it is called, and its fields, a language each."""
        return self.named[name], [self[f"{name}.{language}"] for language in self.languages]

    def _name_of(self, field: BoundField) -> str:
        name = self.named.get(field.name.rpartition(".")[0])
        return f"{name} ({field.label})" if name else super()._name_of(field)

    def texts(self, name: str) -> Texts:
        """What was said, in languages the shop does not have as it was."""
        kept = self.kept[name]
        other = {} if isinstance(kept, str) else {k: v for k, v in kept.items() if k not in self.languages}
        said = {language: self.cleaned_data[f"{name}.{language}"] for language in self.languages}
        return {**other, **{language: text for language, text in said.items() if text}}

    def value(self, name: str) -> Value:
        """The same for a value that may be one word for all: where only the first language has one."""
        texts, kept = self.texts(name), self.kept[name]
        if isinstance(kept, str) and texts == ({self.languages[0]: kept} if kept else {}):
            return kept
        if isinstance(kept, Mapping) and texts == kept:
            return kept
        return text_in(texts) if set(texts) <= {self.languages[0]} else texts
