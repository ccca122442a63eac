"""The worker's part."""

from __future__ import annotations

from vafa.jobs.work import Work
from vafa.kit.clock import now, real_now
from vafa.messages import actions


def deliver(work: Work) -> dict[str, str]:
    """Try to deliver one message."""
    return {"state": actions.deliver(work.arguments["message"])}


def sweep(work: Work) -> dict[str, int]:
    """Messages whose sender died, and those whose job got lost."""
    return {"found": actions.sweep(real_at=real_now())}


def tidy(work: Work) -> dict[str, int]:
    """Empty old messages."""
    return {"emptied": actions.forget_old_texts(at=now())}
