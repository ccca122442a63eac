"""The products of a table: rows of one code are its articles; what cannot be used is rejected."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from itertools import groupby, islice

from django.utils.html import strip_tags

from vafa.connectors.facts import Reject, Rejected
from vafa.connectors.goods.columns import TEXTS, Column, Columns
from vafa.connectors.goods.facts import ArticleFacts, ProductFacts
from vafa.connectors.mapping import Mapping
from vafa.connectors.tables import Line, Table
from vafa.connectors.values import amounts
from vafa.kit.formats import plain_digits

SAMPLE = 2000
LONGEST_CODE, LONGEST_SKU, LONGEST_NAME, LONGEST_TEXT = 80, 64, 300, 20_000
MOST_MINOR = 10**15
MOST_PIECES = 10**6
NOT_IN_A_CODE = re.compile(r"[^\w-]+")
BELOW = re.compile(r"\s*[>›»]\s*")  # "Books > Poetry"
PLAIN = Mapping()


class ProductSource:
    """One file with what its columns mean; read anew at each call with the same result. `currency` is the shop's."""

    def __init__(self, table: Table, columns: Columns, *, currency: str) -> None:
        self.table, self.columns, self.name, self.currency = table, columns, table.name, currency
        sample = [line.cells for line in islice(table.lines(), SAMPLE)]
        numbers = [each.place for name in ("price", "weight") for each in columns.of(name)]
        self.decimal = amounts.decimal_mark([cells[place] for cells in sample for place in numbers])

    def products(self, reject: Reject) -> Iterator[ProductFacts]:
        """Every usable product. A code that comes again further down adds articles and says nothing else."""
        reader = _Reader(self, reject)
        for code, lines in groupby(self.table.lines(), key=reader.code):
            facts = reader.product(code, list(lines))
            if facts is not None:
                yield facts


