"""What the index knows of a product."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import tantivy

from vafa.engine.terms import joined_terms_of, terms_of, words_of

EDITION = "2"  # raise it when fields or terms change: an index of another edition is made anew
WORDS = {"name": 1.0, "joined": 0.5, "brand": 0.6, "shelf": 0.4, "sheet": 0.3, "text": 0.15}  # fields and their weight


@dataclass(frozen=True, slots=True)
class Feature:
    """A line of a data sheet that is offered as a condition: binding (`specification`, called `name`), hard (`value`).

    Both names are in several languages.
    """

    specification: str
    name: Mapping[str, str]
    value: Mapping[str, str]

    @property
    def code(self) -> str:
        """What stands for it in addresses: the same line of the same words has the same code."""
        said = json.dumps(dict(self.value), sort_keys=True, ensure_ascii=False)
        return f"{self.specification}-{hashlib.sha256(said.encode()).hexdigest()[:8]}"

    def as_text(self) -> str:
        """All of it as one word for the index, so that counting gives the names too."""
        return json.dumps([self.specification, dict(self.name), dict(self.value)], sort_keys=True, ensure_ascii=False)

    @classmethod
    def from_text(cls, text: str) -> Feature:
        return cls(*json.loads(text))


@dataclass(frozen=True, slots=True)
class Entry:
    """One product as it is found. `names` and the other words are in every language; `shelves` are category codes,
    the product's own and all above it; `price_minor` is the lowest, None when it is not for sale; `added` in seconds
    since 1970.
    """

    code: str
    names: Sequence[str]
    brand: str = ""
    brand_names: Sequence[str] = ()
    shelves: Sequence[str] = ()
    shelf_names: Sequence[str] = ()
    sheet: Sequence[str] = ()
    features: Sequence[Feature] = ()
    text: Sequence[str] = ()
    price_minor: int | None = None
    there: bool = True
    added: int = 0


def build_schema() -> tantivy.Schema:
    """Words are split and folded here, so the index splits at spaces only."""
    schema = tantivy.SchemaBuilder()
    schema.add_text_field("code", stored=True, tokenizer_name="raw", index_option="basic")
    for name in WORDS:
        schema.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
    schema.add_text_field("shelf_code", fast=True, tokenizer_name="raw", index_option="basic")
    schema.add_text_field("brand_code", fast=True, tokenizer_name="raw", index_option="basic")
    schema.add_text_field("feature_code", tokenizer_name="raw", index_option="basic")
    schema.add_text_field("feature", fast=True, tokenizer_name="raw", index_option="basic")
    schema.add_integer_field("price", indexed=True, fast=True)
    schema.add_integer_field("added", fast=True)
    schema.add_unsigned_field("there", indexed=True, fast=True)
    return schema.build()


def document_of(entry: Entry) -> tantivy.Document:
    """The entry as the index takes it."""
    document = tantivy.Document()
    document.add_text("code", entry.code)
    document.add_text("name", _terms(entry.names))
    document.add_text("joined", " ".join(term for name in entry.names for term in joined_terms_of(name)))
    document.add_text("brand", _terms(entry.brand_names))
    document.add_text("shelf", _terms(entry.shelf_names))
    document.add_text("sheet", _terms(entry.sheet))
    document.add_text("text", " ".join(word for text in entry.text for word in words_of(text)))
    for shelf in entry.shelves:
        document.add_text("shelf_code", shelf)
    if entry.brand:
        document.add_text("brand_code", entry.brand)
    for feature in entry.features:
        document.add_text("feature_code", feature.code)
        document.add_text("feature", feature.as_text())
    if entry.price_minor is not None:
        document.add_integer("price", entry.price_minor)
    document.add_integer("added", entry.added)
    document.add_unsigned("there", int(entry.there))
    return document


def _terms(texts: Sequence[str]) -> str:
    return " ".join(term for text in texts for term in terms_of(text))
