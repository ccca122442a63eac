"""A table of what can be chosen of products: a row for each value of an option, and one for each rule between two."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.translation import gettext as _

from vafa.catalog.actions.options import MOST_MINOR, OptionTerms, RuleTerms, ValueTerms, is_code
from vafa.catalog.models import Option, OptionRule, Product
from vafa.catalog.models.products import Texts
from vafa.connectors.rejects import FORMULA, harmless
from vafa.connectors.tables.table import Line, Table
from vafa.engine.configuring import Pick, Tie
from vafa.kit.fields import plain_number
from vafa.kit.problems import Problem

AMOUNT = re.compile(r"\d{1,18}(?:\.\d{1,4})?", re.ASCII)
LANGUAGES = ("fa", "ar", "en")
NEEDED = ("product", "option", "needed", "value", "days", "parts", "letters", "must write")
YES, NO = {"yes", "y", "true", "1", "بله", "آری", "نعم"}, {"", "no", "n", "false", "0", "خیر", "نه", "لا"}
RIALS = {"toman": 10, "rial": 1}
LONGEST_TEXT = 200
LONGEST = {"option": 60, "value": 60, "why": 200}  # as where they are written by hand


@dataclass(frozen=True, slots=True)
class Fault:
    """What cannot be used, and in which row of the file."""

    line: int
    sentence: str


@dataclass(slots=True)
class ProductRows:
    """What the table says of one product. With faults nothing of the product is used."""

    code: str
    line: int
    options: list[OptionTerms] = field(default_factory=list)
    rules: list[RuleTerms] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Money:
    """How surcharges are written: the heading's suffix, and how many minor units make one."""

    unit: str
    minors: int


def money_of(currency: str, minors: int, *, toman: bool) -> Money:
    """How this shop's table writes its surcharges; `minors` are those of the currency."""
    if currency == "IRR":
        unit = "toman" if toman else "rial"
        return Money(unit, RIALS[unit])
    return Money(currency, minors)


def headings(money: Money) -> list[str]:
    """Those of the whole table, in their order."""
    texts = {name: [f"{name}.{language}" for language in LANGUAGES] for name in ("option", "value", "why")}
    return [
        "product", "option", *texts["option"], "needed", "value", *texts["value"], f"surcharge.{money.unit}", "days",
        "parts", "letters", "must write", "rule", "other", *texts["why"],
    ]  # fmt: skip


def written(told: Iterable[tuple[Product, Sequence[Option], Sequence[OptionRule]]], money: Money) -> Iterator[str]:
    """The table as CSV, product by product; no cell is a formula for a spreadsheet."""
    names = headings(money)
    yield "\ufeff" + _line(names)
    for product, options, rules in told:
        for row in [*_value_rows(product, options, money), *_rule_rows(product, rules)]:
            yield _line([harmless(row.get(name, "")) for name in names])


