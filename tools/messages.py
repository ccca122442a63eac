#!/usr/bin/env python3
"""Gather, merge and compile the catalogues of messages, without the gettext programs.

Django finds the marks in templates, Babel does the rest. `python3 dev.py messages` runs it;
`tests/test_languages.py` asks it what is missing.
"""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ROOT / "src" / "vafa"
LOCALE = SOURCES / "locale"
LANGUAGES = ("fa", "ar")
PLACEHOLDER = re.compile(r"%\(\w+\)[sdif]|%[sd]|\{\w*\}|<[^>]+>")
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
# As Django's own catalogues have it: none, one, two, few (3-10), many (11-99), other. Babel swaps the last
# two.
ARABIC = "n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 && n%100<=99 ? 4 : 5"
BEGINNING = datetime(2026, 11, 22, tzinfo=UTC)  # a date that moved would change every catalogue at every run


def main() -> int:
    found = template()
    for language in LANGUAGES:
        catalog = merged(language, found)
        write(language, catalog)
        waiting = sum(1 for message in catalog if message.id and not is_done(message))
        print(f"{language}: {len(catalog)} messages, {waiting} still to be translated")
    return 0


def template() -> Catalog:
    """All messages that the sources hold now."""
    catalog = Catalog(creation_date=BEGINNING)
    for path in sorted(sources()):
        where = path.relative_to(ROOT).as_posix()
        for line, message, comments, context in _extracted(path):
            catalog.add(message, None, [(where, line)], context=context, auto_comments=comments)
    return catalog


def sources() -> Iterator[Path]:
    for pattern in ("**/*.py", "**/templates/**/*.html"):
        for path in SOURCES.glob(pattern):
            if not {"tests", "migrations"} & set(path.parts):
                yield path


def merged(language: str, found: Catalog) -> Catalog:
    """The catalogue with today's messages: translations kept, what is gone dropped, nothing guessed."""
    catalog = read(language)
    catalog.update(found, no_fuzzy_matching=True, update_creation_date=False)
    catalog.obsolete.clear()
    return with_steady_header(catalog, language)


def read(language: str) -> Catalog:
    path = po(language)
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def with_steady_header(catalog: Catalog, language: str) -> Catalog:
    catalog.header_comment = f"# Vafa, language {language}. Gathered by: python3 dev.py messages"
    catalog.project, catalog.version, catalog.fuzzy = "Vafa", "1", False
    catalog.msgid_bugs_address = catalog.last_translator = catalog.language_team = "Vafa"
    catalog.creation_date = catalog.revision_date = BEGINNING
    if language == "ar":
        catalog.mime_headers = [("Plural-Forms", f"nplurals=6; plural=({ARABIC});")]
    return catalog


def write(language: str, catalog: Catalog) -> None:
    path = po(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    text, binary = io.BytesIO(), io.BytesIO()
    write_po(text, catalog, width=120, sort_output=True, include_lineno=False, ignore_obsolete=True)
    write_mo(binary, catalog)
    path.write_bytes(text.getvalue())
    path.with_suffix(".mo").write_bytes(binary.getvalue())


def po(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def is_done(message: Message) -> bool:
    """Translated in every plural form, not fuzzy."""
    strings = message.string if isinstance(message.string, list | tuple) else (message.string,)
    return all(strings) and not message.fuzzy


def has_its_placeholders(message: Message) -> bool:
    """Whether every form of the translation has the placeholders of the source. A form for exactly one or two may say
    the number in a word and leave its placeholder out."""
    sources_ = message.id if isinstance(message.id, list | tuple) else (message.id,)
    wanted = [set(PLACEHOLDER.findall(text)) for text in sources_]
    strings = message.string if isinstance(message.string, list | tuple) else (message.string,)
    if len(wanted) == 1:
        return set(PLACEHOLDER.findall(strings[0])) == wanted[0]
    least, most = wanted[0] & wanted[1], wanted[0] | wanted[1]
    number = {mark for mark in most if mark in {"%(n)s", "%(shown)s", "%(count)s", "%(counter)s", "%(number)s"}}
    return all(least - number <= set(PLACEHOLDER.findall(text)) <= most for text in strings)


def _extracted(path: Path) -> Iterator[tuple[int, str | tuple[str, ...], list[str], str | None]]:
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".html":
        # What is left of a template looks like Python, except for its indents.
        text = "\n".join(line.strip() for line in templatize(text, origin=str(path)).splitlines())
    source = io.BytesIO(text.encode())
    yield from extract("python", source, KEYWORDS, ("Translators:",), {"encoding": "utf-8"})


if __name__ == "__main__":
    sys.exit(main())
