"""One folding of text for searching and comparing in Persian, Arabic and English. Not for showing."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_LETTERS = str.maketrans(
    {
        "ي": "ی",
        "ى": "ی",
        "ئ": "ی",
        "ك": "ک",
        "ة": "ه",
        "ۀ": "ه",
        "أ": "ا",
        "إ": "ا",
        "آ": "ا",
        "ٱ": "ا",
        "ؤ": "و",
        "ـ": None,  # tatweel only stretches
        "\u200c": " ",  # the zero-width non-joiner is typed as a space, or not at all
        "\u200d": None,
        "\u200e": None,
        "\u200f": None,
    }
)


@lru_cache(maxsize=16_384)
def fold(text: str) -> str:
    """The same word for spellings that people mean as the same.

    Letter case, accents and vowel signs, Arabic against Persian letters and digits, kinds and runs of spaces disappear:
    `fold("São  Paulo") == "sao paulo"`, `fold("كرمان") == fold("کرمان")`.
    """
    plain = unicodedata.normalize("NFKD", text.translate(_LETTERS).casefold())
    decomposed = unicodedata.normalize("NFKD", plain.casefold())  # styled letters (𝕬) have a case only now
    bare = "".join(_digit(each) for each in decomposed if not unicodedata.combining(each))
    return " ".join(bare.translate(_LETTERS).split())


def _digit(character: str) -> str:
    return str(unicodedata.decimal(character)) if character.isdecimal() else character
