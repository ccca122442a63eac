"""What the worker does with visits."""

from __future__ import annotations

from typing import Any

from vafa.jobs.work import Work
from vafa.kit.clock import now
from vafa.visits import actions


def add_up(work: Work) -> dict[str, Any] | None:
    """Add up the days that are over, and forget single visits that are old."""
    at = now()
    told = {"days": actions.add_up_days(at=at), "forgotten": actions.forget_visits(at=at)}
    return told if any(told.values()) else None
