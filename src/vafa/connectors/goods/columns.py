"""Which column of a table of products means what, by its heading."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import islice
from pathlib import Path

from django.utils.translation import gettext as _

from vafa.connectors.guessing.names import plain
from vafa.connectors.tables import Table
from vafa.engine.folding import fold
from vafa.kit.problems import Problem

FILE = Path(__file__).with_name("names.toml")
FIELDS = ("code", "sku", "title", "description", "category", "subcategory", "brand", "price", "currency", "stock",
          "weight")  # fmt: skip
TEXTS = frozenset({"title", "description", "category", "subcategory", "brand"})
LANGUAGES = ("fa", "ar", "en")
SAMPLE = 400
ARABIC_LETTER = re.compile(r"[\u0600-\u06ff]")
OF_ARABIC_ALONE = re.compile(r"[ةىأإ]|\bال")
OF_PERSIAN_ALONE = re.compile(r"[پچژگیک]")
OPTION_NAME = re.compile(r"[\w-]{1,40}")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: the field it fills, and what its heading says besides. `option` names the option of a field "option".

    `level` is the depth of a category (1 is the top), 0 where the heading tells none.
    """

    place: int
    heading: str
    field: str
    language: str = ""
    money: str = ""
    unit: str = ""
    level: int = 0
    option: str = ""


@dataclass(frozen=True, slots=True)
class Columns:
    """What a file's columns mean; `language` is that of texts whose heading names none, `unused` the other headings."""

    known: tuple[Column, ...]
    language: str
    unused: tuple[str, ...] = ()
    by_field: Mapping[str, tuple[Column, ...]] = field(default_factory=dict)

    def of(self, name: str) -> tuple[Column, ...]:
        return self.by_field.get(name, ())


def columns_of(table: Table, *, said: Iterable[str] = (), language: str = "", otherwise: str = "fa") -> Columns:
    """What the columns mean, by their names and by what is `said` ("title.en=Heading").

    `language` "" is found out from the letters of the texts; `otherwise` is taken where letters do not tell.
    Problems: `wrong-columns` where nothing names the products or nothing is told of them, `bad-mapping`.
    """
    told = [_told(each, table) for each in said]
    taken = {(each.field, each.language, each.level, each.option) for each in told}
    places = {each.place for each in told}
    guessed = []
    for place, heading in enumerate(table.headings):
        found = _read(place, heading)
        key = (found.field, found.language, found.level, found.option) if found else None
        if found and place not in places and key not in taken:
            guessed.append(found)
            taken.add((found.field, found.language, found.level, found.option))
    known = _with_levels([*told, *guessed])
    used = {each.place for each in known}
    _require(table, known)
    by_field = {name: tuple(each for each in known if each.field == name) for name in {each.field for each in known}}
    unused = tuple(heading for place, heading in enumerate(table.headings) if place not in used and heading)
    return Columns(tuple(known), language or _language(table, by_field, otherwise), unused, by_field)


def _require(table: Table, known: list[Column]) -> None:
    names = {each.field for each in known}
    if not names & {"code", "sku"}:
        sentence = _("“%s” has no column with the code of the product.")
        raise Problem("wrong-columns", sentence % table.name, field="code")
    if not names - {"code", "sku", "currency"}:
        raise Problem("wrong-columns", _("“%s” tells nothing of its products but their codes.") % table.name)


@lru_cache(maxsize=1)
def _words() -> tuple[dict[str, str], dict[str, str], dict[str, dict[str, str]]]:
    """{name: field}, {name: option}, {kind: {word: what it means}}, all as `plain` writes them."""
    data = tomllib.loads(FILE.read_text(encoding="utf-8"))

    def turned(group: str) -> dict[str, str]:
        return {plain(name): key for key, names in data[group].items() for name in names}

    return turned("names"), turned("options"), {kind: turned(kind) for kind in ("languages", "money", "weight")}


def _read(place: int, heading: str) -> Column | None:
    """A heading with what stands behind its name; None where it means nothing to us."""
    names, options, kinds = _words()
    words = re.sub(r"(?<=\D)(\d)$", r" \1", plain(heading)).split()
    beside = {"languages": "", "money": "", "weight": ""}
    level = 0
    while words:
        name = " ".join(words)
        if name in names:
            return Column(place, heading, names[name], beside["languages"], beside["money"], beside["weight"], level)
        if name in options:
            return Column(place, heading, "option", option=options[name])
        last = words.pop()
        kind = next((kind for kind, known in kinds.items() if last in known), None)
        if kind:
            beside[kind] = kinds[kind][last]
        elif last.isdigit() and not level:
            level = int(last)
        else:
            return None
    return None


def _told(said: str, table: Table) -> Column:
    """ "title.en=Heading", "option.color=Heading", "price.toman=Heading", "category.2=Heading"."""
    wanted, _equals, heading = said.partition("=")
    name, _dot, beside = wanted.strip().partition(".")
    place = next((place for place, each in enumerate(table.headings) if fold(each) == fold(heading)), None)
    if place is None:
        raise Problem("wrong-columns", _("“%(file)s” has no column “%(column)s”.")
                      % {"file": table.name, "column": heading}, field="column")  # fmt: skip
    found = Column(place, table.headings[place], name)
    if name == "option" and OPTION_NAME.fullmatch(beside):
        return replace(found, option=beside)
    if name in FIELDS and not beside:
        return found
    if name in TEXTS and beside in LANGUAGES:
        return replace(found, language=beside)
    if name == "price" and (beside == "toman" or (len(beside) == 3 and beside.isascii() and beside.isalpha())):
        return replace(found, money=beside if beside == "toman" else beside.upper())
    if name == "category" and beside.isdecimal():
        return replace(found, level=int(beside))
    raise Problem("bad-mapping", _("“%s” says of no column what it means; write for example title.en=Name.") % said)


def _with_levels(known: list[Column]) -> list[Column]:
    """Where levels are numbered, a column of categories without a number is another grouping and not used."""
    if not any(each.level for each in known if each.field == "category"):
        return known
    return [each for each in known if each.field not in {"category", "subcategory"} or each.level]


def _language(table: Table, by_field: Mapping[str, tuple[Column, ...]], otherwise: str) -> str:
    """The language of texts without one, from the letters in the first rows: most of them decide."""
    places = [each.place for name in ("title", "description", "category") for each in by_field.get(name, ())
              if not each.language]  # fmt: skip
    text = " ".join(line.cells[place] for line in islice(table.lines(), SAMPLE) for place in places)
    arabic, letters = len(ARABIC_LETTER.findall(text)), sum(letter.isalpha() for letter in text)
    if not letters:
        return otherwise
    if arabic * 2 < letters:
        return otherwise if otherwise not in {"fa", "ar"} else "en"
    of_arabic, of_persian = len(OF_ARABIC_ALONE.findall(text)), len(OF_PERSIAN_ALONE.findall(text))
    if of_arabic == of_persian:
        return otherwise if otherwise in {"fa", "ar"} else "fa"
    return "ar" if of_arabic > of_persian else "fa"
