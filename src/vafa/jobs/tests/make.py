"""Makes jobs and tasks for the tests."""

from __future__ import annotations

from datetime import timedelta

from vafa.jobs import actions
from vafa.jobs.models import Job

MINUTE = timedelta(minutes=1)


def a_job(task="echo", **arguments) -> Job:
    return actions.enqueue(task, arguments=arguments)


def the_row(job: Job) -> Job:
    return Job.objects.get(pk=job.pk)


def echo(work):
    return {"said": work.arguments.get("say")}


def stumble(work):
    raise OSError("the disk is full\nat line 3")
