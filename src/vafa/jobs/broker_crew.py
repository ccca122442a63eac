"""One worker process on a broker: Celery brings row numbers, and the rows are claimed and done as in any crew."""

from __future__ import annotations

import logging
import threading
from typing import Any

from celery.worker import WorkController, state
from django.db import Error, close_old_connections, connection
from django.utils.translation import gettext_noop

from vafa.jobs import actions
from vafa.jobs.broker import FAULTS, NAME, Wire, celery
from vafa.jobs.crew import Crew
from vafa.kit.clock import real_now

log = logging.getLogger(__name__)
SWEEP = 1.0  # seconds
MOST_IN_QUEUE = 1000  # the sweep keeps no more messages waiting than these; more would only grow old
FAILING = gettext_noop("The broker does not answer. Nothing is lost; work waits until it does.")


class BrokerCrew(Crew):
    """As `Crew`; but instead of looking at the table, its threads wait for Celery, and a sweep sends what got lost."""

    def __init__(self, *arguments: Any, threads: int = 1, **options: Any) -> None:
        super().__init__(*arguments, threads=threads, **options)
        app = celery()
        app.task(self._do_this, name=NAME, ignore_result=True)
        self.celery = WorkController(
            app=app,
            hostname=self.name,
            pool="threads",
            concurrency=threads,
            without_heartbeat=True,
            without_mingle=True,
            without_gossip=True,
            loglevel="WARNING",
        )
        self.threads = [
            threading.Thread(target=self.celery.start, name="vafa-celery", daemon=True),
            threading.Thread(target=self._sweep_on, name="vafa-sweep", daemon=True),
        ]

    def end(self) -> None:
        super().end()
        state.should_stop = 0  # Celery's exit code; it takes no more messages from now on

    def _do_this(self, number: int) -> None:
        if self.ending.is_set():
            return
        try:
            close_old_connections()
            job = actions.claim_this(number, self.name, self.lease)
            self._do([job] if job else [])
        except Error:
            log.warning("The database cannot be asked for work", exc_info=True)
            connection.close()  # the sweep sends the number again

    def _sweep_on(self) -> None:
        wire = Wire()
        while not self.ending.wait(SWEEP):
            try:
                close_old_connections()
                self.sweep(wire)
                self.trouble = ""
            except FAULTS as fault:
                if not self.trouble:
                    log.warning("The broker does not answer: %s", fault)
                self.trouble = FAILING
                wire.close()
            except Error:
                log.warning("The database does not answer the sweep", exc_info=True)
                connection.close()
        connection.close()

    def sweep(self, wire: Wire) -> int:
        """Send what is free and was not sent or got lost, unless plenty waits already; how many."""
        room = MOST_IN_QUEUE - wire.waiting()
        jobs = actions.to_be_sent(at=real_now(), most=room) if room > 0 else []
        wire.send(jobs)
        return len(jobs)
