"""Small history: what the owner states is the prior, data take over order by order, and nothing jumps.

Durations are pooled over everything parcels share (option, seller, place, region, distance, the last weeks), more
closely the more they share: see `likeness`, `partial_pooling` and `residuals`. Without orders the curve is the
statement's, without both there is none. Few orders make it wide, and so the promise longer.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import cached_property

import numpy as np

from vafa.engine.calendars import CutOff
from vafa.engine.curve import Basis, Curve, widened
from vafa.engine.decision import Reason
from vafa.engine.durations import Durations, Legs
from vafa.engine.history import Facts, FloatArray, History, Question
from vafa.engine.local_days import day_of, local_time, moment_of, seconds
from vafa.engine.rhythm import Rhythm
from vafa.engine.statements import Beliefs, StatedTime
from vafa.engine.storage import pack, unpack

STATED_ORDERS = 5.0  # a curve rests on the statement while fewer orders than this speak to the question
TRANSIT_ORDERS = 20.0  # how many hand-overs it takes until they count as much as the whole way
AT_ONCE = 512
PLENTY = 300.0  # from so many arrivals in a region on a fitted model answers alone there
YOUNG, GROWN = 1_000.0, 3_000.0  # a model of so many arrivals says nothing yet by itself; of so many, all it can


@dataclass(frozen=True, eq=False)
class PooledModel:
    """The pooled durations of a small history, built once by `of`; `curve` answers questions. Immutable.

    `whole` runs from the day an order counts from to its arrival; `handed` are the legs from the hand-over on.
    """

    zone: str
    beliefs: Beliefs
    cut_off: CutOff | None
    whole: Durations | None
    handed: Legs

    @classmethod
    def of(
        cls, history: History, as_of: datetime, stated: Iterable[StatedTime] = (), cut_off: CutOff | None = None
    ) -> PooledModel:
        """Pool what was known at `as_of`: about the thousand newest orders, and older ones to places rare among them.

        With a `cut_off`, days are counted from the day from which an order counts, so that an order placed after it
        on a Thursday is not slower than one placed in time.
        """
        known, beliefs = history.until(as_of), Beliefs(stated)
        rhythm = Rhythm.expected(cut_off.calendar if cut_off else None)
        end = np.where(np.isfinite(known.closed), known.closed, seconds(as_of))
        counted = counting_days(known.placed, known.zone, cut_off)
        today = np.floor(local_time(np.where(np.isfinite(known.delivered), known.delivered, end), known.zone))
        arrived = np.isfinite(known.delivered)
        whole = Durations.of(Legs(known.facts, counted, np.maximum(today - counted, 0), arrived), beliefs, rhythm)
        handed = np.flatnonzero(np.isfinite(known.handed))
        left = np.floor(local_time(known.handed[handed], known.zone))
        rest = Legs(known.facts.take(handed), left, np.maximum(today[handed] - left, 0), arrived[handed])
        return cls(known.zone, beliefs, cut_off, whole, rest)

    @cached_property
    def transit(self) -> Durations | None:
        """Durations from the hand-over to the arrival, fitted when first asked for."""
        return Durations.of(self.handed, Beliefs(), Rhythm.expected(self.cut_off.calendar if self.cut_off else None))

    def to_bytes(self) -> bytes:
        """What a question at checkout needs, as bytes that `from_bytes` reads; what hand-overs say is not among it."""
        arrays, about = self.whole.as_plain() if self.whole is not None else ({}, None)
        stated = [asdict(each) for each in self.beliefs.by_key.values()]
        return pack(arrays, {"zone": self.zone, "stated": stated, "whole": about})

    @classmethod
    def from_bytes(cls, data: bytes, cut_off: CutOff | None = None) -> PooledModel:
        """The model back from `to_bytes`, with the cut-off it was built with; ValueError when the bytes are none."""
        arrays, about = unpack(data)
        whole = Durations.from_plain(arrays, about["whole"]) if about["whole"] is not None else None
        none = Legs(Facts.of(()), np.zeros(0), np.zeros(0), np.zeros(0, dtype=np.bool_))
        return cls(about["zone"], Beliefs(StatedTime(**each) for each in about["stated"]), cut_off, whole, none)

    def curve(self, question: Question) -> Curve | None:
        """The chance of arrival by the end of each local day, from the question's on; None where nothing carries one.

        For a parcel on its way (`placed_at` set) it is the chance given that it has not arrived before that day.
        """
        return self.curves([question])[0]

    def curves(self, questions: Sequence[Question]) -> list[Curve | None]:
        """Curves of many questions, in their order."""
        found: list[Curve | None] = []
        for first in range(0, len(questions), AT_ONCE):
            found += self._curves(questions[first : first + AT_ONCE])
        return found

    def why_none(self, question: Question) -> Reason:
        """The reason where `curve` gives None: nothing is known at all, or nothing that speaks about this place."""
        code = "no_history" if self.whole is None else "no_history_for_place"
        return Reason(code, {"place": question.destination.city or question.destination.code})

    def _curves(self, questions: Sequence[Question]) -> list[Curve | None]:
        if self.whole is None:
            return [None] * len(questions)
        facts = Facts.of(questions)
        today = np.floor(local_time(facts.asked, self.zone))
        placed = np.array([seconds(each.placed_at or each.asked_at) for each in questions])
        counted = counting_days(placed, self.zone, self.cut_off)
        chances, evidence, stated = self.whole.chances(facts, counted, self.beliefs)
        found: list[Curve | None] = []
        for row, question in enumerate(questions):
            if self.whole.sample_size == 0 and not stated[row]:
                found.append(None)
                continue
            by_day = seen_from(chances[row], int(today[row] - counted[row]))
            basis: Basis = "stated" if stated[row] and evidence[row] < STATED_ORDERS else "pooled"
            curve = Curve(day_of(int(today[row])), by_day, float(evidence[row]), basis)
            found.append(self._under_way(question, facts, row, curve))
        return found

    def _under_way(self, question: Question, facts: Facts, row: int, curve: Curve) -> Curve:
        """With what hand-overs say, for a parcel that the carrier has; the more of them, the more they count."""
        if question.handed_over_at is None or question.placed_at is None or self.transit is None:
            return curve
        left = np.floor(local_time(np.array([seconds(question.handed_over_at)]), self.zone))
        chances, evidence, _ = self.transit.chances(facts.take(np.array([row])), left, Beliefs())
        today = np.floor(local_time(facts.asked[row : row + 1], self.zone))
        by_day = seen_from(chances[0], int(today[0] - left[0]))
        transit = Curve(curve.start, by_day, float(evidence[0]), curve.basis)
        return blend(transit, curve, float(evidence[0] / (evidence[0] + TRANSIT_ORDERS)))


def pooled_curve(history: History, question: Question, stated: Iterable[StatedTime], as_of: datetime) -> Curve | None:
    """The curve of a small history for one question; None without data and statement. For many: `PooledModel.of`."""
    return PooledModel.of(history, as_of, stated).curve(question)


def blend(one: Curve, other: Curve, weight: float) -> Curve:
    """The mixture of two curves with the same start: `weight` (0..1) of `one`; the heavier one's basis."""
    if one.start != other.start:
        raise ValueError(f"Curves of different days cannot be blended: {one.start} and {other.start}.")
    width = max(len(one.by_day), len(other.by_day))
    first, second = widened(one.by_day, width), widened(other.by_day, width)
    return Curve(
        one.start,
        weight * first + (1 - weight) * second,
        weight * one.evidence + (1 - weight) * other.evidence,
        one.basis if weight >= 0.5 else other.basis,
        one.aim.blended(other.aim, weight),
    )


