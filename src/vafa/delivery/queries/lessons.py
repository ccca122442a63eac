"""What outcomes have taught the watch, and which of its looks are kept to learn from."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import numpy as np

from vafa.delivery.models import KeptLook, Lesson
from vafa.engine.lateness import Correction, OpenPromises, Outcomes
from vafa.engine.local_days import day_number
from vafa.engine.watching import DAYS_BEFORE

ALL = 2**32
SPREAD = 2_654_435_761  # Knuth's multiplicative hash: neighbouring numbers fall far apart
OUTCOME_FIELDS = ("chance", "days_left", "since_handed", "steady", "due_on", "late")


def lesson() -> Lesson | None:
    """What was learned last; None before the first pass."""
    return Lesson.objects.filter(pk=1).first()


def correction_by(learned: Lesson | None) -> Correction:
    """How chances are corrected by it; not at all before anything was learned."""
    if learned is None or not learned.coefficients:
        return Correction(shift=learned.shift if learned else 0.0)
    return Correction(np.array(learned.coefficients), learned.shift)


def is_kept(promise_id: int, days_before: int, one_in: int) -> bool:
    """Whether the day's first look at this promise is kept; the answer for a promise is the same on every day."""
    return days_before in DAYS_BEFORE and promise_id * SPREAD % ALL * one_in < ALL


def outcomes_before(day: date) -> Outcomes:
    """All looks that are kept whose promised day was over before `day` and whose end is known."""
    ended = KeptLook.objects.filter(due_on__lt=day, late__isnull=False)
    return _outcomes(ended.order_by("pk").values_list(*OUTCOME_FIELDS).iterator(chunk_size=10_000))


def _outcomes(rows: Iterable[tuple[float, float, float | None, float, date, bool]]) -> Outcomes:
    chance, days_left, since, steady, due, late = list(zip(*rows, strict=True)) or [()] * len(OUTCOME_FIELDS)
    looked_at = OpenPromises(*(np.array(each, dtype=np.float64) for each in (chance, days_left, since)))
    days = np.array([day_number(each) for each in due], dtype=np.int64)
    return Outcomes(looked_at, np.array(steady, dtype=np.float64), days, np.array(late, dtype=np.bool_))
