"""The wire to RabbitMQ, spoken through Celery. A message carries a row's number and nothing else.

Celery is an optional extra; nothing here is imported unless `VAFA_BROKER_URL` is set.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from amqp.exceptions import AMQPError, NotFound
from celery import Celery
from django.conf import settings
from kombu import Connection, Queue
from kombu.exceptions import KombuError

NAME = "vafa.job"
QUEUE = "vafa.jobs"
MOST_PRIORITY = 9
PATIENCE = 3  # seconds for anything the broker is asked
FAULTS = (OSError, KombuError, AMQPError)  # what a broker that is away, busy or restarting may raise


@lru_cache(maxsize=1)
def celery() -> Celery:
    """The Celery application. Messages are acknowledged when a worker begins, for the row and not the broker knows
    what is done: a job of an hour must not keep a message open, and a killed worker's job comes back by its lease."""
    app = Celery("vafa", broker=settings.BROKER_URL, set_as_current=False, fixups=[])
    app.conf.update(
        task_queues=[Queue(QUEUE, durable=True, queue_arguments={"x-max-priority": MOST_PRIORITY})],
        task_default_queue=QUEUE,
        task_ignore_result=True,
        task_acks_late=False,
        task_serializer="json",
        accept_content=["json"],
        worker_prefetch_multiplier=1,
        worker_enable_remote_control=False,
        worker_send_task_events=False,
        worker_hijack_root_logger=False,
        broker_connection_timeout=PATIENCE,
        broker_connection_retry_on_startup=True,
        broker_connection_max_retries=None,
        enable_utc=True,
    )
    return app


class Wire:
    """One connection for sending, opened at need. Any call may raise one of FAULTS; after that, `close`."""

    def __init__(self) -> None:
        self._connection: Connection | None = None

    def _open(self) -> Connection:
        if self._connection is None:
            waits = {"confirm_publish": True, "read_timeout": PATIENCE, "write_timeout": PATIENCE}
            self._connection = Connection(settings.BROKER_URL, connect_timeout=PATIENCE, transport_options=waits)
        return self._connection

    def waiting(self) -> int:
        """How many messages wait in the queue for a worker."""
        try:
            return int(self._open().default_channel.queue_declare(QUEUE, passive=True).message_count)
        except NotFound:  # nothing was ever sent; the fault has closed the channel
            self.close()
            return 0

    def send(self, jobs: Iterable[tuple[int, int]]) -> None:
        """Send row numbers with their priorities; returns when the broker has confirmed them."""
        app = celery()
        producer = app.amqp.Producer(self._open())
        for number, priority in jobs:
            app.send_task(
                NAME, args=[number], producer=producer, priority=min(max(priority, 0), MOST_PRIORITY), retry=False
            )

    def close(self) -> None:
        """Let go of the connection, whatever state it is in."""
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.collect(PATIENCE)
