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
from vafa.jobs.hand import Hand
from vafa.jobs.models import Job
from vafa.jobs.work import Periodic
from vafa.kit.clock import real_now

log = logging.getLogger(__name__)
POLL = 0.2  # seconds between looks at an empty queue
WATCH = 1.0
SEEN_EVERY = 5.0
AFTER_DATABASE_ERROR = 2.0
MOST_AT_ONCE = 32
QUICK = 0.1  # seconds


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
        self.hands: dict[str, Hand] = {}
        self.ticked: dict[str, str] = {}
        self.seen = -SEEN_EVERY
        self.trouble = ""
        self.threads_that_work = threads
        self.threads = [
            threading.Thread(target=self._work, name=f"vafa-work-{number}", daemon=True) for number in range(threads)
        ]

    def run(self) -> None:
        """Work until the end; signals may only be caught by the main thread."""
        for each in (signal.SIGTERM, signal.SIGINT):
            signal.signal(each, self._told_to_end)
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

    def _told_to_end(self, *_signal: object) -> None:
        """Ends from a thread of its own: this one may be about to wait for `ending` and hold the lock of the event, and
        would then wait for itself for ever.
        """
        threading.Thread(target=self.end, name="vafa-end", daemon=True).start()

    # --- the threads that work

    def _work(self) -> None:
        size = 1
        while not self.ending.is_set():
            pause = 0.0
            try:
                close_old_connections()
                began = time.monotonic()
                jobs = actions.claim_several(self.name, self.lease, most=size)
                self._do(jobs)
                size = _next_size(size, len(jobs), time.monotonic() - began)
                pause = 0.0 if jobs else POLL
            except Error:
                log.warning("The database cannot be asked for work", exc_info=True)
                connection.close()
                pause = AFTER_DATABASE_ERROR
            if pause:
                self.ending.wait(pause)
        connection.close()

    def _do(self, jobs: list[Job]) -> None:
        if not jobs:
            return
        me = threading.current_thread().name
        hand = self.hands[me] = Hand(jobs)
        try:
            do(hand, self.tasks, self.lease, self.ending.is_set)
        finally:
            del self.hands[me]

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
                actions.remember_worker(self.name, self.threads_that_work, self.trouble)
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
        while self.hands and time.monotonic() < deadline:
            time.sleep(0.05)
            deadline = min(deadline, time.monotonic() + self.grace.total_seconds())  # a second signal shortens it
        left = list(self.hands.values())
        for hand in left:
            hand.stop()
        actions.forget_worker(self.name)
        connection.close()
        if left:  # the interpreter must not wait for, nor tear down under, a thread that computes
            logging.shutdown()
            os._exit(0)


def _next_size(size: int, got: int, seconds: float) -> int:
    """How many jobs a thread claims next: more as long as there are plenty and they are quick, else one.

    So a job of minutes never holds others back, and the cost of claiming and ending is shared where it counts.
    """
    return min(size * 2, MOST_AT_ONCE) if got == size and seconds < QUICK else 1
