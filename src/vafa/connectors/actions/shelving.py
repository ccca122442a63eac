"""Shelves and brands by the names that a file gives them: the known ones are found, the others are made."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence

from django.utils.text import slugify

from vafa.catalog.actions import CategoryRow, remember_brands, remember_categories
from vafa.catalog.queries import brand_names, shelves
from vafa.engine.folding import fold

LONGEST = 60
ELSE = {"fa": "دیگر", "ar": "أخرى", "en": "Other"}  # where products lie of which no shelf is told
Names = Mapping[str, str]


class Shelves:
    """Finds shelves by their names below their parent in any language, or by their code; collects those to be made."""

    def __init__(self) -> None:
        self.fresh: dict[str, CategoryRow] = {}
        self.codes: dict[str, str] = {}  # {code: parent}
        self.by_name: dict[tuple[str, str], str] = {}
        for shelf in shelves().values():
            self._keep(shelf.code, shelf.above[-1] if shelf.above else "", shelf.name)

    def code_of(self, path: Sequence[Names]) -> str:
        """The code of the shelf with these names from the top down; the one for everything else where none is told."""
        parent = ""
        steps = list(path) or [ELSE]
        for depth, names in enumerate(steps, start=1):
            parent = self._found(parent, names) or self._make(parent, steps[:depth])
        return parent

    def remember(self) -> int:
        """Make what was missing; how many."""
        return remember_categories(list(self.fresh.values()))

    def _found(self, parent: str, names: Names) -> str:
        folded = [fold(name) for name in names.values()]
        named = next((self.by_name[parent, name] for name in folded if (parent, name) in self.by_name), "")
        return named or next((name for name in folded if self.codes.get(name) == parent), "")

    def _make(self, parent: str, path: Sequence[Names]) -> str:
        code = _code([_plainest(names) for names in path], self.codes, allow_unicode=False)
        self.fresh[code] = CategoryRow(code, dict(path[-1]), parent)
        self._keep(code, parent, path[-1])
        return code

    def _keep(self, code: str, parent: str, names: Names) -> None:
        self.codes[code] = parent
        for name in names.values():
            self.by_name.setdefault((parent, fold(name)), code)


class Brands:
    """Finds brands by a name in any language, or by their code; collects those to be made."""

    def __init__(self) -> None:
        self.fresh: dict[str, Names] = {}
        self.known: dict[str, Names] = dict(brand_names())
        self.by_name = {fold(name): code for code, names in self.known.items() for name in (*names.values(), code)}

    def code_of(self, names: Names) -> str:
        found = next((self.by_name[fold(name)] for name in names.values() if fold(name) in self.by_name), "")
        return found or self._make(names)

    def remember(self) -> int:
        """Make what was missing; how many."""
        return remember_brands(self.fresh).created

    def _make(self, names: Names) -> str:
        code = _code([_plainest(names)], self.known, allow_unicode=True)
        self.fresh[code] = self.known[code] = dict(names)
        self.by_name.update({fold(name): code for name in names.values()})
        return code


def _plainest(names: Names) -> str:
    return names.get("en") or next(iter(names.values()))


def _code(names: Sequence[str], taken: Mapping[str, object], *, allow_unicode: bool) -> str:
    """A code that reads as the names where an address can hold them, else one of their digest; the same in each run."""
    parts = [slugify(name, allow_unicode=allow_unicode) for name in names]
    code = "-".join(parts)
    if all(parts) and len(code) <= LONGEST and code not in taken:
        return code
    return "n-" + hashlib.sha256(" > ".join(fold(name) for name in names).encode()).hexdigest()[:12]