def _line(cells: Sequence[str]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerow(cells)
    return text.getvalue()


def _value_rows(product: Product, options: Sequence[Option], money: Money) -> Iterator[dict[str, str]]:
    for option in options:
        for value in option.values.all():
            minor = value.surcharge_minor
            yield {
                "product": product.code, "option": option.code, "needed": "yes" if option.needed else "no",
                "value": value.code, **_in_columns("option", option.name), **_in_columns("value", value.name),
                f"surcharge.{money.unit}": "" if minor is None else _plain(Decimal(minor) / money.minors),
                "days": str(value.lead_days), "letters": str(value.words_most),
                "parts": "; ".join(f"{part}: {pieces}" for part, pieces in value.parts.items()),
                "must write": "yes" if value.words_needed else "no",
            }  # fmt: skip


def _rule_rows(product: Product, rules: Sequence[OptionRule]) -> Iterator[dict[str, str]]:
    for rule in rules:
        yield {
            "product": product.code, "option": rule.value.option.code, "value": rule.value.code, "rule": rule.tie,
            "other": f"{rule.other.option.code}/{rule.other.code}", **_in_columns("why", rule.why),
        }  # fmt: skip


def _in_columns(name: str, texts: Texts) -> dict[str, str]:
    return {f"{name}.{language}": text for language, text in texts.items()}


def _plain(number: Decimal) -> str:
    return format(number.normalize(), "f")


def read(table: Table, money: Money, *, most: int | None = None) -> list[ProductRows]:
    """What the table says, product by product in its order. Problems: `no-columns`, `other-currency`, `too-many`,
    `empty`; a row that cannot be used is told as a fault of its product.
    """
    columns, money = _columns(table.headings, money)
    found: dict[str, _Reading] = {}
    for count, line in enumerate(table.lines(), start=1):
        if most is not None and count > most:
            raise Problem("too-many", _("Not more than %(most)s lines.") % {"most": most}, field="file")
        cells = _Cells(line, columns)
        code = cells["product"]
        found.setdefault(code, _Reading(code, line.number, money)).take(cells)
    if not found:
        raise Problem("empty", _("No line of this can be used."), field="file")
    return [each.told() for each in found.values()]


def _columns(names: Sequence[str], money: Money) -> tuple[dict[str, int], Money]:
    columns = {name.strip().lower(): place for place, name in reversed(list(enumerate(names)))}
    missing = [name for name in NEEDED if name not in columns]
    if missing:
        sentence = _("These columns are missing: %(names)s. Take the table out once and look.")
        raise Problem("no-columns", sentence % {"names": ", ".join(missing)}, field="file")
    for name in [each for each in columns if each.startswith("surcharge")]:
        unit = name.partition(".")[2]
        same = {money.unit.lower(), *(RIALS if money.unit in RIALS else ())}
        if unit and unit not in same:
            raise Problem(
                "other-currency", _("The surcharges of this table are not in the shop's money."), field="file"
            )
        columns["surcharge"] = columns[name]
        money = Money(unit, RIALS[unit]) if unit in RIALS else money
    return columns, money


class _Cells:
    """One row by the names of its columns; a cell that was made harmless for spreadsheets is what it was."""

    def __init__(self, line: Line, columns: Mapping[str, int]) -> None:
        self.line, self._cells, self._columns = line.number, line.cells, columns

    def __getitem__(self, name: str) -> str:
        place = self._columns.get(name)
        text = "" if place is None else self._cells[place].replace("\x00", "").strip()
        return text[1:] if text.startswith("'") and text[1:].startswith(FORMULA) else text

    def texts(self, name: str) -> Texts:
        said = {language: self[f"{name}.{language}"] for language in LANGUAGES}
        if max(map(len, said.values())) > LONGEST[name]:
            raise Problem("too-long", _("A name or reason has %(most)s characters at most.") % {"most": LONGEST[name]})
        return {language: text for language, text in said.items() if text}


class _Reading:
    """The rows of one product, gathered."""

    def __init__(self, code: str, line: int, money: Money) -> None:
        self.rows = ProductRows(code, line)
        self.money = money
        self.values: dict[str, dict[str, ValueTerms]] = {}
        self.names: dict[str, tuple[Texts, bool]] = {}
        if not code:
            self._wrong(line, _("The row names no product."))

    def take(self, cells: _Cells) -> None:
        if not all(is_code(cells[name]) for name in ("option", "value")):
            sentence = _("Options and values need a short code of letters and digits, like o1 and v1.")
            self._wrong(cells.line, sentence)
            return
        try:
            if cells["rule"]:
                self._rule(cells)
            else:
                self._value(cells)
        except Problem as refused:
            self._wrong(cells.line, str(refused))

    def told(self) -> ProductRows:
        self.rows.options = [
            OptionTerms(name, list(self.values[code].values()), needed, code)
            for code, (name, needed) in self.names.items()
        ]
        return self.rows

    def _wrong(self, line: int, sentence: str) -> None:
        self.rows.faults.append(Fault(line, sentence))

    def _value(self, cells: _Cells) -> None:
        option, code = cells["option"], cells["value"]
        said = cells.texts("option"), _truth(cells["needed"])
        if self.names.setdefault(option, said) != said:
            raise Problem("two-names", _("The option is named otherwise than in an earlier row."))
        values = self.values.setdefault(option, {})
        if code in values:
            raise Problem("twice", _("This value stands in the table already."))
        values[code] = ValueTerms(
            cells.texts("value"), self._minor(cells["surcharge"]), _count(cells["days"]), _parts(cells["parts"]), code,
            _count(cells["letters"]), _truth(cells["must write"]),
        )  # fmt: skip

    def _rule(self, cells: _Cells) -> None:
        tie = cells["rule"].lower()
        if tie not in {each.value for each in Tie}:
            raise Problem("bad-rule", _("A rule is “requires” or “excludes”."))
        option, _slash, value = cells["other"].partition("/")
        other: Pick = (option.strip(), value.strip())
        this: Pick = (cells["option"], cells["value"])
        if any((each.value, each.other) == (this, other) for each in self.rows.rules):
            raise Problem("twice", _("A rule between these two stands in the table already."))
        self.rows.rules.append(RuleTerms(Tie(tie), this, other, cells.texts("why"), cells.line))

    def _minor(self, text: str) -> int | None:
        if not text:
            return None
        said = AMOUNT.fullmatch(plain_number(text))
        minor = Decimal(said[0]) * self.money.minors if said else None
        if minor is None or minor != int(minor) or minor > MOST_MINOR:
            raise Problem("bad-amount", _("The surcharge is no amount of the shop's money."))
        return int(minor)


def _truth(text: str) -> bool:
    if text.lower() not in YES | NO:
        raise Problem("bad-truth", _("Write “yes” or “no”."))
    return text.lower() in YES


def _count(text: str) -> int:
    digits = plain_number(text) or "0"
    if not digits.isdecimal() or len(digits) > 6:
        raise Problem("bad-count", _("“%(said)s” is no whole number.") % {"said": text[:20]})
    return int(digits)


def _parts(text: str) -> dict[str, int]:
    found: dict[str, int] = {}
    for each in text.replace("\n", ";").split(";"):
        name, _colon, pieces = (part.strip() for part in each.rpartition(":"))
        if each.strip() and not name:
            raise Problem("bad-parts", _("Write a part and how many of it, like: oak board: 6"))
        if each.strip():
            found[name[:LONGEST_TEXT]] = found.get(name[:LONGEST_TEXT], 0) + _count(pieces)
    return found
