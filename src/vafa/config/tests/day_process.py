"""Workers that live days of the simulated shop and may be killed: `python -m vafa.config.tests.day_process NOW`.

For every line `JOB DIES_AT` on its input it forks a worker that does that job, as `vafa work` does it, and prints
how many statements the worker sent, or `killed`. A worker kills itself with -9 before the statement DIES_AT (0: never).
Loading everything once and forking before anything is opened makes a worker start in milliseconds. NOW stands still,
so that two runs can be compared to the second.
"""

from __future__ import annotations

import os
import signal
import sys
from datetime import datetime

import django

from vafa.kit import clock


def main() -> None:
    now = datetime.fromisoformat(sys.argv[1])
    clock.real_now = lambda: now
    django.setup()
    from vafa.config import tasks  # noqa: F401 - loaded once, before the forks

    for line in sys.stdin:
        job, dies_at = map(int, line.split())
        read, write = os.pipe()
        child = os.fork()
        if child == 0:
            os.write(write, str(work(job, dies_at)).encode())
            os._exit(0)
        os.close(write)
        _child, status = os.waitpid(child, 0)
        said = os.read(read, 100).decode() or "failed"
        os.close(read)
        sys.stdout.write(("killed" if os.WIFSIGNALED(status) else said) + "\n")
        sys.stdout.flush()


def work(number: int, dies_at: int) -> int:
    """Do the job; how many statements that took."""
    from django.db import connection

    from vafa.config.tasks import TASKS
    from vafa.jobs.actions import claim_this
    from vafa.jobs.doing import LEASE, do
    from vafa.jobs.hand import Hand
    from vafa.shop.queries.moved import clock_moved

    clock.FRESH = 0
    clock.follow(clock_moved)
    job, sent = claim_this(number, "killed", LEASE), 0
    if job is None:
        raise RuntimeError("the job is not free")

    def counting(execute, sql, parameters, many, context):
        nonlocal sent
        sent += 1
        if sent == dies_at:
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(sql, parameters, many, context)

    with connection.execute_wrapper(counting):
        do(Hand([job]), TASKS, LEASE)
    return sent


if __name__ == "__main__":
    main()
