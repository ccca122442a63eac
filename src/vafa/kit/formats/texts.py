"""Texts that are kept in several languages."""

from __future__ import annotations

from collections.abc import Mapping

from vafa.kit.formats.preferences import the_language


def text_in(texts: str | Mapping[str, str], language: str | None = None) -> str:
    """A `{language: text}` in this language (default: the reader's), else in English, else in the first there is.

    A bare word is the same in all.
    """
    if isinstance(texts, str):
        return texts
    return texts.get(the_language(language)) or texts.get("en") or next(iter(texts.values()), "")
