"""Words of a customer that go onto what is made for him (an engraving, a dedication), and what is wrong with them."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from vafa.engine.configuring import Chosen, Option

# Control characters, halves of letters, letters of private use, and what breaks a line: nobody can engrave them.
UNWRITABLE = frozenset({"Cc", "Cs", "Co", "Zl", "Zp"})
# They turn the writing of what stands around them, and are not seen. Persian needs the joiners, which stay.
TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


class Misword(StrEnum):
    """What is wrong with words."""

    MISSING = "missing"  # some must be written
    TOO_LONG = "too-long"
    UNWRITABLE = "unwritable"  # letters that cannot be written
    UNASKED = "unasked"  # nothing can be written there


@dataclass(frozen=True, slots=True)
class WordFault:
    """What is wrong with the words at an option; `longest` is how many letters fit."""

    option: str
    what: Misword
    longest: int


def as_written(words: str) -> str:
    """The words as they are kept: composed letters, no empty ends."""
    return unicodedata.normalize("NFC", words).strip()


def word_faults(options: Sequence[Option], chosen: Chosen, written: Mapping[str, str]) -> list[WordFault]:
    """What is wrong with what was written ({option: words}) beside the values that are chosen, in the order of the
    options; words at an option of which nothing is chosen come last. Lengths are counted in characters.
    """
    found = []
    for option in options:
        value = next((each for each in option.values if each.code == chosen.get(option.code)), None)
        longest, needed = (value.words_most, value.words_needed) if value else (0, False)
        what = _wrong(written.get(option.code, ""), longest, needed)
        if what is not None:
            found.append(WordFault(option.code, what, longest))
    known = {option.code for option in options}
    strange = sorted(code for code, words in written.items() if words and code not in known)
    return [*found, *(WordFault(code, Misword.UNASKED, 0) for code in strange)]


def _wrong(words: str, longest: int, needed: bool) -> Misword | None:
    if not words:
        return Misword.MISSING if needed else None
    if not longest:
        return Misword.UNASKED
    if any(letter in TURNING or unicodedata.category(letter) in UNWRITABLE for letter in words):
        return Misword.UNWRITABLE
    if all(unicodedata.category(letter)[0] in "ZC" for letter in words):
        return Misword.MISSING if needed else Misword.UNWRITABLE  # joiners alone are nothing
    return Misword.TOO_LONG if len(words) > longest else None
