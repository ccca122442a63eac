"""What the worker does for the ledger."""

from __future__ import annotations

from typing import Any

from vafa.jobs.work import Work
from vafa.promises import actions

BATCH = 500


def sweep(work: Work) -> dict[str, Any] | None:
    """Break what is overdue after its grace, batch by batch, until nothing is left. Every minute."""
    broken = 0
    while count := actions.break_overdue(limit=BATCH):
        broken += count
        work.progress(0.5)
    return {"broken": broken} if broken else None


def seal(work: Work) -> dict[str, Any] | None:
    """Seal what happened since the last seal. Once a day."""
    return {"seals": [made.number for made in actions.seal()]}


def fold(work: Work) -> dict[str, Any] | None:
    """Put the rows of the daily totals that add up to one into one. Every five minutes."""
    folded = actions.fold_totals()
    return {"folded": folded} if folded else None


def remedy(work: Work) -> dict[str, Any] | None:
    """Judge promises under guarantees and bring remedies due, batch by batch. Every minute."""
    judged = 0
    while count := actions.judge_covers():
        judged += count
        work.progress(0.5)
    return {"judged": judged} if judged else None


def apologise(work: Work) -> dict[str, Any] | None:
    """Tell the customer of a promise that came late, unless that has proved wrong or is made good."""
    told = actions.apologise(work.arguments["promise"])
    return {"message": str(told.public_id)} if told else None
