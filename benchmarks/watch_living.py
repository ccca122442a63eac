"""The living watch on SQLite: every open promise of a large shop looked at again, with what is read and written.

`python3 dev.py bench watch_living`; `benchmarks/watch_living.py --open 20000` for fewer. The shop is the simulated one
with its fitted model; its orders of the last weeks are repeated until so many are open, half of them handed over.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from datetime import timedelta
from pathlib import Path

from ground import empty_shop
from table import Row, finish

OPEN = 200_000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--open", type=int, default=OPEN, help="open promises")
    count = parser.parse_args().open
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
    """So many open promises beside those of the simulated shop."""
    from django.db import transaction

    from vafa.delivery.models import Parcel
    from vafa.kit import clock
    from vafa.orders.models import Order
    from vafa.promises.models import Promise

    at = clock.now()
    patterns = list(Order.objects.filter(cancelled=False).select_related("place").order_by("-placed_at")[:2000])
    with transaction.atomic():
        for first in range(0, count, 5000):
            orders, parcels, promises = [], [], []
            for number in range(first, min(first + 5000, count)):
                like = patterns[number % len(patterns)]
                placed = at - timedelta(hours=1 + number % 480)
                due = (placed + timedelta(days=4 + number % 9)).date()
                due_at = placed + timedelta(days=5 + number % 9)
                names = ("place_id", "seller_id", "option", "category", "payment", "items", "price_minor", "currency")
                facts = {name: getattr(like, name) for name in (*names, "weight_g", "volume_cm3", "freight_minor")}
                orders.append(Order(number=f"B{number}", placed_at=placed, customer_ref=f"C{number}", **facts))
                handed = placed + (at - placed) / 2 if number % 2 else None
                parcels.append(Parcel(order=orders[-1], carrier="Post", handed_over_at=handed, last_seen_at=handed))
                promises.append(
                    Promise(
                        key=f"bench:{number}", kind="delivery", subject_type="order", subject_ref=f"B{number}",
                        party_ref=f"C{number}", claim=f"delivery:order:B{number}", probability=0.9, made_at=placed,
                        due_on=due, zone="Asia/Tehran", due_at=due_at, settle_after=due_at + timedelta(days=2),
                        original_due_on=due, original_due_at=due_at, region=like.place.region, place=like.place.city,
                    )
                )  # fmt: skip
            Order.objects.bulk_create(orders)
            for order, parcel in zip(orders, parcels, strict=True):
                parcel.order_id = order.pk
            Parcel.objects.bulk_create(parcels)
            Promise.objects.bulk_create(promises)


def looked_at_again(count: int) -> list[Row]:
    from vafa.delivery.actions.estimating import estimate_all
    from vafa.delivery.actions.slipping import find_slips

    fill(count)
    estimate_all()  # the first time rows are made; every hour after that they are brought up to date
    started, worked = time.perf_counter(), time.process_time()
    found = estimate_all()
    seconds, work = time.perf_counter() - started, time.process_time() - worked
    began = time.perf_counter()
    find_slips()
    slips = time.perf_counter() - began
    goal = 60 * count / OPEN
    return [
        Row(
            f"{found:,} open promises looked at again, read and written",
            f"≤ {goal:.0f} s",
            f"{seconds:.0f} s by the clock, {work:.0f} s of one processor",
            work <= goal,
        ),
        Row("  and what those in danger have in common", "–", f"{slips:.1f} s"),
    ]


if __name__ == "__main__":
    main()
