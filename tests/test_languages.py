"""Persian and Arabic are equals: every text of the sources is translated, whole, and with its placeholders."""

from __future__ import annotations

import importlib.util
import io
import re
import sys
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = ("fa", "ar")


@cache
def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("vafa_messages", ROOT / "tools" / "messages.py")
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@cache
def found() -> Catalog:
    return tool().template()


COUNT = re.compile(r"(?<![\w/:;.\-])[0-9]+(?![\w/;\-]|:[0-9])")  # no part of a date, a time, a code or a name


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_count_in_a_sentence_is_written_in_the_digits_of_its_language(language):
    texts = (text for message in tool().read(language) if message.id for text in _forms(message.string))
    assert [text for text in texts if COUNT.search(re.sub(r"%\(\w+\)s|&#?\w+;", "", text))] == []


def _forms(said: str | tuple[str, ...]) -> tuple[str, ...]:
    return (said,) if isinstance(said, str) else tuple(said)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_of_the_sources_is_translated(language):
    catalog = tool().read(language)
    translated = {(message.id, message.context) for message in catalog if message.id and tool().is_done(message)}
    missing = [str(message.id) for message in found() if message.id and (message.id, message.context) not in translated]
    assert missing == [], "run `python3 dev.py messages` and translate what is empty"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_catalogue_holds_nothing_that_the_sources_have_lost(language):
    known = {(message.id, message.context) for message in found()}
    assert [str(message.id) for message in tool().read(language) if (message.id, message.context) not in known] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_keep_their_placeholders(language):
    wrong = [
        str(message.id)
        for message in tool().read(language)
        if message.id and tool().is_done(message) and not tool().has_its_placeholders(message)
    ]
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_compiled_catalogue_is_fresh(language):
    fresh = io.BytesIO()
    write_mo(fresh, tool().read(language))
    assert tool().po(language).with_suffix(".mo").read_bytes() == fresh.getvalue()


def test_persian_is_written_with_persian_letters():
    """Arabic kaf and yeh look alike but sort and search as other letters."""
    text = tool().po("fa").read_text(encoding="utf-8")
    assert [line for line in text.splitlines() if "ك" in line or "ي" in line] == []


def test_a_message_that_lost_its_placeholder_is_noticed():
    catalog = Catalog(locale="fa")
    whole = catalog.add("%(n)s of %(of)s", "%(n)s از %(of)s")
    lost = catalog.add("%(done)s of %(all)s", "%(done)s")
    assert tool().has_its_placeholders(whole)
    assert not tool().has_its_placeholders(lost)
