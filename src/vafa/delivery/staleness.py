"""A question asked long after the newest fact: it is asked as if in the last week known, and the answer says so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from vafa.engine.curve import Curve
from vafa.engine.history import Question

STALE = timedelta(days=30)
WEEK = timedelta(days=7)


def weeks_after(moment: datetime, facts_until: datetime) -> int:
    """By how many whole weeks (so that weekdays stay) a question must be moved back; 0 where the facts are fresh."""
    if moment <= facts_until + STALE:
        return 0
    return -((facts_until + WEEK - moment) // WEEK)


def asked_earlier(questions: Sequence[Question], weeks: int) -> list[Question]:
    """The questions, `weeks` weeks before."""
    return (
        [replace(question, asked_at=question.asked_at - weeks * WEEK) for question in questions]
        if weeks
        else list(questions)
    )


def moved_on(curves: Sequence[Curve | None], weeks: int) -> list[Curve | None]:
    """The curves, `weeks` weeks later."""
    return [curve and replace(curve, start=curve.start + weeks * WEEK) for curve in curves]
