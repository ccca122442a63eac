"""Postal codes, cities and countries of addresses."""

from __future__ import annotations

from functools import lru_cache

from babel import Locale

from vafa.engine.folding import fold
from vafa.engine.history import Place

CODE_LENGTH = 5
LANGUAGES = ("en", "fa", "ar", "pt", "fr", "de", "es")
ALSO = {
    "usa": "US",
    "uk": "GB",
    "uae": "AE",
    "congo drc": "CD",
    "south korea": "KR",
    "ivory coast": "CI",
    "swaziland": "SZ",
}


@lru_cache(maxsize=1)
def _countries() -> dict[str, str]:
    names = dict(ALSO)
    for language in LANGUAGES:
        territories = Locale(language).territories
        names |= {_bare(str(name)): str(code) for code, name in territories.items() if len(code) == 2}
    return names


def country_code(text: str) -> str:
    """The two letters of a country, from its code or its name; "" when it is not known."""
    if len(text) == 2 and text.isascii() and text.isalpha():
        return text.upper()
    return _countries().get(_bare(text), "")


def _bare(name: str) -> str:
    return fold(name).replace("’", "").replace("'", "").replace("-", " ").replace(",", "")


def area_of(postal_code: str, length: int = CODE_LENGTH) -> str:
    """The part of a postal code that names an area and not a house: "90210-1234" → "90210", "SW1A 1AA" → "SW1A"."""
    code = fold(postal_code.strip().lstrip("'’")).upper()
    head = code.replace("-", " ").split(" ")[0] if len(code) > length else code
    return head[:length]


def place_of(code: str, city: str, region: str, country: str) -> Place | None:
    """The place of an address; its code is the postal area, else the city with its region, else region or country."""
    named = code or ", ".join(fold(part) for part in (city, region) if part) or country
    if not named:
        return None
    return Place(named[:64], city[:120], (region or ("" if city or code else country))[:120], country_code(country))
