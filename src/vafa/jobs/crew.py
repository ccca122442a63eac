"""One worker process: threads that do jobs, and the main thread that keeps watch over them and over the time."""

from __future__ import annotations

import logging
import os
import secrets
import signal
import socket
import threading
import time
from collections.abc import Sequence
from datetime import timedelta

from django.db import Error, close_old_connections, connection

from vafa.jobs import actions
from vafa.jobs.doing import LEASE, Tasks, do
from vafa.jobs.work import Periodic, Work
from vafa.kit.clock import real_now

log = logging.getLogger(__name__)
POLL = 0.2  # seconds between looks at an empty queue
WATCH = 1.0
SEEN_EVERY = 5.0
AFTER_DATABASE_ERROR = 2.0


class Crew:
    """Works until told to end: by a signal, by `end`, or because the process that started it is gone.

    `grace` is how long running jobs may take to end then; after it their leases are given back. `parent` is the
    process id of the starter to be watched.
    """

    def __init__(
        self,
        tasks: Tasks,
        periodic: Sequence[Periodic] = (),
        *,
        threads: int = 1,
        lease: timedelta = LEASE,
        grace: timedelta = timedelta(seconds=10),
        parent: int | None = None,
    ) -> None:
        self.tasks = tasks
        self.periodic = periodic
        self.lease = lease
        self.grace = grace
        self.parent = parent
        self.name = f"{socket.gethostname()[:40]}-{os.getpid()}-{secrets.token_hex(3)}"
        self.ending = threading.Event()
        self.in_work: dict[str, Work] = {}
        self.ticked: dict[str, str] = {}
        self.seen = -SEEN_EVERY
        self.threads = [
            threading.Thread(target=self._work, name=f"vafa-work-{number}", daemon=True) for number in range(threads)
        ]

    def run(self) -> None:
        """Work until the end; signals may only be caught by the main thread."""
        for each in (signal.SIGTERM, signal.SIGINT):
            signal.signal(each, lambda *_: self.end())
        for thread in self.threads:
            thread.start()
        while not self.ending.is_set():
            self._watch()
            self.ending.wait(WATCH)
        self._stop()

    def end(self) -> None:
        """Take no more jobs. A second time: do not wait for the running ones."""
        if self.ending.is_set():
            self.grace = timedelta(0)
        self.ending.set()

    # --- the threads that work

    def _work(self) -> None:
        while not self.ending.is_set():
            try:
                close_old_connections()
                pause = 0.0 if self._do_next() else POLL
            except Error:
                log.warning("The database cannot be asked for work", exc_info=True)
                connection.close()
                pause = AFTER_DATABASE_ERROR
            if pause:
                self.ending.wait(pause)
        connection.close()

    def _do_next(self) -> bool:
        job = actions.claim(self.name, self.lease)
        if job is None:
            return False
        work = Work(job)
        self.in_work[threading.current_thread().name] = work
        try:
            do(work, self.tasks, self.lease)
        finally:
            del self.in_work[threading.current_thread().name]
        return True

    # --- the thread that watches

    def _watch(self) -> None:
        if self.parent is not None and os.getppid() != self.parent:
            log.warning("The process that started this worker is gone; the worker ends")
            self.end()
            return
        try:
            close_old_connections()
            self._tick()
            if time.monotonic() - self.seen >= SEEN_EVERY:
                actions.remember_worker(self.name, len(self.threads))
                self.seen = time.monotonic()
        except Error:
            log.warning("The database does not answer the worker", exc_info=True)
            connection.close()

    def _tick(self) -> None:
        at = real_now()
        for periodic in self.periodic:
            key = periodic.key(at)
            if self.ticked.get(periodic.task) != key:
                actions.enqueue_tick(periodic, at=at)
                self.ticked[periodic.task] = key

    def _stop(self) -> None:
        deadline = time.monotonic() + self.grace.total_seconds()
        while self.in_work and time.monotonic() < deadline:
            time.sleep(0.05)
            deadline = min(deadline, time.monotonic() + self.grace.total_seconds())  # a second signal shortens it
        left = list(self.in_work.values())
        for work in left:
            work.stopped = True
            actions.release(work.job)
        actions.forget_worker(self.name)
        connection.close()
        if left:  # the interpreter must not wait for, nor tear down under, a thread that computes
            logging.shutdown()
            os._exit(0)
