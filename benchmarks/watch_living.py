"""The living watch on SQLite: every open promise of a large shop looked at again, with what is read and written.

`python3 dev.py bench watch_living`; `benchmarks/watch_living.py --open 20000` for fewer. The shop is the simulated one
with its fitted model; its orders of the last weeks are repeated until so many are open, half of them handed over. The
pass shares itself out among the cores, as it does in the worker.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from ground import empty_shop
from table import Row, finish

if TYPE_CHECKING:
    from vafa.delivery.models import Parcel
    from vafa.orders.models import Order
    from vafa.promises.models import Promise

OPEN = 200_000
AT_ONCE = 2_000
LOOKS = 168_000  # of 400 days, about as many as are kept of a shop of any size


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--open", type=int, default=OPEN, help="open promises")
    count = parser.parse_args().open
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as in every process of the product
    with tempfile.TemporaryDirectory(prefix="vafa-bench-") as folder:
        build(Path(folder))
        finish(looked_at_again(count))


def build(folder: Path) -> None:
    empty_shop(folder)

    from vafa.delivery.actions.fitting import fit_model
    from vafa.demo.actions.building import build_shop
    from vafa.demo.simulation import Scenario
    from vafa.kit import clock

    build_shop(Scenario(clock.now().date()))
    fit_model(activate=True)


def fill(count: int) -> None:
    """So many open promises beside those of the simulated shop, a few thousand in one transaction."""
    from django.db import transaction

    from vafa.kit import clock
    from vafa.orders.models import Order

    at = clock.now()
    patterns = list(Order.objects.filter(cancelled=False).select_related("place").order_by("-placed_at")[:2000])
    for first in range(0, count, AT_ONCE):
        last = min(first + AT_ONCE, count)
        with transaction.atomic():
            _write([_one(number, patterns[number % len(patterns)], at) for number in range(first, last)])
        print(f"  {last:,} of {count:,} open promises written", file=sys.stderr, flush=True)


def _one(number: int, like: Order, at: datetime) -> tuple[Order, Parcel, Promise]:
    """An order of the last twenty days, its parcel (every second one handed over) and its promise."""
    from vafa.delivery.models import Parcel
    from vafa.orders.models import Order
    from vafa.promises.models import Promise

    placed = at - timedelta(hours=1 + number % 480)
    due_at = placed + timedelta(days=5 + number % 9)
    due = (placed + timedelta(days=4 + number % 9)).date()
    names = ("place_id", "seller_id", "option", "category", "payment", "items", "price_minor", "currency")
    facts = {name: getattr(like, name) for name in (*names, "weight_g", "volume_cm3", "freight_minor")}
    order = Order(number=f"B{number}", placed_at=placed, customer_ref=f"C{number}", **facts)
    handed = placed + (at - placed) / 2 if number % 2 else None
    parcel = Parcel(order=order, carrier="Post", handed_over_at=handed, last_seen_at=handed)
    promise = Promise(
        key=f"bench:{number}", kind="delivery", subject_type="order", subject_ref=f"B{number}",
        party_ref=f"C{number}", claim=f"delivery:order:B{number}", probability=0.9, made_at=placed,
        due_on=due, zone="Asia/Tehran", due_at=due_at, settle_after=due_at + timedelta(days=2),
        original_due_on=due, original_due_at=due_at,
        region=like.place.region if like.place else "", place=like.place.city if like.place else "",
    )  # fmt: skip
    return order, parcel, promise


def _write(made: list[tuple[Order, Parcel, Promise]]) -> None:
    from vafa.delivery.models import Parcel
    from vafa.orders.models import Order
    from vafa.promises.models import Promise

    Order.objects.bulk_create([order for order, _parcel, _promise in made])
    for order, parcel, _promise in made:
        parcel.order_id = order.pk
    Parcel.objects.bulk_create([parcel for _order, parcel, _promise in made])
    Promise.objects.bulk_create([promise for _order, _parcel, promise in made])


def looked_at_again(count: int) -> list[Row]:
    from vafa.delivery.actions.estimating import estimate_all
    from vafa.delivery.actions.fitting import refresh_records
    from vafa.delivery.actions.slipping import find_slips
    from vafa.kit.side_by_side import cores

    fill(count)
    refresh_records()  # as every hour: the model knows how many orders each seller works on
    estimate_all(progress=told())  # the first time rows are made; every hour after that they are brought up to date
    started, worked = time.perf_counter(), processor_time()
    found = estimate_all(progress=told())
    seconds, work = time.perf_counter() - started, processor_time() - worked
    began = time.perf_counter()
    find_slips()
    slips = time.perf_counter() - began
    goal = 60 * count / OPEN
    return [
        Row(
            f"{found:,} open promises looked at again, read and written",
            f"≤ {goal:.0f} s",
            f"{seconds:.0f} s by the clock on {cores()} cores, {work:.0f} s of processor time in all processes",
            seconds <= goal,
        ),
        Row("  and what those in danger have in common", "–", f"{slips:.1f} s"),
        once_a_day(),
    ]


def once_a_day() -> Row:
    """All that is ever kept to learn from, read and fitted anew: the most that the first pass of a day does besides."""
    from vafa.delivery.actions.learning import learn
    from vafa.delivery.models import KeptLook, Lesson
    from vafa.kit import clock
    from vafa.promises.models import Promise

    KeptLook.objects.all().delete()
    due = Promise.objects.filter(key__startswith="bench:").values_list("pk", "due_on")[: LOOKS // 3]
    looks = [
        KeptLook(
            promise_id=pk, days_before=before, due_on=day, chance=0.3, days_left=before, steady=0.3, late=pk % 3 == 0
        )
        for pk, day in due
        for before in (2, 5, 10)
    ]
    KeptLook.objects.bulk_create(looks, batch_size=1000)
    later = clock.now() + timedelta(days=30)
    Lesson.objects.update(began_on=clock.now().date() - timedelta(days=30), day=later.date() - timedelta(days=9))
    started = time.perf_counter()
    learn(at=later)
    return Row(f"  once a day: {len(looks):,} looks learned from", "–", f"{time.perf_counter() - started:.1f} s")


def processor_time() -> float:
    """Seconds, of this process and of those it has started that have ended."""
    return sum(os.times()[:4])


def told() -> Callable[[float, str], None]:
    """A line for every tenth of the way."""
    seen = -1

    def tell(share: float, _note: str) -> None:
        nonlocal seen
        if int(10 * share) > seen:
            seen = int(10 * share)
            print(f"  {share:.0%} looked at", file=sys.stderr, flush=True)

    return tell


if __name__ == "__main__":
    main()
