"""One thing on the shelf, as the catalogue imagines it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date

from vafa.demo.catalogue.words import Texts


@dataclass(frozen=True)
class Pile:
    """So many pieces in a storehouse; `back_on` when more are expected."""

    storehouse: str
    pieces: int
    back_on: date | None = None


@dataclass(frozen=True)
class Edition:
    """What can be bought of a thing. Price in thousand toman."""

    choices: dict[str, Texts]
    price: int
    weight_g: int
    piles: tuple[Pile, ...]


@dataclass(frozen=True)
class Thing:
    """A book or a phone; `art` chooses among the designs of covers, `age_days` is how long the shop has had it."""

    code: str
    shelf: str
    art: str
    title: Texts
    maker: Texts
    description: Texts
    sheet: dict[str, Texts]
    age_days: int
    editions: tuple[Edition, ...] = field(default_factory=tuple)

    @property
    def maker_code(self) -> str:
        return slug(self.maker["en"])


def slug(words: str) -> str:
    """English words as they stand in an address."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower().replace("'", "")
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
