"""The rules of promising, over whole matrices of curves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vafa.engine.aim import Aim

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]
NONE = -1
EXACT = 1e-12  # chances are sums of many roundings
DAYS_BEYOND = 60  # past a curve's end its last chance still holds: that far a day of delivery is looked for


@dataclass(frozen=True)
class Target:
    """Promises of which the share `probability` is kept: the earliest day whose chance is at least that, or what the
    outcomes of earlier promises with this target say must be asked instead (`Aim.least`; never less than the
    probability by more than 0.1).
    """

    probability: float

    def __post_init__(self) -> None:
        if not 0 < self.probability < 1:
            raise ValueError("A target probability lies between 0 and 1, both excluded.")

    def least(self, aim: Aim) -> float:
        """The least chance that a promise of this rule may have."""
        return aim.least(self.probability)

    @property
    def values(self) -> dict[str, float]:
        """The rule's numbers, for a reason."""
        return {"target": self.probability}


@dataclass(frozen=True)
class Cost:
    """The day with the least of days + `late_costs_days` x P(late), among those with a chance of at least `floor`.

    Read: a broken promise costs as much goodwill as promising everybody that many days more.
    """

    late_costs_days: float
    floor: float = 0.0

    def __post_init__(self) -> None:
        if not 0 <= self.late_costs_days < float("inf"):
            raise ValueError("The cost of a late delivery is a number of days, zero or more.")
        if not 0 <= self.floor < 1:
            raise ValueError("A floor lies between 0 and 1, the 1 excluded.")

    def least(self, aim: Aim) -> float:
        """The least chance that a promise of this rule may have."""
        return self.floor

    @property
    def values(self) -> dict[str, float]:
        """The rule's numbers, for a reason."""
        return {"late_costs_days": self.late_costs_days, "floor": self.floor}


Rule = Target | Cost


@dataclass(frozen=True, eq=False)
class Choices:
    """Columns (n,) of days from each curve's start; NONE (-1) where there is none.

    `usual` is the median; `earliest` and `latest` are the 10 % and 90 % points of the curve on delivery days (its end
    where it never gets there); `earlier` is the delivery day before the chosen one.
    """

    days: IntArray
    probability: FloatArray
    earliest: IntArray
    latest: IntArray
    usual: IntArray
    earlier: IntArray
    codes: NDArray[np.str_]

    def code(self, row: int) -> str:
        """What settled the day: `target`, `cost`, `floor`, or the terms: `minimum`, `delivery_day`; empty for none."""
        return str(self.codes[row])


def choose(
    starts: IntArray,
    chances: FloatArray,
    rule: Rule,
    weekdays: Sequence[int],
    closed: IntArray,
    minimum_days: int,
    least: FloatArray,
) -> Choices:
    """Apply `rule` to every row, with the `least` chance (n,) asked of each; see `vafa.engine.decision.decide_many`."""
    wide = _widened(chances, minimum_days)
    offsets = np.arange(wide.shape[1])
    open_day = _open_days(starts, wide.shape[1], weekdays, closed)
    allowed = open_day & (offsets >= minimum_days)
    days = _best(wide, allowed, rule, least)
    before = allowed & (offsets < days[:, None])
    last_before = wide.shape[1] - 1 - before[:, ::-1].argmax(axis=1)
    return Choices(
        days=days,
        probability=np.where(days == NONE, 0.0, _at(wide, days)),
        earliest=_reaching(wide, open_day, 0.1),
        latest=_reaching(wide, open_day, 0.9),
        usual=_reaching(wide, np.True_, 0.5),
        earlier=np.where(before.any(axis=1), last_before, NONE),
        codes=_settled_by(wide, days, rule, minimum_days, least),
    )


def _widened(chances: FloatArray, minimum_days: int) -> FloatArray:
    more = DAYS_BEYOND + max(0, minimum_days - chances.shape[1] + 1)
    return np.concatenate([chances, np.repeat(chances[:, -1:], more, axis=1)], axis=1)


def _open_days(starts: IntArray, width: int, weekdays: Sequence[int], closed: IntArray) -> BoolArray:
    """Whether each row's days (n, width) are days of delivery; looked up in one row of all days there are."""
    first, last = (int(starts.min()), int(starts.max())) if len(starts) else (0, 0)
    number = first + np.arange(last - first + width)
    delivered = np.zeros(7, dtype=np.bool_)
    delivered[list(weekdays)] = True
    is_open = delivered[(number + 3) % 7]
    is_open[closed[(closed >= first) & (closed <= number[-1])] - first] = False
    return np.asarray(is_open[(starts - first)[:, None] + np.arange(width)])


def _best(wide: FloatArray, allowed: BoolArray | np.bool_, rule: Rule, least: FloatArray) -> IntArray:
    """The best allowed day by the rule, the earlier of equals; NONE where none has the least chance."""
    good = allowed & (wide >= least[:, None] - EXACT)
    if isinstance(rule, Target):
        best = good.argmax(axis=1)
    else:
        price = np.arange(wide.shape[1]) + rule.late_costs_days * (1.0 - wide)
        best = np.where(good, price, np.inf).argmin(axis=1)
    return np.asarray(np.where(good.any(axis=1), best, NONE))


def _settled_by(wide: FloatArray, days: IntArray, rule: Rule, minimum_days: int, least: FloatArray) -> NDArray[np.str_]:
    """What settled the day: the rule itself, or the terms of delivery that moved it."""
    free = _best(wide, np.True_, rule, least)
    own: NDArray[np.str_] = np.full(len(days), "target")
    if isinstance(rule, Cost):
        unbound = _best(wide, np.True_, rule, np.zeros(len(wide)))
        own = np.where(unbound == free, "cost", "floor")
    moved = np.where(free < minimum_days, "minimum", "delivery_day")
    return np.where(days == NONE, "", np.where(days == free, own, moved))


def _reaching(wide: FloatArray, possible: BoolArray | np.bool_, chance: float) -> IntArray:
    """The first possible day with that chance; where none has it, the last day of all."""
    good = possible & (wide >= np.minimum(chance, wide[:, -1:]) - EXACT)
    return np.asarray(np.where(good.any(axis=1), good.argmax(axis=1), wide.shape[1] - 1))


def _at(wide: FloatArray, days: IntArray) -> FloatArray:
    return np.asarray(np.take_along_axis(wide, np.maximum(days, 0)[:, None], axis=1)[:, 0])
