"""Whether an advertised claim is true, and what it would take to make it so: reports as plain values."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

import numpy as np

from vafa.delivery.models import ClaimCheck
from vafa.delivery.queries.past_orders import PastOrders, Where, past_orders
from vafa.engine.ability import Deliveries, effort, kept_within, shortest_within
from vafa.engine.credible import kept_band
from vafa.promises.models import AdvertisedClaim, ClaimKind

WINDOW = timedelta(days=90)
LEAST_ORDERS = 20  # with fewer a share says too little to stand beside a public statement
LEAST_OF_CARRIER = 10
YEAR = timedelta(days=365)


def where_of(claim: AdvertisedClaim) -> Where:
    """The orders that the claim speaks of."""
    return Where(claim.place, claim.region, claim.option)


def check_of(claim: AdvertisedClaim, until: datetime) -> dict[str, Any]:
    """How often the claim came true for the orders of the 90 days before `until`, and what could be claimed instead.

    `kept` of `of` orders, their `share` with its 80 % band, `verdict`. For days: the `shortest` wording at the claim's
    level. For free delivery: the `lowest` amount from which it was free as often as the level asks.
    """
    orders = past_orders(where_of(claim), until - WINDOW, until)
    found = _within(claim, orders.deliveries) if claim.kind == ClaimKind.WITHIN_DAYS else _free_from(claim, orders)
    of, share = found["of"], found["kept"] / found["of"] if found["of"] else None
    if of < LEAST_ORDERS or share is None:
        verdict = ClaimCheck.Verdict.FEW
    else:
        verdict = ClaimCheck.Verdict.HOLDS if share >= claim.level - 1e-9 else ClaimCheck.Verdict.UNDER
    band = kept_band(share, of) if share is not None else (None, None)
    return {
        **found,
        "share": share,
        "low": band[0],
        "high": band[1],
        "verdict": verdict.value,
        "least": LEAST_ORDERS,
        "window_days": WINDOW.days,
        "until": until.date().isoformat(),
    }


def _within(claim: AdvertisedClaim, orders: Deliveries) -> dict[str, Any]:
    kept = kept_within(orders, claim.days or 0)
    shortest = shortest_within(orders, claim.level, least=LEAST_ORDERS)
    return {"kept": kept.kept, "of": kept.of, "shortest": None if shortest is None else asdict(shortest)}


def _free_from(claim: AdvertisedClaim, orders: PastOrders) -> dict[str, Any]:
    known = np.isfinite(orders.price) & np.isfinite(orders.freight)
    price, is_free = orders.price[known], orders.freight[known] == 0
    from_here = price >= (claim.amount_minor or 0)
    return {
        "kept": int((from_here & is_free).sum()),
        "of": int(from_here.sum()),
        "lowest": _lowest(price, is_free, claim.level),
    }


def _lowest(price: Any, is_free: Any, level: float) -> int | None:
    """The lowest price of an order from which on delivery was free as often as `level` asks; None without one."""
    order = np.argsort(-price, kind="stable")
    count = np.arange(1, len(price) + 1)
    share = np.cumsum(is_free[order]) / count
    # all orders at one price count together: only the last of equals says what holds from this price on
    last = np.append(np.diff(price[order]) != 0, True)
    good = np.flatnonzero((share >= level - 1e-9) & last & (count >= LEAST_ORDERS))
    return int(price[order][good[-1]]) if len(good) else None


def takes(where: Where, days: int, level: float, until: datetime) -> dict[str, Any]:
    """What it would take to say "within `days`" there: stages with how much faster they must become, carriers one by
    one, what could be said today, and a year's sales there (minor units) with the days that would be won.
    """
    orders = past_orders(where, until - WINDOW, until)
    found = effort(orders.deliveries, days, level)
    honest = shortest_within(orders.deliveries, level, least=LEAST_ORDERS)
    year = past_orders(where, until - YEAR, until)
    nearest = found.nearest
    return {
        "days": days,
        "level": level,
        "orders": len(orders),
        "measured": found.measured,
        "is_enough": found.measured >= LEAST_ORDERS,
        "now": found.now,
        "is_reached": found.is_reached,
        "stages": [{**asdict(each), "then": each.then, "faster_by": each.faster_by} for each in found.stages],
        "nearest": None if nearest is None else nearest.stage,
        "carriers": _carriers(orders, days),
        "honest": None if honest is None else asdict(honest),
        "days_won": None if honest is None else max(honest.days - days, 0),
        "sales_minor": int(np.nansum(year.price)),
        "sales_orders": len(year),
        "until": until.date().isoformat(),
        "window_days": WINDOW.days,
    }


def _carriers(orders: PastOrders, days: int) -> list[dict[str, Any]]:
    """Each carrier with enough parcels: days from hand-over to delivery at the median, and how many came in time."""
    moments, names = orders.deliveries, np.array(orders.carriers, dtype=object)
    transit = (moments.delivered - moments.handed) / 86_400
    old_enough = moments.day + days < moments.last_day
    took = moments.took()
    found = []
    for name in sorted({carrier for carrier in orders.carriers if carrier}):
        mine = (names == name) & old_enough
        known = mine & np.isfinite(transit)
        if mine.sum() >= LEAST_OF_CARRIER and known.any():
            median = float(np.median(transit[known]))
            kept = int((took[mine] <= days).sum())
            found.append({"carrier": name, "of": int(mine.sum()), "kept": kept, "median": median})
    return sorted(found, key=lambda each: -each["of"])
