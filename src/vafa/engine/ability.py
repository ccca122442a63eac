"""What a shop is able to do: how often it delivers within so many days, and which stage would have to become faster.

Whoever has not arrived counts as late, and an order counts only once so many days have passed: what is still young says
nothing yet.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from vafa.engine.credible import kept_band
from vafa.engine.local_days import local_time

FloatArray = NDArray[np.float64]
Stage = Literal["handling", "transit", "both"]
MOST_DAYS = 60
STEPS = 100


@dataclass(frozen=True, eq=False)
class Deliveries:
    """Orders as columns of shape (n,), times in seconds since 1970 UTC, nan = has not happened (or is not known).

    `now` is the moment of the newest fact; days are calendar days in `zone`.
    """

    placed: FloatArray
    handed: FloatArray
    delivered: FloatArray
    now: float
    zone: str

    def __len__(self) -> int:
        return len(self.placed)

    @property
    def day(self) -> FloatArray:
        """The local day of each order, days since 1970."""
        return np.floor(local_time(self.placed, self.zone))

    @property
    def last_day(self) -> float:
        """The local day of the newest fact."""
        return float(np.floor(local_time(np.array([self.now]), self.zone))[0])

    def took(self, delivered: FloatArray | None = None) -> FloatArray:
        """Calendar days from the order's day to that of the delivery; inf where it has not arrived."""
        moments = self.delivered if delivered is None else delivered
        days = np.floor(local_time(moments, self.zone)) - self.day
        return np.where(np.isfinite(days), days, np.inf)


@dataclass(frozen=True)
class Kept:
    """`kept` of `of` orders arrived within `days`; `low` to `high` holds the true share with probability 0.8."""

    days: int
    kept: int
    of: int

    @property
    def share(self) -> float:
        """Of one; 0 without orders."""
        return self.kept / self.of if self.of else 0.0

    @property
    def band(self) -> tuple[float, float]:
        """The credible band of the share (see `vafa.engine.credible`)."""
        return kept_band(self.share, self.of)


def kept_within(orders: Deliveries, days: int) -> Kept:
    """How many of the orders that are old enough arrived within `days` calendar days."""
    old_enough = orders.day + days < orders.last_day
    in_time = old_enough & (orders.took() <= days)
    return Kept(days, int(in_time.sum()), int(old_enough.sum()))


def shortest_within(orders: Deliveries, level: float, *, least: int = 1) -> Kept | None:
    """The fewest days within which a share of at least `level` arrived, counted on at least `least` orders; None where
    no number of days up to 60 reaches it.
    """
    took, day, last = orders.took(), orders.day, orders.last_day
    for days in range(MOST_DAYS + 1):
        old_enough = day + days < last
        kept = Kept(days, int((old_enough & (took <= days)).sum()), int(old_enough.sum()))
        if kept.of >= max(least, 1) and kept.share >= level - 1e-9:
            return kept
    return None


@dataclass(frozen=True)
class Needed:
    """A stage would have to take `factor` of the time it takes now (0 to 1), the others as they are.

    `now` and `then` are its median in days. None for `factor` and `then`: even if it took no time at all, the
    level would not be reached.
    """

    stage: Stage
    now: float
    factor: float | None

    @property
    def then(self) -> float | None:
        """Its median in days when it is so much faster."""
        return None if self.factor is None else self.now * self.factor

    @property
    def faster_by(self) -> float | None:
        """The share of its time that has to go."""
        return None if self.factor is None else 1.0 - self.factor


@dataclass(frozen=True)
class Effort:
    """What it would take to arrive within `days` for a share of `level`.

    `stages` are handling (order to hand-over), transit (hand-over to delivery) and both alike; they are measured on the
    `measured` orders whose hand-over is known (and those that never arrived); empty where there are none. `now` is the
    share on these orders today.
    """

    days: int
    level: float
    now: float
    measured: int
    stages: tuple[Needed, ...]

    @property
    def is_reached(self) -> bool:
        """Whether nothing has to change."""
        return self.measured > 0 and self.now >= self.level - 1e-9

    @property
    def nearest(self) -> Needed | None:
        """The one stage that would have to gain the least time; None where neither alone is enough."""
        alone = [each for each in self.stages if each.stage != "both" and each.factor is not None]
        return min(alone, key=lambda each: each.now - (each.then or 0.0), default=None)


def effort(orders: Deliveries, days: int, level: float) -> Effort:
    """Which stage would have to become how much faster.

    Each order's own time in the stage is multiplied by one factor, and the whole is counted again in calendar days; the
    largest factor (in hundredths) that reaches the level is taken. What is slow stays slow and what is quick quick; it
    assumes that a stage can be quickened alike for all, nights and days off included.
    """
    arrived = np.isfinite(orders.delivered) & np.isfinite(orders.handed) & (orders.handed >= orders.placed)
    arrived &= orders.delivered >= orders.handed
    never = ~np.isfinite(orders.delivered)
    measured = (arrived | never) & (orders.day + days < orders.last_day)
    if not (arrived & measured).any():
        return Effort(days, level, 0.0, 0, ())
    some = Deliveries(
        orders.placed[measured], orders.handed[measured], orders.delivered[measured], orders.now, orders.zone
    )
    handling, transit = some.handed - some.placed, some.delivered - some.handed

    def share(of_handling: float, of_transit: float) -> float:
        return float((some.took(some.placed + of_handling * handling + of_transit * transit) <= days).mean())

    def least(stage: Stage) -> float | None:
        for step in range(STEPS, -1, -1):
            factor = step / STEPS
            handled = 1.0 if stage == "transit" else factor
            carried = 1.0 if stage == "handling" else factor
            if share(handled, carried) >= level - 1e-9:
                return factor
        return None

    def median(seconds: FloatArray) -> float:
        return float(np.nanmedian(seconds)) / 86_400

    stages = (
        Needed("handling", median(handling), least("handling")),
        Needed("transit", median(transit), least("transit")),
        Needed("both", median(handling + transit), least("both")),
    )
    return Effort(days, level, share(1.0, 1.0), int(measured.sum()), stages)
