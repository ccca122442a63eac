"""Reads of the queue."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, Max, Q, QuerySet

from vafa.jobs.models import Job, State, Worker
from vafa.jobs.names import listed_elsewhere


def job_by_public_id(public_id: UUID | str) -> Job | None:
    """One job; None for an unknown id or a word that is no id."""
    try:
        return Job.objects.filter(public_id=UUID(str(public_id))).first()
    except ValueError:
        return None


def jobs_in_view(state: str = "", before: int | None = None, task: str = "") -> QuerySet[Job]:
    """Newest first, of one state or of all, older than the row `before`, of one task or of all.

    Ticks of periodic work and tasks with a page of their own are among them only while they run or when they failed.
    """
    wanted = Q(state=state) if state else Q()
    if task:
        wanted &= Q(task=task)
    if before is not None:
        wanted &= Q(pk__lt=before)
    quiet = Q(periodic=True) | Q(task__in=listed_elsewhere())
    return Job.objects.filter(wanted).exclude(quiet, state__in=[State.WAITING, State.DONE]).order_by("-pk")


def dead_letters(task: str = "") -> QuerySet[Job]:
    """What failed for good, of one task or of all, the oldest first."""
    return Job.objects.filter(state=State.FAILED, **({"task": task} if task else {})).order_by("pk")


def count_by_state(*, in_view: bool = False) -> dict[str, int]:
    """How many jobs are in each state, zero where none is; with periodic ticks, or as many as `jobs_in_view` lists."""
    counted = (jobs_in_view() if in_view else Job.objects).order_by().values_list("state").annotate(Count("pk"))
    return {**dict.fromkeys(State.values, 0), **dict(counted)}


def is_anybody_working(at: datetime) -> bool:
    """Whether a worker was seen in the last half minute of real time."""
    silence = worker_silence(at)
    return silence is not None and silence < timedelta(seconds=30)


def worker_silence(at: datetime) -> timedelta | None:
    """Real time since any worker was last seen; None where there is none."""
    seen = Worker.objects.aggregate(seen=Max("seen_at"))["seen"]
    return None if seen is None else at - seen


def last_done_at(task: str) -> datetime | None:
    """When the periodic task was last done, real time; None where it never was."""
    ticks = Job.objects.filter(task=task, periodic=True, state=State.DONE)
    last: datetime | None = ticks.aggregate(last=Max("finished_at"))["last"]
    return last


def troubles(at: datetime) -> list[str]:
    """What keeps workers that are alive from working, each sentence once."""
    alive = Worker.objects.filter(seen_at__gt=at - timedelta(seconds=30)).exclude(trouble="")
    return list(alive.values_list("trouble", flat=True).distinct())


def latest_job(task: str) -> Job | None:
    """The newest job of a task."""
    return Job.objects.filter(task=task).order_by("-pk").first()
