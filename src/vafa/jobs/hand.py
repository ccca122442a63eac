"""What one thread of a worker has claimed: the job it does, those not yet begun, those whose end is not yet written."""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Iterable
from typing import Any

from vafa.jobs import actions
from vafa.jobs.models import Job
from vafa.jobs.work import Work

log = logging.getLogger(__name__)


class Hand:
    """Shared by the thread that works, the one that beats (`Pulse`) and the one that stops the worker.

    A job is begun by one or given back by another, never both.
    """

    def __init__(self, jobs: Iterable[Job]) -> None:
        self._lock = threading.Lock()
        self._waiting = deque(jobs)
        self._ended: list[tuple[Job, dict[str, Any] | None, str]] = []
        self.work: Work | None = None

    def begin(self) -> Work | None:
        """The next job, begun now; None when there is none left."""
        with self._lock:
            self.work = Work(self._waiting.popleft()) if self._waiting else None
            return self.work

    def end(self, work: Work, result: dict[str, Any] | None) -> None:
        """It is done; `write_ends` tells the database, with others."""
        with self._lock:
            self._ended.append((work.job, result, work.note))
            self.work = None

    def drop(self) -> None:
        """The job that was begun has ended in another way, which is written already."""
        with self._lock:
            self.work = None

    def give_back(self) -> None:
        """Others may take what is not begun."""
        with self._lock:
            jobs, self._waiting = list(self._waiting), deque()
        if jobs:
            actions.release_all(jobs)

    def write_ends(self) -> None:
        """Tell the database what is done. A job whose end is not written before a crash is done again."""
        with self._lock:
            ended, self._ended = self._ended, []
        lost = len(ended) - actions.finish_all(ended) if ended else 0
        if lost:
            log.warning(
                "%s of %s jobs were finished here after another worker had taken them; these ends do not count",
                lost,
                len(ended),
            )

    def stop(self) -> None:
        """The process ends: nothing is kept. Whoever computes is told to stop, and its job is given back."""
        self.give_back()
        self.write_ends()
        work = self.work
        if work is not None:
            work.stopped = True
            actions.release(work.job)
