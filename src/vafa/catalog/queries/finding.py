"""What somebody looks for, as cards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from vafa.catalog.models import Brand
from vafa.catalog.models.products import Texts
from vafa.catalog.queries.cards import Card, cards
from vafa.catalog.queries.shelves import Shelf, shelves
from vafa.catalog.search.asking import Asked, ask, suggest
from vafa.catalog.search.here import the_index

PAGE = 24
MOST_PAGES = 200


@dataclass(frozen=True, slots=True)
class Page:
    """One page of what was found; `shelves` and `brands` are (code, name, how many), the fullest first.

    `guessed` are words that no product has, for which near ones were taken.
    """

    cards: list[Card]
    total: int
    number: int
    shelves: list[tuple[str, Texts, int]]
    brands: list[tuple[str, Texts, int]]
    guessed: list[str]
    tree: Mapping[str, Shelf]

    @property
    def is_last(self) -> bool:
        return self.number * PAGE >= self.total or self.number >= MOST_PAGES


def find(asked: Asked, *, number: int = 1) -> Page:
    """Page `number` (from 1) of what was asked for. Five queries."""
    found = ask(the_index(), asked, first=(number - 1) * PAGE, most=PAGE)
    tree = shelves()
    names = dict(Brand.objects.filter(code__in=found.brands).values_list("code", "name"))
    return Page(
        cards=cards(found.codes),
        total=found.total,
        number=number,
        shelves=[(code, tree[code].name, many) for code, many in found.shelves.items() if code in tree],
        brands=[(code, names[code], many) for code, many in found.brands.items() if code in names],
        guessed=found.guessed,
        tree=tree,
    )


def suggestions(typed: str) -> list[Card]:
    """A few products whose words begin as what is typed does."""
    return cards(suggest(the_index(), typed))
