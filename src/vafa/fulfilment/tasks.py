"""What the worker does for this room."""

from __future__ import annotations

from typing import Any

from vafa.fulfilment.actions.cancelling import cancel_refused
from vafa.fulfilment.actions.wrong_prices import settle_wrong
from vafa.jobs.work import Work
from vafa.kit.clock import now


def wrong_prices(_work: Work) -> dict[str, Any] | None:
    """Make what was decided on wrong prices true for each order."""
    settled = settle_wrong(now())
    return {"orders": settled} if settled else None


def follow(_work: Work) -> dict[str, Any] | None:
    """Cancel orders whose check was not passed. Every minute."""
    cancelled = cancel_refused(at=now())
    return {"cancelled": cancelled} if cancelled else None
