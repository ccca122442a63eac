"""Where the pieces lie that orders wait for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from vafa.catalog.models import Stock, Storehouse


def reserved_places(skus: Iterable[str]) -> dict[str, list[tuple[Storehouse, int]]]:
    """Article to the storehouses that hold reserved pieces of it, in the order in which they leave, with how many."""
    found: dict[str, list[tuple[Storehouse, int]]] = defaultdict(list)
    held = Stock.objects.filter(variant__sku__in=set(skus), reserved__gt=0).select_related("variant", "storehouse")
    for stock in held.order_by("pk"):
        found[stock.variant.sku].append((stock.storehouse, stock.reserved))
    return dict(found)