class _Reader:
    """Reads one file once; remembers the codes and articles that have come."""

    def __init__(self, source: ProductSource, reject: Reject) -> None:
        self.source, self.columns, self.reject = source, source.columns, reject
        self.written: dict[str, str] = {}  # {code: as it stood in the file}
        self.articles: set[str] = set()

    def code(self, line: Line) -> str:
        return self._text("code", line) or self._text("sku", line)

    def product(self, written: str, lines: list[Line]) -> ProductFacts | None:
        code = NOT_IN_A_CODE.sub("-", plain_digits(written)).strip("-")
        why = self._refusal(code, written)
        if why:
            for line in lines:
                self._lost(line, why, written)
            return None
        again = code in self.written
        self.written[code] = written
        usable = [line for line in lines if self._fits(line, code)]
        articles = [found for line in usable if (found := self._article(code, line))]
        if not articles:
            return None
        facts = ProductFacts(code, usable[0].number, articles=articles)
        if not again:
            self._add_texts(facts, usable)
        return facts

    def _refusal(self, code: str, written: str) -> str:
        if not code:
            return "no-code"
        if len(code) > LONGEST_CODE:
            return "code-too-long"
        return "code-taken" if self.written.get(code, written) != written else ""

    def _fits(self, line: Line, code: str) -> bool:
        fits = not any(line.cells[len(self.source.table.headings) :])
        if not fits:
            self._lost(line, "too-many-cells", code)
        return fits

    def _article(self, code: str, line: Line) -> ArticleFacts | None:
        choices = {each.option: value[:LONGEST_NAME] for each in self.columns.of("option")
                   if (value := _cell(each, line))}  # fmt: skip
        sku = plain_digits(self._text("sku", line)) or _sku_of(code, choices)
        if len(sku) > LONGEST_SKU or sku in self.articles:
            self._lost(line, "same-article" if sku in self.articles else "code-too-long", sku[:LONGEST_CODE])
            return None
        self.articles.add(sku)
        found = ArticleFacts(line.number, sku, choices)
        self._add_price(found, line)
        self._add_weight(found, line)
        self._add_pieces(found, line)
        return found

    def _add_price(self, article: ArticleFacts, line: Line) -> None:
        column = next((each for each in self.columns.of("price") if _cell(each, line)), None)
        if column is None:
            return
        text, said = _cell(column, line), self._text("currency", line)
        in_toman = column.money == "toman" or bool(amounts.TOMAN_WORD.search(f"{text} {said}"))
        article.currency = "IRR" if in_toman else _currency(said) or column.money or self.source.currency
        minor = amounts.minor_units(text, article.currency, self.source.decimal)
        if minor is not None and in_toman:
            minor *= amounts.TOMAN
        if minor is None or not 0 < minor <= MOST_MINOR:
            self._lost(line, "bad-number" if minor is None else "bad-price", article.sku, "price", text)
        else:
            article.price_minor = minor

    def _add_weight(self, article: ArticleFacts, line: Line) -> None:
        for column in self.columns.of("weight"):
            if text := _cell(column, line):
                article.weight_g = amounts.weight_g(text, column.unit, self.source.decimal)
                if article.weight_g is None:
                    self._lost(line, "bad-number", article.sku, "weight", text)

    def _add_pieces(self, article: ArticleFacts, line: Line) -> None:
        if text := self._text("stock", line):
            pieces = amounts.number(text)
            if pieces is None or not 0 <= pieces <= MOST_PIECES or pieces != int(pieces):
                self._lost(line, "bad-number", article.sku, "stock", text)
            else:
                article.pieces = int(pieces)

    def _add_texts(self, facts: ProductFacts, lines: list[Line]) -> None:
        facts.title = self._texts("title", lines, LONGEST_NAME)
        facts.description = {language: strip_tags(text).strip()
                             for language, text in self._texts("description", lines, LONGEST_TEXT).items()}  # fmt: skip
        facts.brand = self._texts("brand", lines, LONGEST_NAME)
        levels: dict[int, dict[str, str]] = {}
        for name, first in (("category", 0), ("subcategory", len(self._path("category", lines)))):
            for depth, names in self._path(name, lines).items():
                levels.setdefault(first + depth, {}).update(names)
        facts.shelves = [levels[depth] for depth in sorted(levels)]

    def _path(self, name: str, lines: list[Line]) -> dict[int, dict[str, str]]:
        """{depth: {language: name}}; a cell "Books > Poetry" holds two levels."""
        levels: dict[int, dict[str, str]] = {}
        for column in self.columns.of(name):
            parts = BELOW.split(next((text for line in lines if (text := _cell(column, line))), ""))
            for depth, part in enumerate((part for part in parts if part), start=column.level):
                levels.setdefault(depth, {}).setdefault(self._language(column), part[:LONGEST_NAME])
        return levels

    def _texts(self, name: str, lines: list[Line], longest: int) -> dict[str, str]:
        found: dict[str, str] = {}
        for column in self.columns.of(name):
            text = next((text for line in lines if (text := _cell(column, line))), "")
            if text:
                found.setdefault(self._language(column), text[:longest])
        return found

    def _language(self, column: Column) -> str:
        return column.language or self.columns.language

    def _text(self, name: str, line: Line) -> str:
        return next((text for each in self.columns.of(name) if (text := _cell(each, line))), "")

    def _lost(self, line: Line, why: str, code: str, field: str = "", value: str = "") -> None:
        """A field that is named is a value of a row that is used otherwise."""
        self.reject(Rejected(self.source.name, line.number, why, code, field, value, whole_row=not field))


def _cell(column: Column, line: Line) -> str:
    """What the cell says, "" for nothing; line breaks stay in descriptions alone."""
    text = line.cells[column.place].replace("\0", "").strip()
    if PLAIN.is_missing(text):
        return ""
    return text if column.field == "description" or column.field not in TEXTS else " ".join(text.split())


def _sku_of(code: str, choices: dict[str, str]) -> str:
    """An article without a number of its own: the product's code and what was chosen, the same in every run."""
    sku = "-".join([code, *(NOT_IN_A_CODE.sub("-", value).strip("-") for value in choices.values())])
    if len(sku) <= LONGEST_SKU:
        return sku
    return f"{sku[: LONGEST_SKU - 9]}-{hashlib.sha256(sku.encode()).hexdigest()[:8]}"


def _currency(said: str) -> str:
    """The code of a currency as it stands in a cell of its own; "" where there is none."""
    plain = said.strip().upper()
    if plain in {"ریال", "RIAL"}:
        return "IRR"
    return plain if len(plain) == 3 and plain.isascii() and plain.isalpha() else ""
