"""How fast the duration model is: fit of 100,000 orders, one quote with three options, quotes in bulk.

Orders are the Olist development part, resampled with shifted numbers.
"""

from __future__ import annotations

import resource
import time
from dataclasses import replace
from datetime import timedelta

import numpy as np
from engine_data import BRAZIL, olist_shipments
from table import Row, finish

from vafa.engine import DeliveryModel, History, Question, Shipment, fit, public_holidays

ORDERS = 100_000


def resampled(shipments: list[Shipment], count: int) -> list[Shipment]:
    """`count` orders drawn again and again, each moved by up to a day."""
    chance = np.random.default_rng(0)
    found = []
    for number, index in enumerate(chance.integers(len(shipments), size=count)):
        source, by = shipments[index], timedelta(seconds=int(chance.integers(86_400)))
        found.append(
            replace(
                source,
                number=str(number),
                placed_at=source.placed_at + by,
                handed_over_at=source.handed_over_at and source.handed_over_at + by,
                delivered_at=source.delivered_at and source.delivered_at + by,
            )
        )
    return found


def question(shipment: Shipment, option: str = "") -> Question:
    """The shipment as it is asked about at checkout."""
    return Question(
        shipment.placed_at,
        shipment.destination,
        shipment.origin,
        shipment.seller,
        option,
        price=shipment.price,
        freight=shipment.freight,
        weight_g=shipment.weight_g,
        volume_cm3=shipment.volume_cm3,
        items=shipment.items,
        category=shipment.category,
        payment=shipment.payment,
    )


def main() -> None:
    """Measure and print."""
    shipments = olist_shipments()
    last = max(each.placed_at for each in shipments)
    holidays = frozenset(public_holidays("BR", range(2016, 2020)))
    history = History.of(resampled(shipments, ORDERS), BRAZIL)
    begin, cpu = time.perf_counter(), time.process_time()
    fit(history, as_of=last, calendar=holidays)
    report = {"fit_100000_seconds": time.perf_counter() - begin, "fit_cpu_seconds": time.process_time() - cpu}
    report["peak_memory_gb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    small = fit(History.of(shipments, BRAZIL), as_of=last, calendar=holidays)
    stored = small.to_bytes()
    begin = time.perf_counter()
    model = DeliveryModel.from_bytes(stored)
    model.curve(question(shipments[-1]))
    report["stored_mb"], report["load_seconds"] = len(stored) / 1e6, time.perf_counter() - begin
    times = []
    for shipment in shipments[-600:]:
        asked = [question(shipment, option) for option in ("", "express", "point")]
        begin = time.perf_counter()
        model.curves(asked)
        times.append(time.perf_counter() - begin)
    report["quote_p50_ms"], report["quote_p99_ms"] = (float(np.percentile(times, p) * 1e3) for p in (50, 99))
    many = [replace(question(each), asked_at=last) for each in shipments[-5000:]]
    begin = time.perf_counter()
    model.curves(many)
    report["bulk_per_second"] = len(many) / (time.perf_counter() - begin)
    finish(rows_of(report))


def rows_of(report: dict[str, float]) -> list[Row]:
    seconds, memory = report["fit_100000_seconds"], report["peak_memory_gb"]
    p50, p99, bulk = report["quote_p50_ms"], report["quote_p99_ms"], report["bulk_per_second"]
    fitted = f"{seconds:.0f} s ({report['fit_cpu_seconds']:.0f} s of processor time), {memory:.2f} GB"
    return [
        Row("fit on 100,000 orders", "≤ 60 s, ≤ 2 GB", fitted, seconds <= 60 and memory <= 2),
        Row(
            "one quote with three options, p50 / p99",
            "≤ 3 / 10 ms",
            f"{p50:.1f} / {p99:.1f} ms",
            p50 <= 3 and p99 <= 10,
        ),
        Row("quotes in bulk", "≥ 2,000 /s", f"{bulk:,.0f} /s", bulk >= 2000),
        Row(
            "stored model; loading it and one curve",
            "",
            f"{report['stored_mb']:.1f} MB; {report['load_seconds']:.2f} s",
        ),
    ]


if __name__ == "__main__":
    main()
