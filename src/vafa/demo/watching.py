"""Says in the terminal what the worker does, while one waits for it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import Error, connection

from vafa.jobs.models import Job
from vafa.jobs.queries import jobs_in_view

EVERY = 0.5  # seconds between two looks
Tell = Callable[[Job], None]


@contextmanager
def watched(tell: Tell) -> Iterator[None]:
    """While the block runs, `tell` gets every piece of work that runs, again and again, from another thread."""
    over = threading.Event()
    thread = threading.Thread(target=_watch, args=(tell, over), name="vafa-demo-watch", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _watch(tell: Tell, over: threading.Event) -> None:
    try:
        while not over.wait(EVERY):
            try:
                running = list(jobs_in_view("running").filter(periodic=False))
            except Error:
                continue  # the database is busy: the next look will tell
            for job in running:
                tell(job)
    finally:
        connection.close()
