"""Texts that are kept in several languages."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

from vafa.kit.formats.preferences import the_language

FIRST_STRONG, END = "\u2068", "\u2069"  # what stands between them is ordered by itself, whatever is around it
RIGHT_TO_LEFT = frozenset({"R", "AL", "AN"})
PLAIN = {"fa": frozenset({"R", "AL", "NSM", "WS", "BN"})}  # what never changes order in a sentence of these languages
PLAIN["ar"] = PLAIN["fa"]


def text_in(texts: str | Mapping[str, str], language: str | None = None) -> str:
    """A `{language: text}` in this language (default: the reader's), else in English, else in the first there is.

    A bare word is the same in all.
    """
    if isinstance(texts, str):
        return texts
    return texts.get(the_language(language)) or texts.get("en") or next(iter(texts.values()), "")


def isolated(text: str, language: str | None = None) -> str:
    """A name to be put into a sentence of this language (default: the reader's), so that neither turns the other's
    order: "Oak" in a Persian sentence, «چوب» in an English one. Left as it is where nothing can turn.
    """
    directions = {unicodedata.bidirectional(sign) for sign in text}
    plain = PLAIN.get(the_language(language))
    turns = directions & RIGHT_TO_LEFT if plain is None else directions - plain
    return f"{FIRST_STRONG}{text}{END}" if turns else text
