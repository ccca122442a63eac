"""What places are called: the lists that come with Vafa, and above them what the owner says.

Two spellings name one place where a list or the owner says so. Orders keep the names they were imported with; the names
are joined where the history is read (`queries.places`), so a row taken back joins nothing any more.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from vafa.engine.folding import fold
from vafa.shop import city_names, region_names

LANGUAGES = ("fa", "ar", "en")


def squashed(name: str) -> str:
    """A name as it is compared: folded, without spaces and hyphens."""
    return "".join(letter for letter in fold(name) if letter.isalnum())


@dataclass(frozen=True, eq=False)
class Named:
    """One city or region: what it is called by language, and every spelling that means it."""

    called: Mapping[str, str]
    spellings: tuple[str, ...]

    @cached_property
    def folded(self) -> frozenset[str]:
        """The spellings as tables hold them for looking up."""
        return frozenset(fold(name) for name in self.spellings)


@dataclass(frozen=True, eq=False)
class Naming:
    """Every named place by each of its squashed spellings."""

    places: Mapping[str, Named]

    def place(self, name: str) -> Named | None:
        """What is known of the place that is called so; None where it is listed nowhere."""
        return self.places.get(squashed(name))

    def names_of(self, name: str) -> tuple[str, ...]:
        """Every spelling of the place that is called so; just this one where it is listed nowhere."""
        found = self.place(name)
        return (name,) if found is None else found.spellings

    def name_in(self, name: str, language: str) -> str:
        """What the place is called in a language (`fa`, `ar`, `en`); the name itself where nobody says it."""
        found = self.place(name)
        return name if found is None else found.called.get(language, name)

    def joined(self, name: str) -> Named | None:
        """The place, where this spelling of it is one of those that are joined in the history."""
        found = self.place(name)
        return found if found is not None and fold(name) in found.folded else None

    def key(self, name: str) -> str:
        """The same text for every spelling of one place, and for spellings that differ in letter case or spaces."""
        return squashed(self.names_of(name)[0])


def naming_of(rows: Iterable[Mapping[str, str]]) -> Naming:
    """The lists with the owner's `rows` above them: {"fa", "ar", "en", "also"}, each "" where nothing is said, further
    spellings in `also` separated by commas.
    """
    return _naming(json.dumps(list(rows), sort_keys=True))


def spellings_in(row: Mapping[str, str]) -> tuple[str, ...]:
    """Every name in one of the owner's rows, each once."""
    named = [row[language] for language in LANGUAGES] + row["also"].replace("،", ",").split(",")
    return tuple(dict.fromkeys(name.strip() for name in named if name.strip()))


@lru_cache(maxsize=1)
def _listed() -> dict[str, Named]:
    """The lists; of two places of one name the region counts for showing, and both have the same names anyway."""
    found: dict[str, Named] = {}
    for line in [*region_names.NAMES.strip().splitlines(), *city_names.NAMES.strip().splitlines()]:
        persian, english, *others = names = line.split("|")
        place = Named({"fa": persian, "en": english, "ar": (others or [persian])[0]}, tuple(dict.fromkeys(names)))
        for name in names:
            found.setdefault(squashed(name), place)
    return found


@lru_cache(maxsize=4)
def _naming(rows: str) -> Naming:
    found = dict(_listed())
    for row in json.loads(rows):
        own = spellings_in(row)
        joined = list(dict.fromkeys(found[squashed(name)] for name in own if squashed(name) in found))
        called = {language: name for place in reversed(joined) for language, name in place.called.items()}
        called |= {language: row[language].strip() for language in LANGUAGES if row[language].strip()}
        names = (*own, *(name for place in joined for name in place.spellings))
        place = Named(called, tuple(dict.fromkeys(names)))
        found |= {squashed(name): place for name in names}
    return Naming(found)
