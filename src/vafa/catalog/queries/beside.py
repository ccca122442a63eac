"""What stands beside a product."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from vafa.catalog.models import Product
from vafa.catalog.queries.cards import Card, cards, shown_products
from vafa.catalog.search.asking import Asked, ask
from vafa.catalog.search.here import the_index

MOST = 6


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Cards of what goes with a product (chosen by the staff, then what is bought together) and of what is like it."""

    goes: list[Card] = field(default_factory=list)
    related: list[Card] = field(default_factory=list)


def neighbours(code: str) -> Neighbours | None:
    """What stands beside the product with this code; None where customers may not see it. Four queries."""
    names = ("category__code", "brand__code", "title", "goes_with", "bought_with")
    row = shown_products().filter(code=code).values(*names).first() if "\x00" not in code else None
    if row is None:
        return None
    goes = _unlike(code, [*row["goes_with"], *(each["code"] for each in row["bought_with"])])
    like = _unlike(code, _like(row["category__code"], row["brand__code"] or "", list(row["title"].values())), goes)
    found = {card.code: card for card in cards([*goes, *like])}
    return Neighbours(*([found[each] for each in codes if each in found] for codes in (goes, like)))


def goes_with(products: QuerySet[Any, Any], *, most: int = MOST) -> list[str]:
    """Codes of what goes with any of these products (their numbers, asked for by the same query) and is none of them:
    what more of them name is first.
    """
    times: dict[str, int] = {}
    inside = set()
    rows = Product.objects.filter(pk__in=products).order_by("pk").values_list("code", "goes_with", "bought_with")
    for own, chosen, bought in rows:
        inside.add(own)
        for code in dict.fromkeys([*chosen, *(each["code"] for each in bought)]):
            times[code] = times.get(code, 0) + 1
    order = {code: place for place, code in enumerate(times)}
    return sorted(times.keys() - inside, key=lambda code: (-times[code], order[code]))[:most]


def _like(shelf: str, brand: str, titles: Sequence[str]) -> list[str]:
    """Of the same maker on the shelf, what the words of its title lead to, the newest: what is there only."""
    asked = [Asked(" ".join(titles)[:200], shelf=shelf, there_only=True), Asked(shelf=shelf, there_only=True)]
    if brand:
        asked.insert(0, Asked(shelf=shelf, brands=(brand,), there_only=True))
    found: list[str] = []
    for each in asked:
        if len(set(found)) <= MOST:
            found += ask(the_index(), each, most=MOST + 1, facets=False).codes
    return found


def _unlike(code: str, codes: Sequence[str], others: Sequence[str] = ()) -> list[str]:
    return [each for each in dict.fromkeys(codes) if each != code and each not in others][:MOST]
