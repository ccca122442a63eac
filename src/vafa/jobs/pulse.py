"""The background thread of one running job: keeps the lease, writes the progress down, notices when the job is lost."""

from __future__ import annotations

import logging
import threading
import time
from datetime import timedelta
from types import TracebackType

from django.db import Error, connection

from vafa.jobs import actions
from vafa.jobs.work import Work

log = logging.getLogger(__name__)
BEAT = 0.3  # seconds; how old the progress on a page may be


class Pulse:
    """Beats while its block runs. Short jobs end before the first beat and cost no connection."""

    def __init__(self, work: Work, lease: timedelta) -> None:
        self.work = work
        self.lease = lease
        self.written = (0.0, "")
        self.over = threading.Event()
        self.thread = threading.Thread(target=self._beat, name="vafa-pulse", daemon=True)

    def __enter__(self) -> Pulse:
        self.thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        self.over.set()
        self.thread.join()

    def _beat(self) -> None:
        extended = time.monotonic()
        try:
            while not self.over.wait(min(BEAT, self.lease.total_seconds() / 3)):
                due = time.monotonic() - extended >= self.lease.total_seconds() / 3
                if due:
                    extended = time.monotonic()
                self._touch(extend=due)
        finally:
            connection.close()

    def _touch(self, *, extend: bool) -> None:
        try:
            held = self.write_progress() and (not extend or actions.extend(self.work.job, self.lease))
        except Error:
            log.warning("The database did not take the heartbeat of %s", self.work.job, exc_info=True)
            connection.close()
            return
        if not held:
            self.work.stopped = True

    def write_progress(self) -> bool:
        """Write what the task last said, where that is new; False when another worker has the job."""
        said = (self.work.fraction, self.work.note)
        if said == self.written:
            return True
        self.written = said
        return actions.report(self.work.job, *said)
