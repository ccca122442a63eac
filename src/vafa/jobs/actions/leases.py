"""Claiming work and ending it. Each is one short statement; only the holder of the newest claim may end a job."""

from __future__ import annotations

import json
import random
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import F, Q, QuerySet

from vafa.jobs.models import Job, State
from vafa.kit.clock import real_now

FIRST_DELAY = timedelta(seconds=5)
LONGEST_DELAY = timedelta(hours=1)


def claim(worker: str, lease: timedelta) -> Job | None:
    """Take the next free job for `lease`; None where there is none (or another worker was faster).

    A job whose lease ran out is free again. One that took its workers with it too often becomes a dead letter.
    """
    return _one(claim_several(worker, lease, most=1))


def claim_several(worker: str, lease: timedelta, *, most: int) -> list[Job]:
    """Take the next free jobs at once, up to `most`; they are of one priority.

    Only jobs that nobody has tried are taken together. One that was tried is taken alone: should it be what ends its
    workers, it does not use up the attempts of others.
    """
    return _claim(Q(), worker, lease, most)


def claim_this(number: int, worker: str, lease: timedelta) -> Job | None:
    """Take the job with that row number; None where it is not free now (done, running, for later, dropped)."""
    return _one(_claim(Q(pk=number), worker, lease, 1))


def _one(jobs: list[Job]) -> Job | None:
    return jobs[0] if jobs else None


def _claim(which: Q, worker: str, lease: timedelta, most: int) -> list[Job]:
    at = real_now()
    if not _free(at).filter(which).exists():  # polling must not take SQLite's write lock
        return []
    with transaction.atomic():
        free = _free(at).filter(which)
        if connection.features.has_select_for_update_skip_locked:
            free = free.select_for_update(skip_locked=True)
        jobs = _together(list(free[:most]))
        if jobs and jobs[0].attempt >= jobs[0].most_attempts:
            _bury(jobs[0], at)
            return []
        return _take(jobs, worker, at, lease)


def _free(at: datetime) -> QuerySet[Job]:
    return Job.objects.filter(free_at__lte=at).order_by("-priority", "free_at", "pk")


def _together(free: list[Job]) -> list[Job]:
    if not free or free[0].attempt:
        return free[:1]
    return [job for job in free if job.attempt == 0 and job.priority == free[0].priority]


def _take(jobs: list[Job], worker: str, at: datetime, lease: timedelta) -> list[Job]:
    seen = Job.objects.filter(pk__in=[job.pk for job in jobs], free_at__lte=at)
    told = {"state": State.RUNNING, "worker": worker, "started_at": at, "free_at": at + lease}
    if seen.update(**told, attempt=F("attempt") + 1, fraction=0.0, note="") != len(jobs):
        transaction.set_rollback(True)  # somebody was faster, which row locks and SQLite's one writer exclude
        return []
    for job in jobs:
        job.state, job.worker, job.attempt = State.RUNNING, worker, job.attempt + 1
        job.started_at, job.free_at, job.fraction, job.note = at, at + lease, 0.0, ""
    return jobs


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


def finish(job: Job, result: dict[str, Any] | None, note: str | None = None) -> bool:
    """It is done, with a last `note` where there is one; False, and nothing changes, when another worker has it."""
    return bool(_end(_held(job), result, note))


def _end(held: QuerySet[Job], result: dict[str, Any] | None, note: str | None) -> int:
    done = {"state": State.DONE, "free_at": None, "finished_at": real_now(), "error": ""}
    said = {} if note is None else {"note": note[:200]}
    return held.update(**done, **said, fraction=1.0, result=result)


def finish_all(ended: Iterable[tuple[Job, dict[str, Any] | None, str]]) -> int:
    """As `finish`, for several in one transaction, those that ended alike in one statement; how many ends count."""
    alike = defaultdict(list)
    for job, result, note in ended:
        alike[(job.worker, job.attempt, json.dumps(result), note)].append(job.pk)
    with transaction.atomic():
        return sum(
            _end(
                Job.objects.filter(pk__in=numbers, state=State.RUNNING, worker=worker, attempt=attempt),
                json.loads(result),
                note,
            )
            for (worker, attempt, result, note), numbers in alike.items()
        )


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


def release_all(jobs: Iterable[Job]) -> None:
    """As `release`, for several in one transaction."""
    with transaction.atomic():
        for job in jobs:
            release(job)


def retry_delay(attempt: int) -> timedelta:
    """Three times longer after each attempt, up to an hour, spread by ± 30 % so that failures do not march in step."""
    delay: timedelta = min(FIRST_DELAY * 3 ** min(attempt - 1, 10), LONGEST_DELAY)
    return delay * random.uniform(0.7, 1.3)  # noqa: S311 - no secret
