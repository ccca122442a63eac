"""The queue's own work."""

from __future__ import annotations

from vafa.jobs import actions
from vafa.jobs.work import Work
from vafa.kit.clock import real_now


def tidy(work: Work) -> dict[str, int]:
    """Delete rows of work that was done long ago, a few hundred in each transaction."""
    at, deleted = real_now(), 0
    while went := actions.forget_finished(at=at):
        deleted += went
        work.progress(0.0)
    return {"deleted": deleted}
