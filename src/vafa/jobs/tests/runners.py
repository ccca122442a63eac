"""Starts runners that a test may kill: `python -m vafa.jobs.tests.runners LEASE`.

For every line on its input it forks a worker process, made as `vafa work` makes it, and prints its process id. Loading
everything once and forking before anything is opened makes a runner start in milliseconds.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from datetime import timedelta

import django


def effect(work):
    """Its effect is a row with a unique key; before and after it the process may be killed."""
    from django.db import connection

    time.sleep(random.uniform(0, 0.006))
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO effects (key) VALUES (%s) ON CONFLICT DO NOTHING", [work.arguments["key"]])
    time.sleep(random.uniform(0, 0.002))


def main(lease: timedelta) -> None:
    django.setup()
    from django.conf import settings

    from vafa.jobs.crews import kind_of_crew

    make = kind_of_crew(broker=bool(settings.BROKER_URL))
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the killed ones are nobody's business
    for _line in sys.stdin:
        if process := os.fork():
            sys.stdout.write(f"{process}\n")
            sys.stdout.flush()
            continue
        make({"effect": effect}, threads=2, lease=lease, parent=os.getppid()).run()
        os._exit(0)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vafa.config.settings")
    main(timedelta(seconds=float(sys.argv[1])))
