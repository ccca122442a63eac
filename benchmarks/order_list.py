"""The staff's list of 300,000 orders, on SQLite and on PostgreSQL: its tabs, filters, deep pages and searches.

`python3 dev.py bench order_list`; `benchmarks/order_list.py --orders 20000` for a short look. Most orders have arrived,
some thousands are under way, some hundreds wait to be packed, paid or checked; every order has its recipient and its
payment, the newest ten thousand their promises. Pages are asked for through the whole application by a member of the
staff. PostgreSQL is asked for by VAFA_TEST_POSTGRESQL_URL; without it that half is left out.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from ground import empty_shop, fresh_database
from table import Row, finish

ORDERS, AT_ONCE, ASKED, MOST_MS = 300_000, 5_000, 40, 100
TO_PACK, PACKED, SENT, PROMISED = 1_500, 500, 6_000, 10_000
UNPAID, HELD, AT_RISK = 200, 40, 300
AT = datetime(2026, 5, 4, 8, tzinfo=UTC)
BEGIN = ["Nar", "Mo", "Ali", "Sa", "Ha", "Re", "Zah", "Ka", "Fa", "Pa", "Ba", "So", "Le", "Ni", "Ya", "Om"]
END = ["ges", "hammad", "reza", "ra", "med", "mat", "rim", "tan", "ryam", "rvin", "mid", "dad", "la", "ma", "san", "id"]
CITIES = ["Tehran", "Shiraz", "Isfahan", "Tabriz", "Mashhad", "Basra", "Baghdad", "Muscat", "Doha", "Cairo"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--orders", type=int, default=ORDERS)
    parser.add_argument("--database", help="measure this one alone: an address, or nothing for SQLite")
    asked = parser.parse_args()
    if asked.database is not None:
        with tempfile.TemporaryDirectory(prefix="vafa-bench-") as folder:
            empty_shop(Path(folder), asked.database)
            finish(measured("PostgreSQL" if asked.database else "SQLite", asked.orders))
        return
    rows = in_a_process("", asked.orders)
    if address := os.environ.get("VAFA_TEST_POSTGRESQL_URL", ""):
        with fresh_database(address) as own:
            rows += in_a_process(own, asked.orders)
    finish(rows)


def in_a_process(database: str, orders: int) -> list[Row]:
    """Django knows one database in its life."""
    with tempfile.TemporaryDirectory(prefix="vafa-bench-") as folder:
        file = Path(folder) / "rows.json"
        command = [sys.executable, __file__, "--orders", str(orders), "--database", database]
        subprocess.run(command, env={**os.environ, "VAFA_BENCH_ROWS": str(file)}, check=True, stdout=sys.stderr)
        return [Row(**row) for row in json.loads(file.read_text(encoding="utf-8"))]


# --- filling


def fill(count: int) -> None:
    from django.db import connection, transaction

    from vafa.engine.history import Place as Known
    from vafa.shop.actions import remember_places, save_settings
    from vafa.shop.models import Place

    save_settings(name="Bench", default_language="en", languages=["en"])
    remember_places([Known(city.lower(), city, city, "IR", 30.0, 50.0) for city in CITIES])
    places, chance = list(Place.objects.values_list("pk", flat=True)), random.Random(7)
    for first in range(0, count, AT_ONCE):
        with transaction.atomic():
            _write(range(first, min(first + AT_ONCE, count)), count, places, chance)
    _promise(count)
    _hold_back(count)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def stage_of(back: int) -> str:
    """Of the order that is so many before the newest."""
    for stage, until in (("to_pack", TO_PACK), ("packed", TO_PACK + PACKED), ("sent", TO_PACK + PACKED + SENT)):
        if back < until:
            return stage
    return "arrived"


def _write(numbers: Sequence[int], count: int, places: Sequence[int], chance: random.Random) -> None:
    from vafa.orders.models import NameWord, Order, Recipient
    from vafa.orders.names import words_of
    from vafa.payments.models import Payment

    orders = Order.objects.bulk_create(
        Order(
            number=f"V-{number}", placed_at=placed_at(number, count), place_id=chance.choice(places),
            option=chance.choice(["standard", "standard", "express"]), stage=stage_of(count - number - 1),
            cancelled=number % 50 == 3, price_minor=1_000_000, currency="IRR", customer_ref=f"C-{number % 90_000}",
        )
        for number in numbers
    )  # fmt: skip
    recipients = Recipient.objects.bulk_create(
        Recipient(order=order, name=a_name(chance), phone=f"+98912{order.pk:07}", country="IR") for order in orders
    )
    NameWord.objects.bulk_create(
        NameWord(recipient=each, word=word) for each in recipients for word in words_of(each.name)
    )
    Payment.objects.bulk_create(
        Payment(
            key=f"k:{order.number}", about=f"purchase:{order.number}", order_ref=order.number, way="sandbox",
            kind="sandbox", amount_minor=1_000_000, currency="IRR", state="paid", words="Order", back_url="/",
            started_at=order.placed_at, paid_at=order.placed_at,
        )
        for order in orders
    )  # fmt: skip


def placed_at(number: int, count: int) -> datetime:
    return AT - timedelta(minutes=3 * (count - number))


def a_name(chance: random.Random) -> str:
    first, family = (chance.choice(BEGIN) + chance.choice(END) for _each in range(2))
    return f"{first} {family}i{chance.randrange(400):03}"


def _promise(count: int) -> None:
    """The newest orders have a date; of those on their way some are in danger."""
    from vafa.delivery.models import Watched
    from vafa.promises.actions import HistoricPromise, import_promises
    from vafa.promises.models import Promise, State

    rows = []
    for number in range(max(0, count - PROMISED), count):
        made_at = placed_at(number, count)
        has_arrived = stage_of(count - number - 1) == "arrived"
        rows.append(
            HistoricPromise(
                key=f"p:{number}", kind="delivery", subject_type="order", subject_ref=f"V-{number}",
                party_ref=f"C-{number % 90_000}", made_at=made_at, zone="Asia/Tehran",
                due_on=(made_at if has_arrived else AT).date() + timedelta(days=5),
                fulfilled_at=made_at + timedelta(days=1) if has_arrived else None,
                evidence={"source": "bench"} if has_arrived else {},
            )
        )  # fmt: skip
    import_promises(rows, at=AT)
    open_ones = Promise.objects.filter(state=State.OPEN).order_by("pk")[:AT_RISK]
    Watched.objects.bulk_create(Watched(promise=each, at=AT, probability=0.4, loss_minor=each.pk) for each in open_ones)


def _hold_back(count: int) -> None:
    from vafa.checkout.models import Hold
    from vafa.payments.models import Payment

    newest = [f"V-{count - each}" for each in range(1, TO_PACK + 1)]
    Payment.objects.filter(order_ref__in=newest[:UNPAID]).update(state="promised", kind="transfer", paid_at=None)
    Hold.objects.bulk_create(
        Hold(order_number=number, made_at=AT, due_at=AT + timedelta(hours=4)) for number in newest[-HELD:]
    )


# --- asking


def asked_for(count: int) -> Iterator[tuple[str, list[str]]]:
    """What the staff look at, and under which addresses."""
    from vafa.fulfilment.queries.listing import TABS, Cursor

    chance = random.Random(5)
    deep = [Cursor(placed_at(number, count), number) for number in chance.choices(range(1, count), k=ASKED)]
    days = [AT.date() - timedelta(days=chance.randrange(count * 3 // 1440)) for _each in range(ASKED)]
    yield "the tabs, their first pages", [f"?view={tab}" for tab in TABS] * 5
    yield "all orders, a page anywhere", [f"?view=all&from={each}" for each in deep]
    yield "what arrived, a page anywhere", [f"?view=arrived&from={each}" for each in deep]
    yield "of one day", [f"?view=all&since={day}&until={day}" for day in days]
    yield "to one city by one way", [f"?view=arrived&place={chance.choice(CITIES)}&option=express" for _each in days]
    yield "found by number", [f"?q=V-{chance.randrange(count)}" for _each in days]
    yield "found by telephone", [f"?q=0912{chance.randrange(1, count):07}" for _each in days]
    yield "found by a whole name", [f"?q={a_name(chance).replace(' ', '+')}" for _each in days]
    yield "found by a family name", [f"?q={a_name(chance).split()[1]}" for _each in days]
    yield "found by how many names begin", [f"?q={chance.choice(BEGIN)}" for _each in days]


def measured(name: str, count: int) -> list[Row]:
    from django.test import Client

    from vafa.accounts.models import Role, User

    began = time.perf_counter()
    fill(count)
    print(f"  {name}: {count:,} orders in {time.perf_counter() - began:.0f} s", file=sys.stderr, flush=True)
    client = Client(headers={"host": "localhost"})
    client.force_login(User.objects.create(username="aram", role=Role.OWNER, password="!"))
    rows = []
    for called, addresses in asked_for(count):
        client.get(f"/orders/{addresses[0]}")
        spent = sorted(milliseconds(client, f"/orders/{address}") for address in addresses)
        p50, p95 = spent[len(spent) // 2], spent[int(len(spent) * 0.95)]
        what = f"{name}, {count:,} orders: {called}" if not rows else f"  {called}"
        rows.append(Row(f"{what}, p50 / p95", f"p95 ≤ {MOST_MS} ms", f"{p50:.0f} / {p95:.0f} ms", p95 <= MOST_MS))
    return rows


def milliseconds(client: Any, path: str) -> float:
    began = time.perf_counter()
    answer = client.get(path)
    spent = (time.perf_counter() - began) * 1000
    assert answer.status_code in {200, 302}, (path, answer.status_code)  # one order found: its page
    return spent


if __name__ == "__main__":
    main()
