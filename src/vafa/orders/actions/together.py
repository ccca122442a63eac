"""What is bought together, counted from orders and told to the catalogue."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import datetime, timedelta
from itertools import combinations, groupby

from vafa.catalog.actions.beside import keep_bought_together
from vafa.catalog.models.products import BoughtWith
from vafa.orders.models import OrderLine

SINCE, NEWEST = timedelta(days=365), 100_000
LEAST = 3  # orders with both: fewer are chance, and could tell what one person bought


def count_together(*, at: datetime) -> int:
    """Tell the catalogue which products were in one order at least three times within a year; how many have others now.

    The newest hundred thousand lines count; cancelled ones do not.
    """
    lines = OrderLine.objects.filter(order__placed_at__gt=at - SINCE).exclude(product="")
    newest = lines.order_by("-order_id").values_list("order_id", "product", "quantity", "cancelled")[:NEWEST]
    wanted = [(order, product) for order, product, pieces, cancelled in newest if pieces > cancelled]
    times: Counter[tuple[str, str]] = Counter()
    for _order, rows in groupby(wanted, key=lambda row: row[0]):
        times.update(combinations(sorted({product for _number, product in rows}), 2))
    found: dict[str, list[BoughtWith]] = defaultdict(list)
    for (one, other), many in sorted(times.items(), key=lambda pair: (-pair[1], pair[0])):
        if many >= LEAST:
            found[one].append(BoughtWith(code=other, times=many))
            found[other].append(BoughtWith(code=one, times=many))
    return keep_bought_together(found)
