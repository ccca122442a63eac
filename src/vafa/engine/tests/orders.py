"""Simulated orders for the tests of the engine: two sellers, a near and a far region."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np

from vafa.engine import Backtest, Place, Shipment

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


def rewritten_after(orders: list[Shipment], moment: datetime, seed: int = 0) -> list[Shipment]:
    """The same orders with another future: every fact from `moment` on is a different one.

    What was open then is handed over and delivered at other times or never, and partly cancelled; orders placed later
    are partly gone, the others swap their buyers, sellers, goods and ways of paying. The last fact stays where it was.
    """
    chance = np.random.default_rng(seed)
    known = [each for each in orders if each.placed_at < moment]
    later = [each for each in orders if each.placed_at >= moment]
    found = [_another_end(each, moment, chance) for each in known]
    for each, donor in zip(later, chance.permutation(np.array(later, dtype=object)), strict=True):
        if chance.random() < 0.3:
            continue
        facts = {name: getattr(donor, name) for name in ("destination", "seller", "origin", "payment", "category")}
        found.append(_another_end(replace(each, **facts, price=1.0, freight=1.0, items=9), moment, chance))
    times = [at for each in orders for at in (each.placed_at, each.handed_over_at, each.delivered_at) if at]
    newest = max(range(len(found)), key=lambda index: found[index].placed_at)
    found[newest] = replace(found[newest], delivered_at=max(times), cancelled=False)
    return found


def _another_end(order: Shipment, moment: datetime, chance: np.random.Generator) -> Shipment:
    """Facts before `moment` stay; the others are replaced."""
    begin = max(order.placed_at, moment)
    handed = begin + timedelta(days=float(chance.gamma(2.0, 5.0)))
    delivered = handed + timedelta(days=float(chance.gamma(2.0, 10.0)))
    arrived = order.delivered_at is not None and order.delivered_at < moment
    return replace(
        order,
        handed_over_at=order.handed_over_at if order.handed_over_at and order.handed_over_at < moment else handed,
        delivered_at=order.delivered_at if arrived else delivered if chance.random() < 0.8 else None,
        cancelled=order.cancelled or (not arrived and chance.random() < 0.5),
        promised_on=None if order.placed_at >= moment else order.promised_on,
    )


def curves_before(done: Backtest, moment: datetime) -> dict[str, bytes]:
    """Every bit of the curve (30 days) and the place table of the scored orders placed before `moment`."""
    promises = done.promises
    placed = promises.history.placed[promises.rows]
    numbers = promises.history.numbers[promises.rows]
    return {
        str(numbers[index]): promises.curves[index, :30].tobytes() + promises.table[index].tobytes()
        for index in np.flatnonzero(placed < moment.timestamp())
    }
