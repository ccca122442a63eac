"""Telling the broker of new work, after its transaction: beside the caller, who never waits and never fails for it.

What cannot be sent is forgotten here: the row is the truth, and the sweep of the workers sends it again.
"""

from __future__ import annotations

import atexit
import logging
import os
import queue
import threading
import time
from functools import partial

from django.conf import settings
from django.db import transaction

from vafa.jobs.models import Job

log = logging.getLogger(__name__)
MOST_WAITING = 10_000
AFTER_FAULT = 2.0  # seconds in which nothing is tried
LAST_WORDS = 2.0  # seconds that a process which ends gives to what is still to be sent


class Announcer:
    """A thread that sends row numbers; started by the first."""

    def __init__(self) -> None:
        self.process = os.getpid()
        self.offers: queue.Queue[tuple[int, int]] = queue.Queue(MOST_WAITING)
        self.deaf_until = 0.0
        threading.Thread(target=self._run, name="vafa-announcer", daemon=True).start()
        atexit.register(self.flush)

    def offer(self, number: int, priority: int) -> None:
        """Send it soon, or not at all where the broker is away. Returns at once."""
        if time.monotonic() < self.deaf_until:
            return
        try:
            self.offers.put_nowait((number, priority))
        except queue.Full:
            log.warning("The broker is too slow; the sweep will send what is left out now")

    def flush(self) -> None:
        """Wait a little for what is still to be sent."""
        end = time.monotonic() + LAST_WORDS
        while self.offers.unfinished_tasks and time.monotonic() < min(end, self.deaf_until or end):
            time.sleep(0.01)

    def _run(self) -> None:
        from vafa.jobs.broker import FAULTS, Wire

        wire = Wire()
        while True:
            offer = self.offers.get()
            try:
                if time.monotonic() >= self.deaf_until:
                    wire.send([offer])
            except FAULTS as fault:
                log.warning("The broker does not take messages (%s); the sweep will send them", fault)
                self.deaf_until = time.monotonic() + AFTER_FAULT
                wire.close()
            finally:
                self.offers.task_done()


_announcer: Announcer | None = None
_making = threading.Lock()


def announce(job: Job) -> None:
    """Tell the broker, where there is one, of a job that is free now; after the transaction, if that commits."""
    if settings.BROKER_URL:
        transaction.on_commit(partial(_offer, job.pk, job.priority), robust=True)


def _offer(number: int, priority: int) -> None:
    global _announcer
    with _making:
        if _announcer is None or _announcer.process != os.getpid():
            _announcer = Announcer()
    _announcer.offer(number, priority)
