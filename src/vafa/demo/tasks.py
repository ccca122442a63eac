"""What the worker does for the demo."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.urls import reverse

from vafa.demo.actions import live_until
from vafa.jobs.work import Task, Work


def tick(work: Work, *, days_work: Sequence[Task]) -> dict[str, Any]:
    """Let days go by until the one that was asked for. `days_work` is what the clock brings to a shop every day."""

    def do_the_days_work() -> None:
        for task in days_work:
            task(Work(job=work.job))

    day = date.fromisoformat(work.arguments["until"])
    lived = live_until(day, days_work=do_the_days_work, progress=work.progress)
    return {"days": lived, "url": reverse("console:home")}