def share_of_pooled(evidence: float, arrivals: float) -> float:
    """How much of the pooled curve (0..1) belongs beside a fitted model's that rests on `arrivals`, of which `evidence`
    went to the region: all of it where the model knows none or is new, nothing where it knows many. Never jumps.
    """
    familiar = min(1.0, max(0.0, evidence) / PLENTY)
    grown = min(1.0, max(0.0, (arrivals - YOUNG) / (GROWN - YOUNG)))
    return 1.0 - familiar * grown


def seen_from(by_day: FloatArray, age: int) -> FloatArray:
    """A curve as seen `age` days after its first day, by a parcel that has not come before; negative: days earlier."""
    if age <= 0:
        return np.concatenate([np.zeros(-age), by_day])
    past = float(by_day[min(age, len(by_day)) - 1])
    rest = by_day[age:] if age < len(by_day) else by_day[-1:]
    return np.asarray((rest - past) / (1 - past)) if past < 1 else np.ones_like(rest)


def counting_days(at: FloatArray, zone: str, cut_off: CutOff | None) -> FloatArray:
    """The local day numbers from which orders placed at these times (seconds since 1970) count."""
    if cut_off is None:
        return np.asarray(np.floor(local_time(at, zone)))
    days = [cut_off.counts_from(moment_of(each)) for each in at]
    return np.array(days, dtype="datetime64[D]").astype(np.float64)


__all__ = ["PooledModel", "StatedTime", "blend", "counting_days", "pooled_curve", "seen_from"]
