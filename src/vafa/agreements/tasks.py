"""What the worker does for agreements."""

from __future__ import annotations

from typing import Any

from vafa.agreements import actions
from vafa.agreements.looking import look_at
from vafa.agreements.queries import probes
from vafa.jobs.work import Work
from vafa.kit.clock import now


def measure(work: Work) -> dict[str, Any] | None:
    """Promise the periods that have begun, measure those that can be known. Every hour."""
    measured = actions.promise_and_measure(at=now())
    return {"measured": measured} if measured else None


def probe(work: Work) -> dict[str, Any] | None:
    """Ask every page once. Every minute; simulated ones have no server to ask."""
    for each in probes().filter(active=True, simulated=False):
        look = look_at(each.url, each.timeout_seconds)
        actions.record_look(each, look, at=now())
        work.progress(0.5)
    return None
