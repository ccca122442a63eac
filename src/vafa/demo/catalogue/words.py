"""The words of the catalogue, in Persian, Arabic and English."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

LANGUAGES = ("fa", "ar", "en")
SHELVES = ("novels", "poetry", "prose", "history", "science", "life", "children")
DIGITS = {"fa": "۰۱۲۳۴۵۶۷۸۹", "ar": "٠١٢٣٤٥٦٧٨٩", "en": "0123456789"}
Texts = dict[str, str]
Words = tuple[str, str, str]


@lru_cache(maxsize=32)
def read(name: str) -> Mapping[str, Any]:
    """One file of words."""
    return tomllib.loads((Path(__file__).parent / "words" / f"{name}.toml").read_text(encoding="utf-8"))


def texts(words: Words | list[str]) -> Texts:
    """Words in the order of the files, by language."""
    return dict(zip(LANGUAGES, words, strict=True))


def number(value: int) -> Texts:
    """A number in the digits of each language."""
    return {language: str(value).translate(str.maketrans(DIGITS["en"], DIGITS[language])) for language in LANGUAGES}


def filled(pattern: Words | list[str], parts: Mapping[str, Words | list[str]], *, lower: bool = False) -> Texts:
    """A pattern with its parts in each language; within an English sentence the names of subjects begin small."""
    written = []
    for place, sentence in enumerate(pattern):
        put = {name: words[place] for name, words in parts.items()}
        if lower and LANGUAGES[place] == "en":
            put = {name: word.lower() for name, word in put.items()}
        done = sentence.format(**put)
        written.append(done[:1].upper() + done[1:])
    return texts(written)


def joined(sentences: list[Texts]) -> Texts:
    """Sentences one after the other, in each language."""
    return {language: " ".join(sentence[language] for sentence in sentences) for language in LANGUAGES}
