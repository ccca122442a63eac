"""Apologies wait an hour for late scans, by real time; in a shop whose days go by in seconds that hour has passed."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime

from vafa.jobs.actions import drop
from vafa.jobs.models import Job, State
from vafa.kit.problems import Problem
from vafa.messages.actions import deliver
from vafa.promises.actions import apologise
from vafa.promises.actions.apologising import WAIT

TASK = "promises.apologise"


def apologise_in_time(until: datetime) -> None:
    """Write what was to be written up to `until`, each at its own moment. Again after a kill it is the same message."""
    ripe = Job.objects.filter(task=TASK, state=State.WAITING, asked_at__lte=until - WAIT)
    for job in ripe.order_by("pk"):
        at = job.asked_at + WAIT
        message = apologise(job.arguments["promise"], at=at)
        if message is not None:
            deliver(message.public_id, at=at)
        with suppress(Problem):  # a worker has just taken it: it finds its message written
            drop(job)
