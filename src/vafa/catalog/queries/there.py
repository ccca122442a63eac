"""How many pieces are there that no order holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db.models import F, Sum

from vafa.catalog.models import Stock


def there_of(skus: Iterable[str]) -> dict[str, int]:
    """Article to its free pieces in all storehouses; one that has none or is not known is left out. One query."""
    rows = Stock.objects.filter(variant__sku__in=set(skus)).values_list("variant__sku")
    return {sku: free for sku, free in rows.annotate(free=Sum(F("on_hand") - F("reserved"))) if free > 0}


def taken_by(sku: str, counted: Mapping[str, int]) -> dict[str, int]:
    """What a piece of an article takes from the stock: itself, and the articles that go into it."""
    return {**counted, sku: counted.get(sku, 0) + 1}


def pieces_to_make(sku: str, pieces: int, counted: Mapping[str, int], parts_there: Mapping[str, int]) -> int:
    """How many of an article of which `pieces` are there can be made with these parts, of which so many are there."""
    return makeable(taken_by(sku, counted), {**parts_there, sku: pieces})


def taken_together(what: Iterable[tuple[Mapping[str, int], int]]) -> dict[str, int]:
    """What so many pieces of each take from the stock, added up by article."""
    found: dict[str, int] = {}
    for takes, count in what:
        for sku, each in takes.items():
            found[sku] = found.get(sku, 0) + each * count
    return found


def makeable(takes: Mapping[str, int], there: Mapping[str, int]) -> int:
    """How many pieces can be made of what is there: what is scarcest decides."""
    return min(there.get(sku, 0) // pieces for sku, pieces in takes.items())
