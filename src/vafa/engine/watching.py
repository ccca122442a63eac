"""The watch replayed: some days before each promised day, how likely was the promise to break, as far as was known?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from vafa.engine.arrival import Asked
from vafa.engine.features import features_of
from vafa.engine.history import FloatArray, History
from vafa.engine.lateness import OpenPromises, corrected_in_order
from vafa.engine.local_days import day_of, local_time
from vafa.engine.model import DeliveryModel
from vafa.engine.records import groups_of
from vafa.engine.stretches import Seen

IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]
DAYS_BEFORE = (10, 5, 2)
TENTHS = 10


@dataclass(frozen=True, eq=False)
class Looks:
    """Looks at open promises of the shop's own: the order's `row`, `days_before` its promised day `due` (local days).

    One is asked when the local day `due - days_before` begins, and knows the facts before that moment. Only orders
    that were placed before and were neither delivered nor (as far as recorded) closed then are looked at, and only
    promises whose day has passed by the last fact.
    """

    row: IntArray
    days_before: IntArray
    due: IntArray

    @classmethod
    def of(cls, history: History, rows: IntArray) -> Looks:
        """All looks at the promises of `rows`."""
        promised = history.promised[rows]
        placed, delivered, closed = (
            local_time(times[rows], history.zone) for times in (history.placed, history.delivered, history.closed)
        )
        end = np.floor(local_time(np.array([history.last_fact]), history.zone)[0])
        found = []
        for before in DAYS_BEFORE:
            asked = promised - before
            is_open = (placed < asked) & ~(delivered < asked) & ~(closed < asked) & (promised < end)
            which = np.flatnonzero(is_open)
            found.append(np.stack([rows[which], np.full(len(which), before), promised[which].astype(np.int64)]))
        return cls(*np.concatenate(found, axis=1).astype(np.int64))

    def __len__(self) -> int:
        return len(self.row)

    @property
    def asked(self) -> IntArray:
        """The local day at whose first moment each look happens."""
        return self.due - self.days_before

    def asked_in(self, zone: str, window: tuple[float, float]) -> IntArray:
        """The looks that happen within `window` (seconds since 1970)."""
        first, last = local_time(np.array(window), zone)
        return np.flatnonzero((self.asked >= first) & (self.asked < last))

    def take(self, rows: IntArray | BoolArray) -> Looks:
        """Some of them."""
        return Looks(self.row[rows], self.days_before[rows], self.due[rows])

    def late(self, history: History) -> BoolArray:
        """Whether the order had not arrived when its promised day was over."""
        delivered = np.floor(local_time(history.delivered[self.row], history.zone))
        return np.asarray(~(delivered <= self.due))

    def closed_before_due(self, history: History) -> BoolArray:
        """Whether the order was closed before its promised day was over: then nobody knows whether it had been late."""
        return np.asarray(local_time(history.closed[self.row], history.zone) < self.due + 1)


def chances_late(model: DeliveryModel, history: History, said: FloatArray, origin: float, looks: Looks) -> OpenPromises:
    """What `model`, fitted at `origin` (seconds since 1970), says of each look: hand-over and age as known then, the
    drift of the start of that day. `said` (orders, columns) is what the records said when each order was placed."""
    facts = history.facts.take(looks.row)
    seen = Seen.at(history.take(looks.row), np.inf)
    now = looks.asked.astype(np.float64)
    handed = np.where(seen.handed < now, seen.handed, np.nan)
    first = int(np.floor(local_time(np.array([origin]), history.zone)[0]))
    drifts = model.drift_days(history, said, origin, int(looks.asked.max()) - first + 1)
    groups, log_pace = groups_of(facts), np.zeros(len(looks))
    for drift in drifts:
        these = looks.asked == drift.day
        if these.any():
            log_pace[these] = drift.log_pace({name: own[these] for name, own in groups.items()}, now[these])
    features = features_of(facts, said[looks.row], history.zone)
    curves = model.chances(features, Asked(now, seen.placed, handed), log_pace)
    by_due = curves[np.arange(len(looks)), np.minimum(looks.days_before, curves.shape[1] - 1)]
    return OpenPromises(1.0 - by_due, looks.days_before.astype(np.float64), now - handed)


@dataclass(frozen=True, eq=False)
class Watch:
    """Looks at promises that count, each with the stated `probability` to be late and whether it was."""

    history: History
    looks: Looks
    probability: FloatArray
    late: BoolArray

    @classmethod
    def of(cls, history: History, looks: Looks, promises: OpenPromises, counted: BoolArray) -> Watch:
        """All looks corrected by the outcomes known before them; those that are `counted`."""
        late = looks.late(history)
        told = ~looks.closed_before_due(history)
        stated = corrected_in_order(promises, looks.asked, looks.due, late, told)
        return cls(history, looks.take(counted), stated[counted], late[counted])

    def as_json(self) -> dict[str, Any]:
        """By days before the promised day: how many were open, the share that was late, average precision, and tenths
        by stated probability, least first (mean stated probability, share late)."""
        return {str(days): self._figures(self.looks.days_before == days) for days in DAYS_BEFORE}

    def _figures(self, these: BoolArray) -> dict[str, Any]:
        late, probability = self.late[these], self.probability[these]
        tenths = np.array_split(np.argsort(probability, kind="stable"), TENTHS)
        return {
            "open": int(these.sum()),
            "late_share": float(late.mean()) if len(late) else None,
            "average_precision": average_precision(late, probability),
            "deciles": [
                {"probability": float(probability[tenth].mean()), "late": float(late[tenth].mean())}
                for tenth in tenths
                if len(tenth)
            ],
        }

    def quotes(self) -> list[dict[str, str]]:
        """One row per look: order, days before, when it was asked (ISO, shop's zone), the stated probability."""
        zone = ZoneInfo(self.history.zone)
        return [
            {
                "order": str(self.history.numbers[row]),
                "days_before": str(before),
                "asked_at": datetime.combine(day_of(int(due - before)), time(), zone).isoformat(),
                "probability_late": f"{probability:.6f}",
            }
            for row, before, due, probability in zip(
                self.looks.row, self.looks.days_before, self.looks.due, self.probability, strict=True
            )
        ]


def average_precision(late: BoolArray, probability: FloatArray) -> float | None:
    """The mean over late orders of the share of late ones among all stated at least as likely; None without any."""
    if not late.any():
        return None
    order = np.argsort(-probability, kind="stable")
    hits = np.cumsum(late[order])
    last = np.append(np.flatnonzero(np.diff(probability[order])), len(order) - 1)  # ties count together
    recall = hits[last] / hits[-1]
    return float(np.sum(np.diff(recall, prepend=0.0) * hits[last] / (last + 1)))
