"""Simulated orders for the tests of the engine: two sellers, a near and a far region."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np

from vafa.engine import Place, Shipment

NOON = datetime(2025, 1, 6, 12, tzinfo=UTC)
NEAR = Place("10000", "Near", "N", "XX", 0.0, 0.0)
FAR = Place("90000", "Far", "F", "XX", 5.0, 5.0)
STORE = Place("10001", "Near", "N", "XX", 0.0, 0.1)


def shipments(count: int = 400, seed: int = 1, *, handed: bool = True) -> list[Shipment]:
    """Orders over 200 days; the far region takes about twice as long; promised on the 14th day."""
    chance = np.random.default_rng(seed)
    found = []
    for number in range(count):
        placed = NOON + timedelta(days=float(chance.uniform(0, 200)))
        far = bool(chance.integers(2))
        handling = timedelta(days=float(chance.gamma(2.0, 1.0)))
        transit = timedelta(days=float(chance.gamma(4.0, 2.0 if far else 1.0)))
        found.append(
            Shipment(
                f"{number:05d}",
                placed,
                FAR if far else NEAR,
                seller=f"s{number % 2}",
                origin=STORE,
                price=20.0,
                payment="Transfer" if number % 3 == 0 else "card",
                handed_over_at=placed + handling if handed else None,
                delivered_at=placed + handling + transit,
                promised_on=(placed + timedelta(days=14)).date(),
            )
        )
    return found
