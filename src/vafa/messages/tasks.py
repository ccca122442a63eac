"""The worker's part."""

from __future__ import annotations

from vafa.jobs.work import Work
from vafa.messages import actions


def deliver(work: Work) -> dict[str, str]:
    """Try to deliver one message."""
    return {"state": actions.deliver(work.arguments["message"])}
