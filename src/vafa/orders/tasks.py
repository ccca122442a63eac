"""What the worker does for this room."""

from __future__ import annotations

from typing import Any

from vafa.jobs.work import Work
from vafa.kit.clock import now
from vafa.orders.actions.together import count_together


def together(_work: Work) -> dict[str, Any] | None:
    """Count what is bought together."""
    changed = count_together(at=now())
    return {"products": changed} if changed else None
