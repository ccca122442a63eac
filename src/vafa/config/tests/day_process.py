"""Workers that live days of the simulated shop and may be killed: `python -m vafa.config.tests.day_process NOW`.

For every line `JOB DIES_AT` on its input it forks a worker that does that job, as `vafa work` does it, and prints
how many places the worker passed (`kit.tests.dying`), or `killed`. A worker kills itself with -9 at the place DIES_AT
(0: never). NOW stands still, so that two runs can be compared to the second.
"""

from __future__ import annotations

import sys
from datetime import datetime

import django

from vafa.kit import clock
from vafa.kit.tests.dying import answer_lines, dying_at


def main() -> None:
    now = datetime.fromisoformat(sys.argv[1])
    clock.real_now = lambda: now
    django.setup()
    from vafa.config import tasks  # noqa: F401 - loaded once, before the forks

    answer_lines(work)


def work(number: str, dies_at: str) -> int:
    """Do the job; how many places were passed."""
    from vafa.config.tasks import TASKS
    from vafa.jobs.actions import claim_this
    from vafa.jobs.doing import LEASE, do
    from vafa.jobs.hand import Hand
    from vafa.shop.queries.moved import clock_moved

    clock.FRESH = 0
    clock.follow(clock_moved)
    job = claim_this(int(number), "killed", LEASE)
    if job is None:
        raise RuntimeError("the job is not free")
    with dying_at(int(dies_at)) as places:
        do(Hand([job]), TASKS, LEASE)
    return places.passed


if __name__ == "__main__":
    main()
