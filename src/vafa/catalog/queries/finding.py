"""What somebody looks for, as cards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from vafa.catalog.models import Brand
from vafa.catalog.models.products import Texts
from vafa.catalog.queries.cards import Card, cards
from vafa.catalog.queries.shelves import Shelf, shelves
from vafa.catalog.queries.synonyms import thesaurus
from vafa.catalog.search.asking import Asked, ask, suggest
from vafa.catalog.search.documents import Feature
from vafa.catalog.search.here import the_index
from vafa.kit.prepared import Prepared

_BRAND_NAMES = Prepared(lambda codes: Brand.objects.filter(code__in=codes).values_list("code", "name"))
PAGE = 24
MOST_PAGES = 200


@dataclass(frozen=True, slots=True)
class FeatureGroup:
    """One line of data sheets offered as a condition; `values` are (code, name, how many), the fullest first."""

    name: Mapping[str, str]
    values: list[tuple[str, Mapping[str, str], int]]


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
    features: list[FeatureGroup]
    guessed: list[str]
    tree: Mapping[str, Shelf]
    is_ready: bool  # False while the index has still to be made: what is not found may be there

    @property
    def is_last(self) -> bool:
        return self.number * PAGE >= self.total or self.number >= MOST_PAGES


def find(asked: Asked, *, number: int = 1) -> Page:
    """Page `number` (from 1) of what was asked for; numbers beyond MOST_PAGES are that page. Five queries."""
    number = min(number, MOST_PAGES)  # the index makes room for all that it passes over
    found = ask(the_index(), asked, first=(number - 1) * PAGE, most=PAGE, thesaurus=thesaurus())
    tree = shelves()
    names: dict[str, Texts] = dict(_BRAND_NAMES.rows(list(found.brands)))
    return Page(
        cards=cards(found.codes),
        total=found.total,
        number=number,
        shelves=[(code, tree[code].name, many) for code, many in found.shelves.items() if code in tree],
        brands=[(code, names[code], many) for code, many in found.brands.items() if code in names],
        features=_grouped(found.features, asked.features),
        guessed=found.guessed,
        tree=tree,
        is_ready=not the_index().is_new,
    )


def suggestions(typed: str) -> list[Card]:
    """A few products whose words begin as what is typed does."""
    return cards(suggest(the_index(), typed, thesaurus=thesaurus()))


def _grouped(features: Sequence[tuple[Feature, int]], chosen: Sequence[str]) -> list[FeatureGroup]:
    """Lines with something to choose between, and those with something chosen."""
    groups: dict[str, FeatureGroup] = {}
    for feature, many in features:
        group = groups.setdefault(feature.specification, FeatureGroup(feature.name, []))
        group.values.append((feature.code, feature.value, many))
    return [
        group
        for group in groups.values()
        if len(group.values) > 1 or any(code in chosen for code, _name, _many in group.values)
    ]
