"""The first report: what a shop's history says about its promises, as plain JSON values."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, replace
from datetime import UTC, datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vafa.engine.choice import Target
from vafa.engine.curve import Curve
from vafa.engine.decision import Refusal, decide, stacked
from vafa.engine.history import History, Question, TextArray
from vafa.engine.stated import PooledModel, StatedTime
from vafa.engine.track_record import TrackRecord, daily_records, track_records

REGIONS_SHOWN = 40
DAYS_KEPT = 800  # two years of every calendar, and the beginning of a third
NEWEST = 20  # orders of a region that stand for those to come


def report_of(history: History, *, stated: Iterable[StatedTime], caution: float) -> dict[str, Any]:
    """Totals, days and regions, with the number of days that would be honest there at the shop's caution."""
    if not len(history):
        return {"orders": 0}
    as_of = datetime.fromtimestamp(history.last_fact, UTC)
    pooled = PooledModel.of(history, as_of, stated)
    groups = _groups(history)
    regions = track_records(history, groups)
    everything = track_records(history)
    return {
        "orders": len(history),
        "cancelled": int(history.cancelled.sum()),
        "first_placed": datetime.fromtimestamp(float(history.placed[0]), UTC).isoformat(),
        "last_fact": as_of.isoformat(),
        "caution": caution,
        "all": _as_json(everything[0]) if everything else None,
        "days": [(each.day.isoformat(), each.settled, each.broken) for each in daily_records(history)[-DAYS_KEPT:]],
        "regions": [
            {**_as_json(record), **_honest(pooled, history, groups == record.group, as_of, caution)}
            for record in regions[:REGIONS_SHOWN]
            if record.group
        ],
        "without_region": sum(record.orders for record in regions if not record.group),
    }


def _groups(history: History) -> TextArray:
    """The region an order went to; where the shop's export knows none, the city; "" where it knows neither."""
    facts = history.facts
    return np.where(facts.destination_region != "", facts.destination_region, facts.destination_city)


def _as_json(record: TrackRecord) -> dict[str, Any]:
    kept = record.kept_rate
    return {**asdict(record), "kept_rate": kept, "broken_rate": None if kept is None else 1 - kept}


def _honest(
    pooled: PooledModel, history: History, there: NDArray[np.bool_], as_of: datetime, caution: float
) -> dict[str, Any]:
    decision = decide(_curve_to(pooled, history, there, as_of), Target(caution))
    if isinstance(decision, Refusal):
        return {"honest_days": None, "honest_probability": None, "refused": decision.reason.code}
    return {"honest_days": decision.days, "honest_probability": decision.probability, "refused": None}


def _curve_to(pooled: PooledModel, history: History, there: NDArray[np.bool_], as_of: datetime) -> Curve | None:
    """What a parcel of these orders' kind faces: the mean over its newest orders, had they been placed at `as_of`."""
    newest = np.flatnonzero(there & ~history.cancelled)[-NEWEST:]
    curves = [curve for curve in pooled.curves([_as_question(history, row, as_of) for row in newest]) if curve]
    if not curves:
        return None
    evidence = float(np.mean([curve.evidence for curve in curves]))
    return replace(curves[0], by_day=stacked([curve.by_day for curve in curves]).mean(axis=0), evidence=evidence)


def _as_question(history: History, row: int, as_of: datetime) -> Question:
    """The same way again: a question that left the origin out would be answered for a middling distance."""
    facts = history.facts
    return Question(
        as_of,
        facts.destination(row),
        origin=facts.origin(row),
        seller=str(facts.seller[row]),
        option=str(facts.option[row]),
    )
