"""From a curve to a date that a shop can promise, or to the reason why it should promise none.

A rule weighs days against misses; the candidates are the days on which the shop delivers. Cut-offs need no place here:
they act on the day from which an order counts, which is inside the curve (data learned from moments of placement know
it; stated times count from `CutOff.counts_from`, see `vafa.engine.stated`). Days are calendar days in the shop's zone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vafa.engine.aim import AS_ASKED, Aim
from vafa.engine.choice import NONE, Choices, Cost, FloatArray, Rule, Target, choose
from vafa.engine.curve import Curve
from vafa.engine.local_days import day_number

EVERY_DAY = frozenset(range(7))
LEAST_EVIDENCE = 5.0
MOST_DAYS = 3650


@dataclass(frozen=True)
class Reason:
    """Why: a stable `code` and the numbers a sentence is made from (plain JSON values; days are ISO texts)."""

    code: str
    values: Mapping[str, Any]


@dataclass(frozen=True)
class RunnerUp:
    """The delivery day before the promised one, and how often it would have been kept."""

    day: date
    days: int
    probability: float


@dataclass(frozen=True)
class Decision:
    """A date to promise.

    `days` counts from the curve's first day; `probability` is the chance to keep it; `earliest` and `latest` bound
    the likely window (10 % to 90 % of the curve, moved on to delivery days); `earlier` is None where no delivery day
    comes before. Reason codes say what settled the day: the rule (`target`, `cost`, `floor`), or the terms of delivery
    that moved it on (`minimum`: the minimum lead, `delivery_day`: a day without delivery).
    """

    day: date
    days: int
    probability: float
    earliest: date
    latest: date
    earlier: RunnerUp | None
    reason: Reason


@dataclass(frozen=True)
class Refusal:
    """No date. Reason codes: `no_history`, `no_history_for_place`, `little_history` (fewer orders than asked for),
    `horizon_too_short` (the curve still rises at its end), `target_not_reachable` (too many never arrive),
    `no_delivery_day`; or a code of the caller's own that was handed on.
    """

    reason: Reason


def decide(
    curve: Curve | Refusal | None,
    rule: Rule,
    *,
    delivery_days: frozenset[int] = EVERY_DAY,
    closed: frozenset[date] = frozenset(),
    minimum_days: int = 0,
    least_evidence: float = LEAST_EVIDENCE,
) -> Decision | Refusal:
    """The date that `rule` chooses among the days of delivery, or why there is none.

    `delivery_days` are weekdays (0 = Monday), `closed` single days without delivery, `minimum_days` the least number
    of days from the curve's first day. A curve from fewer than `least_evidence` orders is refused, unless the owner's
    statement carries it. A Refusal in place of a curve is handed on; None is one for want of history.
    """
    if not isinstance(curve, Curve):
        return curve or Refusal(Reason("no_history", {}))
    return decide_all(
        [curve], rule,
        delivery_days=delivery_days, closed=closed, minimum_days=minimum_days, least_evidence=least_evidence,
    )[0]  # fmt: skip


def decide_all(
    curves: Sequence[Curve],
    rule: Rule,
    *,
    delivery_days: frozenset[int] = EVERY_DAY,
    closed: frozenset[date] = frozenset(),
    minimum_days: int = 0,
    least_evidence: float = LEAST_EVIDENCE,
) -> list[Decision | Refusal]:
    """`decide` for many curves at once, in their order."""
    if not curves:
        return []
    chances = stacked([curve.by_day for curve in curves])
    starts = np.array([day_number(curve.start) for curve in curves])
    chosen = decide_many(
        starts, chances, rule,
        delivery_days=delivery_days, closed=closed, minimum_days=minimum_days, aims=[curve.aim for curve in curves],
    )  # fmt: skip
    found: list[Decision | Refusal] = []
    for row, curve in enumerate(curves):
        if curve.basis != "stated" and curve.evidence < least_evidence:
            found.append(Refusal(Reason("little_history", {"evidence": curve.evidence, "least": least_evidence})))
        else:
            found.append(_explained(chosen, row, curve, rule))
    return found


def decide_many(
    starts: NDArray[np.int64],
    chances: FloatArray,
    rule: Rule,
    *,
    delivery_days: frozenset[int] = EVERY_DAY,
    closed: frozenset[date] = frozenset(),
    minimum_days: int = 0,
    aims: Sequence[Aim] = (),
) -> Choices:
    """The rule over a matrix: `starts` (n,) days since 1970-01-01, `chances` (n, H + 1) as in `Curve.by_day`, `aims` as
    in `Curve.aim` (none: the targets themselves).

    Gives columns of days; `vafa.engine.choice.NONE` where there is none to promise. ValueError for weekdays that are
    none, or a minimum lead of more than ten years.
    """
    if not delivery_days or not delivery_days <= EVERY_DAY:
        raise ValueError("Days of delivery are weekdays from 0 (Monday) to 6 (Sunday), at least one.")
    if not 0 <= minimum_days <= MOST_DAYS:
        raise ValueError(f"A minimum lead lies between 0 and {MOST_DAYS} days.")
    closed_numbers = np.array(sorted(day_number(day) for day in closed), dtype=np.int64)
    asked = {aim: rule.least(aim) for aim in {AS_ASKED, *aims}}
    least = np.array([asked[aim] for aim in aims or [AS_ASKED] * len(chances)], dtype=np.float64)
    return choose(starts, chances, rule, sorted(delivery_days), closed_numbers, minimum_days, least)


def stacked(rows: Sequence[FloatArray]) -> FloatArray:
    """Curves of different length as one matrix; shorter ones stay at their last value."""
    width = max(len(row) for row in rows)
    found = np.empty((len(rows), width))
    for place, row in enumerate(rows):
        found[place, : len(row)] = row
        found[place, len(row) :] = row[-1]
    return found


def _explained(chosen: Choices, row: int, curve: Curve, rule: Rule) -> Decision | Refusal:
    if chosen.days[row] == NONE:
        return Refusal(_refused(chosen, row, curve, rule))

    def day(offset: np.int64) -> date:
        return curve.start + timedelta(days=int(offset))

    earlier = None
    if chosen.earlier[row] != NONE:
        at = chosen.earlier[row]
        earlier = RunnerUp(day(at), int(at), _chance(curve, int(at)))
    values = {
        "days": int(chosen.days[row]),
        "day": day(chosen.days[row]).isoformat(),
        "probability": float(chosen.probability[row]),
        "usual_days": int(chosen.usual[row]),
        "earlier_days": earlier and earlier.days,
        "earlier_day": earlier and earlier.day.isoformat(),
        "earlier_probability": earlier and earlier.probability,
        "evidence": float(curve.evidence),
        "basis": curve.basis,
        **rule.values,
    }
    return Decision(
        day=day(chosen.days[row]),
        days=int(chosen.days[row]),
        probability=float(chosen.probability[row]),
        earliest=day(chosen.earliest[row]),
        latest=day(chosen.latest[row]),
        earlier=earlier,
        reason=Reason(chosen.code(row), values),
    )


def _chance(curve: Curve, days: int) -> float:
    return float(curve.by_day[min(days, curve.horizon)])


STILL_RISING = 0.002  # a day; a curve that gains more in its last week has not come to its end


def _refused(chosen: Choices, row: int, curve: Curve, rule: Rule) -> Reason:
    """Why no day was found: none is open, the curve ends too early, or so much is never kept."""
    needed = rule.least(curve.aim)
    best = float(curve.by_day[-1])
    values = {"best": best, "needed": needed, "horizon": curve.horizon, "evidence": float(curve.evidence)}
    if best >= needed - 1e-12:
        return Reason("no_delivery_day", values)
    back = min(7, curve.horizon)
    if back and best - float(curve.by_day[-1 - back]) > STILL_RISING * back:
        return Reason("horizon_too_short", values)
    return Reason("target_not_reachable", values)


__all__ = ["Cost", "Decision", "Reason", "Refusal", "Rule", "RunnerUp", "Target", "decide", "decide_all", "decide_many"]
