"""Claiming work and ending it. Each is one short statement; only the holder of the newest claim may end a job."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet

from vafa.jobs.models import Job, State
from vafa.kit.clock import real_now

FIRST_DELAY = timedelta(seconds=5)
LONGEST_DELAY = timedelta(hours=1)


def claim(worker: str, lease: timedelta) -> Job | None:
    """Take the next free job for `lease`; None where there is none (or another worker was faster).

    A job whose lease ran out is free again. One that took its workers with it too often becomes a dead letter.
    """
    at = real_now()
    if not _free(at).exists():  # polling must not take SQLite's write lock
        return None
    with transaction.atomic():
        free = _free(at)
        if connection.features.has_select_for_update_skip_locked:
            free = free.select_for_update(skip_locked=True)
        job = free.first()
        if job is None:
            return None
        if job.attempt < job.most_attempts:
            return _take(job, worker, at, lease)
        _bury(job, at)
    return None


def _free(at: datetime) -> QuerySet[Job]:
    return Job.objects.filter(free_at__lte=at).order_by("-priority", "free_at", "pk")


def _take(job: Job, worker: str, at: datetime, lease: timedelta) -> Job | None:
    seen = Job.objects.filter(pk=job.pk, state=job.state, attempt=job.attempt, free_at=job.free_at)
    job.state, job.worker, job.attempt = State.RUNNING, worker, job.attempt + 1
    job.started_at, job.free_at, job.fraction, job.note = at, at + lease, 0.0, ""
    taken = seen.update(
        state=job.state,
        worker=worker,
        attempt=job.attempt,
        started_at=at,
        free_at=job.free_at,
        fraction=0.0,
        note="",
    )
    return job if taken else None


def _bury(job: Job, at: datetime) -> None:
    sentence = f"The worker ended in the middle of it, {job.attempt} times."
    seen = Job.objects.filter(pk=job.pk, state=job.state, attempt=job.attempt, free_at=job.free_at)
    seen.update(state=State.FAILED, free_at=None, finished_at=at, error=sentence)


def _held(job: Job) -> QuerySet[Job]:
    """The row, if this claim is still the newest."""
    return Job.objects.filter(pk=job.pk, state=State.RUNNING, worker=job.worker, attempt=job.attempt)


def extend(job: Job, lease: timedelta) -> bool:
    """Hold it for `lease` from now; False when another worker has it."""
    return bool(_held(job).update(free_at=real_now() + lease))


def report(job: Job, fraction: float, note: str) -> bool:
    """Show how far it is; False when another worker has it."""
    return bool(_held(job).update(fraction=min(max(fraction, 0.0), 1.0), note=note[:200]))


def finish(job: Job, result: dict[str, Any] | None) -> bool:
    """It is done; False, and nothing changes, when another worker has it."""
    done = {"state": State.DONE, "free_at": None, "finished_at": real_now(), "error": ""}
    return bool(_held(job).update(**done, fraction=1.0, result=result))


def fail(job: Job, sentence: str, *, final: bool) -> bool:
    """It went wrong: try again later, or never when `final` or out of attempts. False when another worker has it."""
    at = real_now()
    if final or job.attempt >= job.most_attempts:
        outcome: dict[str, Any] = {"state": State.FAILED, "free_at": None, "finished_at": at}
    else:
        outcome = {"state": State.WAITING, "free_at": at + retry_delay(job.attempt)}
    return bool(_held(job).update(**outcome, error=sentence[:500]))


def release(job: Job) -> bool:
    """Give it back untried, so that another worker takes it at once. False when another worker has it already."""
    return bool(_held(job).update(state=State.WAITING, free_at=real_now(), attempt=job.attempt - 1, worker=""))


def retry_delay(attempt: int) -> timedelta:
    """Three times longer after each attempt, up to an hour, spread by ± 30 % so that failures do not march in step."""
    delay: timedelta = min(FIRST_DELAY * 3 ** min(attempt - 1, 10), LONGEST_DELAY)
    return delay * random.uniform(0.7, 1.3)  # noqa: S311 - no secret
