"""How simulated customers pay, and how long the shop waits for the money before it packs. Invented, like all of it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from vafa.demo.iran import TEHRAN, City


@dataclass(frozen=True)
class Payment:
    """A way to pay, in the shop's own words.

    `given_up`: the share that is never paid and cancelled. In a share `slow` of the others the money, or for payment at
    the door the customer's word on the telephone, comes some hours later: lognormal around `hours`, spread `spread`.
    """

    name: str
    given_up: float
    slow: float = 0.0
    hours: float = 0.0
    spread: float = 0.0


ONLINE = Payment("درگاه اینترنتی", given_up=0.013)
TRANSFER = Payment("کارت به کارت", given_up=0.06, slow=0.9, hours=13.0, spread=0.9)
AT_THE_DOOR = Payment("پرداخت در محل", given_up=0.02, slow=0.35, hours=6.0, spread=0.6)
TRANSFERS, AT_THE_DOOR_IN_TEHRAN = 0.18, 0.25


def draw(rng: np.random.Generator, city: City) -> Payment:
    """How one customer pays: at the door in Tehran only, from abroad through the gateway only."""
    chance = float(rng.random())
    if city.country != "IR":
        return ONLINE
    if chance < TRANSFERS:
        return TRANSFER
    return AT_THE_DOOR if city.region == TEHRAN and chance > 1 - AT_THE_DOOR_IN_TEHRAN else ONLINE


def hours_until_sure(rng: np.random.Generator, payment: Payment) -> float:
    """Hours between the order and the moment from which the shop packs it."""
    is_slow, normal = float(rng.random()) < payment.slow, float(rng.standard_normal())
    return payment.hours * float(np.exp(payment.spread * normal)) if is_slow else 0.0
