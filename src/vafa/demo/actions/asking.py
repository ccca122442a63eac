"""Asking for days to go by."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from vafa.demo.models import Build
from vafa.demo.queries import TICK, finished_build, running_tick, today_at
from vafa.jobs.actions import enqueue
from vafa.jobs.models import Job
from vafa.kit import clock
from vafa.kit.problems import Problem

MOST_DAYS = 90
PRIORITY = 3


@transaction.atomic
def ask_tick(until: date, *, at: datetime | None = None) -> Job:
    """Ask the worker to let time go by until the day `until`. The same day asked for twice is one job, and while days
    go by nobody can ask for more.

    Problems: `not-a-demo` (404), `too-far` (422) for more than 90 days at once.
    """
    at = at or clock.now()
    finished_build()
    Build.objects.select_for_update().get(pk=1)
    if (until - today_at(at)).days > MOST_DAYS:
        raise Problem("too-far", _("At most 90 days can go by at once."), status=422, field="day")
    running = running_tick()
    if running is not None:
        return running
    return enqueue(TICK, arguments={"until": until.isoformat()}, unique_key=f"{TICK}:{until}", priority=PRIORITY, at=at)
