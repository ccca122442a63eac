"""Asking for work, and what people may do with what was asked."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Max, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from vafa.jobs.announcing import announce
from vafa.jobs.models import Job, State
from vafa.jobs.work import Periodic
from vafa.kit.clock import now, real_now
from vafa.kit.problems import Problem


def enqueue(
    task: str,
    *,
    arguments: dict[str, Any],
    unique_key: str | None = None,
    run_at: datetime | None = None,
    priority: int = 0,
    most_attempts: int = 5,
    at: datetime | None = None,
) -> Job:
    """Ask for a task by its stable name, in the caller's transaction: the work exists if and only if that commits.

    `unique_key`: asking again gives the first job, whatever became of it (as long as it is kept). `run_at` is real
    time, now when absent; `at` is business time and only written down. Higher priorities go first. What the task says
    is said in the language that is active now.
    """
    free_at = run_at or real_now()
    job = Job(
        task=task,
        arguments=arguments,
        unique_key=unique_key,
        free_at=free_at,
        sent_at=free_at if settings.BROKER_URL and not run_at else None,  # if the broker is away, the sweep finds it
        priority=priority,
        most_attempts=most_attempts,
        asked_at=at or now(),
        language=get_language() or "",
    )
    if unique_key is None:
        job.save(force_insert=True)
    else:
        Job.objects.bulk_create([job], ignore_conflicts=True)
        job = Job.objects.get(unique_key=unique_key)
    if not run_at:
        announce(job)
    return job


def enqueue_unless_waiting(task: str, *, at: datetime) -> None:
    """Ask for a task without arguments, unless one that has not begun will find what the caller leaves for it.

    In the caller's transaction, which holds the waiting row to its end: nobody begins that job before what it is to
    find is there.
    """
    waiting = Job.objects.filter(task=task, state=State.WAITING, free_at__lte=real_now(), arguments={})
    if not waiting.select_for_update(skip_locked=True).values_list("pk")[:1]:
        enqueue(task, arguments={}, at=at)


def enqueue_tick(periodic: Periodic, *, at: datetime) -> bool:
    """Ask for the tick of a periodic task that real time `at` lies in; whether it was new.

    Every worker may call this; a tick is one row. A tick is left out while the one before it still waits or runs.
    """
    key = periodic.key(at)
    if Job.objects.filter(Q(unique_key=key) | Q(task=periodic.task, periodic=True, free_at__isnull=False)).exists():
        return False
    tick = Job(
        task=periodic.task,
        arguments=dict(periodic.arguments),
        unique_key=key,
        periodic=True,
        priority=periodic.priority,
        free_at=at,
        asked_at=now(),
    )
    Job.objects.bulk_create([tick], ignore_conflicts=True)
    return True


def retry(job: Job) -> None:
    """Start a dead letter again, with all its attempts. Problem `job-not-failed` (409) in any other state."""
    again = {"state": State.WAITING, "free_at": real_now(), "attempt": 0, "finished_at": None, "error": "", "note": ""}
    if not Job.objects.filter(pk=job.pk, state=State.FAILED).update(**again, fraction=0.0, worker=""):
        raise Problem("job-not-failed", _("Only failed work can be started again."), status=409)


def drop(job: Job) -> None:
    """Delete work that nobody is doing. Problem `job-running` (409) while a worker has it."""
    deleted, _by_model = Job.objects.filter(pk=job.pk).exclude(state=State.RUNNING).delete()
    if not deleted:
        raise Problem("job-running", _("A worker is doing this work. It can be dropped when it has ended."), status=409)


def forget_finished(*, at: datetime, limit: int = 500) -> int:
    """Delete rows of done work: ticks after a day, the rest after 30 days; how many went.

    Dead letters stay, and so does the newest tick of every periodic task: it says when that was last done.
    """
    old = Q(finished_at__lt=at - timedelta(days=30)) | Q(periodic=True, finished_at__lt=at - timedelta(days=1))
    ticks = Job.objects.filter(periodic=True, state=State.DONE)
    newest = [tick["newest"] for tick in ticks.values("task").order_by().annotate(newest=Max("pk"))]
    ids = list(Job.objects.filter(old, state=State.DONE).exclude(pk__in=newest).values_list("pk", flat=True)[:limit])
    Job.objects.filter(pk__in=ids, state=State.DONE).delete()
    return len(ids)
