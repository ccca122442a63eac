"""Who works: one row a worker process, so that the health page can say whether anybody does."""

from __future__ import annotations

from datetime import timedelta

from vafa.jobs.models import Worker
from vafa.kit.clock import real_now


def remember_worker(name: str, threads: int, trouble: str = "") -> None:
    """This worker is alive now, with what keeps it from working. Also forgets workers not seen for a day."""
    at = real_now()
    if not Worker.objects.filter(name=name).update(seen_at=at, trouble=trouble):
        Worker.objects.filter(seen_at__lt=at - timedelta(days=1)).delete()
        Worker.objects.create(name=name, threads=threads, started_at=at, seen_at=at, trouble=trouble)


def forget_worker(name: str) -> None:
    """This worker ends in good order."""
    Worker.objects.filter(name=name).delete()
