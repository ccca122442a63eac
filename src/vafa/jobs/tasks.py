"""The queue's own work."""

from __future__ import annotations

from vafa.jobs import actions
from vafa.jobs.work import Work
from vafa.kit.clock import real_now


def tidy(work: Work) -> dict[str, int]:
    """Delete rows of work that was done long ago."""
    return {"deleted": actions.forget_finished(at=real_now())}
