"""Doing claimed jobs to their end."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping
from datetime import timedelta

from django.conf import settings
from django.utils import translation

from vafa.jobs import actions
from vafa.jobs.hand import Hand
from vafa.jobs.models import Job
from vafa.jobs.pulse import Pulse
from vafa.jobs.work import LeaseLost, Task, Work
from vafa.kit.problems import Problem

log = logging.getLogger(__name__)
LEASE = timedelta(seconds=30)
Tasks = Mapping[str, Task]


def do_next(worker: str, tasks: Tasks, lease: timedelta = LEASE) -> bool:
    """Claim one job and do it here and now; False where none is free."""
    job = actions.claim(worker, lease)
    if job is None:
        return False
    do(Hand([job]), tasks, lease)
    return True


def do_all(tasks: Tasks) -> int:
    """Do whatever is free, one after the other, until nothing is; how many. For commands and tests."""
    count = 0
    while do_next("here", tasks):
        count += 1
    return count


def do(hand: Hand, tasks: Tasks, lease: timedelta, is_ending: Callable[[], bool] = lambda: False) -> None:
    """Do the claimed jobs and record their ends. Nothing that a task raises comes out.

    Once `is_ending` says so no more are begun; they are given back.
    """
    with Pulse(hand, lease):
        while not is_ending() and (work := hand.begin()):
            with translation.override(work.job.language or settings.LANGUAGE_CODE):
                _do(work, hand, tasks)
    hand.give_back()
    hand.write_ends()


def _do(work: Work, hand: Hand, tasks: Tasks) -> None:
    job = work.job
    try:
        result = _task(job, tasks)(work)
        json.dumps(result)  # what is no JSON is the task's fault and must not break the statement that ends it
    except LeaseLost:
        actions.release(job)
    except Problem as refused:
        actions.fail(job, str(refused), final=True)
    except Exception as fault:
        log.exception("%s failed, attempt %s of %s", job, job.attempt, job.most_attempts)
        actions.fail(job, _sentence(fault), final=False)
    else:
        hand.end(work, result)
        return
    hand.drop()


def _task(job: Job, tasks: Tasks) -> Task:
    if job.task not in tasks:
        raise Problem("no-such-task", f"This version of Vafa knows no task called {job.task}.", status=404)
    return tasks[job.task]


def _sentence(fault: Exception) -> str:
    first_line = str(fault).strip().split("\n", 1)[0]
    return f"{type(fault).__name__}: {first_line}" if first_line else type(fault).__name__
