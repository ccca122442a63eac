"""The shop window with 100,000 products on SQLite: what a page costs the server, and how many questions it asks.

`python3 dev.py bench window`; `benchmarks/window.py --products 10000` for fewer. Titles are those of the PriceRunner
offers and more made of their words, on forty shelves, with three hundred makers, two variants each. Pages are asked for
through the whole application (middleware, template, index, database), by a stranger who has chosen his place; those of
the way to an order with three things in his basket.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from ground import empty_shop
from search import DATA, read
from table import Row, finish

PRODUCTS, AT_ONCE, ASKED = 100_000, 500, 300
AT = datetime(2026, 5, 2, 8, tzinfo=UTC)
MOST_QUERIES, MOST_MS = 5, 50
AGREED = re.compile(r'name="agreed" value="([^"]+)"')
ADDRESS = {
    "name": "Narges Karimi", "phone": "09121234567", "country": "IR", "city": "Shiraz", "street": "Zand 12",
    "postal_code": "7193653471",
}  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--products", type=int, default=PRODUCTS)
    count = parser.parse_args().products
    if not DATA.is_dir():
        sys.exit(f"window: no products in {DATA.parent} (VAFA_TEST_DATA names another folder)")
    with tempfile.TemporaryDirectory(prefix="vafa-bench-") as folder:
        empty_shop(Path(folder))
        finish([*filled(count), *pages(count)])


def titles_of(count: int, chance: random.Random) -> Iterator[str]:
    known = [row["product_title"] for row in read("pricerunner_offers.csv.gz")]
    words = [word for title in known for word in title.split()]
    for number in range(count):
        yield known[number] if number < len(known) else " ".join(chance.choices(words, k=chance.randint(5, 14)))


def filled(count: int) -> list[Row]:
    from vafa.catalog.actions import (
        CategoryRow,
        StockRow,
        record_products,
        remember_brands,
        remember_categories,
        set_stock,
    )
    from vafa.catalog.actions.indexing import rebuild_index
    from vafa.shop.actions import save_settings

    save_settings(
        name="Bench", default_language="en", stated_times=[{"place": "", "option": "", "seller": "", "days": 3}]
    )
    remember_categories([CategoryRow("all", {"en": "All"})])
    remember_categories([CategoryRow(f"s{each}", {"en": f"Shelf {each}"}, parent="all") for each in range(40)])
    remember_brands({f"b{each}": {"en": f"Maker {each}"} for each in range(300)})
    titles = list(titles_of(count, random.Random(3)))
    began = time.perf_counter()
    for first in range(0, count, AT_ONCE):
        rows = [_row(number, titles[number]) for number in range(first, min(first + AT_ONCE, count))]
        record_products(rows, made_by="bench", at=AT)
        pieces = [StockRow(each.sku, sum(map(ord, each.sku)) % 4) for row in rows for each in row.variants]
        set_stock(pieces, at=AT)
        print(f"  {first + len(rows):,} of {count:,} products written", file=sys.stderr, flush=True)
    recorded = time.perf_counter() - began
    began = time.perf_counter()
    rebuild_index()
    indexed = time.perf_counter() - began
    return [Row(f"{count:,} products of two variants recorded; the index made from the database", "",
                f"{recorded:.0f} s; {indexed:.0f} s")]  # fmt: skip


def _row(number: int, title: str) -> Any:
    from vafa.catalog.actions import ProductRow, VariantRow

    price = 100_000 + number
    variants = [VariantRow(f"{number}-{size}", price, "IRR", {"size": size}) for size in "SL"]
    return ProductRow(
        code=f"p{number}", category=f"s{number % 40}", brand=f"b{number % 300}", title={"en": title}, variants=variants,
        description={"en": f"{title}. Sent from our own store."}, added_at=AT - timedelta(minutes=number),
    )  # fmt: skip


def pages(count: int) -> list[Row]:
    from django.test import Client

    client, chance = Client(headers={"host": "localhost"}), random.Random(5)
    client.post("/shop/place/", {"to": "Shiraz"})
    titles = list(titles_of(min(count, 2000), chance))
    rows = [
        page(client, "home", ["/shop/"] * ASKED),
        page(client, "a shelf, its first pages",
             [f"/shop/c/s{chance.randrange(40)}/?page={each % 5 + 1}" for each in range(ASKED)]),
        page(client, "a search",
             [f"/shop/search/?q={'+'.join(chance.choice(titles).split()[:3])}" for _ in range(ASKED)]),
        page(client, "a product with its dates", [f"/shop/p/p{chance.randrange(count)}/" for _ in range(ASKED)]),
        page(client, "what we say of delivery", ["/shop/info/delivery/"] * ASKED),
    ]  # fmt: skip
    return rows + to_the_order(client)


def to_the_order(client: Any) -> list[Row]:
    """The basket, the three pages of the checkout and the confirmation."""
    from vafa.delivery.actions.options import OptionRow, remember_options
    from vafa.payments.actions import Offer, add_account

    remember_options([OptionRow("standard", {"en": "Standard delivery"}, price_minor=700_000)])
    add_account("cash", Offer(currency="IRR"))
    for number in (3, 7, 11):  # of which some are there
        client.post("/shop/basket/put/", {"sku": f"{number}-S"})
        client.post("/shop/basket/put/", {"sku": f"{number}-L"})
    rows = [page(client, "the basket", ["/shop/basket/"] * ASKED)]
    rows.append(page(client, "checkout: where to", ["/shop/checkout/"] * ASKED))
    client.post("/shop/checkout/", ADDRESS)
    rows.append(page(client, "checkout: how", ["/shop/checkout/delivery/"] * ASKED))
    client.post("/shop/checkout/delivery/", {"option": "standard"})
    rows.append(page(client, "checkout: to pay", ["/shop/checkout/pay/"] * ASKED))
    agreed = AGREED.findall(client.get("/shop/checkout/pay/").content.decode())[0]
    done = client.post("/shop/checkout/pay/", {"way": "cash", "agreed": agreed})
    return [*rows, page(client, "the confirmation", [done["Location"]] * ASKED)]


def page(client: Any, name: str, paths: Sequence[str]) -> Row:
    """What these addresses cost the server, and how many questions one of them asks at most."""
    from django.db import connection, reset_queries

    client.get(paths[0])
    spent, queries = [], 0
    for number, path in enumerate(paths):
        began = time.perf_counter()
        answer = client.get(path, REMOTE_ADDR=f"10.0.{number // 250}.{number % 250}")  # searches of one are limited
        spent.append((time.perf_counter() - began) * 1000)
        assert answer.status_code == 200, path
    for path in paths[:20]:
        reset_queries()
        connection.force_debug_cursor = True
        client.get(path)
        connection.force_debug_cursor = False
        queries = max(queries, len(connection.queries))
    spent.sort()
    p50, p95 = spent[len(spent) // 2], spent[int(len(spent) * 0.95)]
    return Row(f"{name}: server time p50 / p95, most queries", f"p95 ≤ {MOST_MS} ms, ≤ {MOST_QUERIES}",
               f"{p50:.1f} / {p95:.1f} ms, {queries}", p95 <= MOST_MS and queries <= MOST_QUERIES)  # fmt: skip


if __name__ == "__main__":
    main()
