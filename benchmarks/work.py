"""The queue and the worker on SQLite: how many jobs a second, how soon one begins, what an idle worker costs."""
# ruff: noqa: E402 - the settings must be there before the models

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("VAFA_HOME", tempfile.mkdtemp(prefix="vafa-bench-"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vafa.config.settings")

import django
from table import Row, finish

django.setup()

from django.core.management import call_command
from django.db import transaction
from django.db.models import Max, Min

from vafa.engine.history import Place
from vafa.jobs import actions
from vafa.jobs.doing import do_all
from vafa.jobs.models import Job, State
from vafa.shop.actions import remember_places

JOBS = 1000
MANY = 10_000
CREW = """
import django
django.setup()
from vafa.jobs.crew import Crew
Crew({"nothing": lambda work: None}).run()
"""
PLACES = 27_000


def main() -> None:
    call_command("migrate", verbosity=0)
    asked = seconds(lambda: [actions.enqueue("jobs.tidy", arguments={}) for _ in range(JOBS)])
    alone = seconds(lambda: do_all({"jobs.tidy": lambda work: None}))
    done = by_a_worker()
    places = [Place(f"{number}", f"City {number % 700}", "Region", "BR", -23.5, -46.6) for number in range(PLACES)]
    remembered = seconds(lambda: remember_places(places))
    waits, idle = with_a_worker()
    finish(
        [
            Row("jobs asked for, each its own transaction", "", f"{JOBS / asked:,.0f} /s"),
            Row(
                "jobs done by one worker process (a task that does nothing)",
                "≥ 1,000 /s",
                f"{done:,.0f} /s",
                done >= 1000,
            ),
            Row("  one claimed and ended after the other", "", f"{JOBS / alone:,.0f} /s"),
            Row("from asking to beginning, worker beside, median", "≤ 0.3 s", f"{waits[10]:.2f} s", waits[10] <= 0.3),
            Row("the slowest of 20", "", f"{waits[-1]:.2f} s"),
            Row("an idle worker, share of one core", "", f"{idle:.1%}"),
            Row("27,000 places remembered", "≤ 3 s", f"{remembered:.1f} s", remembered <= 3),
        ]
    )


def seconds(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def by_a_worker() -> float:
    """Jobs a second, from the first begun to the last ended, of one process with the crew that `vafa work` has."""
    Job.objects.all().delete()
    with transaction.atomic():
        for _ in range(MANY):
            actions.enqueue("nothing", arguments={})
    worker = subprocess.Popen([sys.executable, "-c", CREW])
    try:
        while Job.objects.filter(free_at__isnull=False).exists():
            time.sleep(0.2)
    finally:
        worker.terminate()
        worker.wait()
    span = Job.objects.aggregate(first=Min("started_at"), last=Max("finished_at"))
    return float(MANY / (span["last"] - span["first"]).total_seconds())


def with_a_worker() -> tuple[list[float], float]:
    """Sorted waits in seconds of 20 jobs asked for one after the other, and the CPU share of ten idle seconds."""
    Job.objects.all().delete()
    worker = subprocess.Popen([sys.executable, "-m", "vafa.config", "work"])
    try:
        begin_of(actions.enqueue("jobs.tidy", arguments={}))
        waits = sorted(begin_of(actions.enqueue("jobs.tidy", arguments={})) for _ in range(20))
        before = cpu(worker.pid)
        time.sleep(10)
        return waits, (cpu(worker.pid) - before) / 10
    finally:
        worker.terminate()
        worker.wait()


def begin_of(job: Job) -> float:
    """Waits until it is done; how long after asking it began."""
    while (row := Job.objects.get(pk=job.pk)).state != State.DONE:
        time.sleep(0.01)
    return (row.started_at - job.free_at).total_seconds() if row.started_at and job.free_at else 0.0


def cpu(process: int) -> float:
    """CPU seconds that a process has used so far."""
    words = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()
    return (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")


main()
