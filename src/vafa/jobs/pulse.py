"""The background thread beside one that works: keeps the lease, writes progress and ends down, notices a lost job."""

from __future__ import annotations

import logging
import threading
import time
from datetime import timedelta
from types import TracebackType

from django.db import Error, connection

from vafa.jobs import actions
from vafa.jobs.hand import Hand
from vafa.jobs.work import Work

log = logging.getLogger(__name__)
BEAT = 0.3  # seconds; how old the progress on a page may be, and how long a job may wait behind a slow one in a hand


class Pulse:
    """Beats while its block runs. Short jobs end before the first beat and cost no connection."""

    def __init__(self, hand: Hand, lease: timedelta) -> None:
        self.hand = hand
        self.lease = lease
        self.extended = time.monotonic()
        self.over = threading.Event()
        self.thread = threading.Thread(target=self._beat, name="vafa-pulse", daemon=True)

    def __enter__(self) -> Pulse:
        self.thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        self.over.set()
        self.thread.join()

    def _beat(self) -> None:
        try:
            while not self.over.wait(min(BEAT, self.lease.total_seconds() / 3)):
                try:
                    self._touch()
                except Error:
                    log.warning("The database did not take the heartbeat of %s", self.hand.work, exc_info=True)
                    connection.close()
        finally:
            connection.close()

    def _touch(self) -> None:
        self.hand.give_back()  # this hand is not as quick as was thought
        self.hand.write_ends()
        due = time.monotonic() - self.extended >= self.lease.total_seconds() / 3
        if due:
            self.extended = time.monotonic()
        work = self.hand.work
        if work is not None and not (_write_progress(work) and (not due or actions.extend(work.job, self.lease))):
            work.stopped = True


def _write_progress(work: Work) -> bool:
    """Write what the task last said, where that is new; False when another worker has the job."""
    said = (work.fraction, work.note)
    if said == work.written:
        return True
    work.written = said
    return actions.report(work.job, *said)
