"""A message that was acknowledged is never lost and done once, whoever is killed when."""

from __future__ import annotations

import contextlib
import http.client
import os
import random
import signal
import subprocess
import sys
import threading
import time
from datetime import timedelta

import pytest

from vafa.connectors.actions.inbox import read_left_behind
from vafa.connectors.models import InboxItem, InboxState, TrackingSource
from vafa.connectors.tests.carrier import a_promise, a_source, an_order, headers_of, told
from vafa.delivery.models import Parcel, TrackingEvent
from vafa.kit.clock import real_now
from vafa.kit.tests.ports import free_port
from vafa.promises.models import Promise, State
from vafa.promises.queries import events_of, faults

pytestmark = pytest.mark.django_db(transaction=True)
MESSAGES, KILLS, PATIENCE = 40, 3, 90


class Site:
    """`vafa serve --worker` as a process group that can be killed with -9 and started again."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.port, self.environment = free_port(), {**environment, "VAFA_LOG_LEVEL": "ERROR"}
        self.start()

    def start(self) -> None:
        command = [sys.executable, "-m", "vafa.config", "serve", "--worker", "--port", str(self.port)]
        self.process = subprocess.Popen(
            command, env=self.environment, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        end = time.monotonic() + PATIENCE
        while self.ask("GET", "/healthz") is None:
            assert time.monotonic() < end, "the site never answered"

    def kill(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def ask(self, method: str, path: str, body: bytes | None = None, headers: dict[str, str] | None = None):
        """The status, or None where the site died before it answered."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.request(method, path, body=body, headers=headers or {})
            return connection.getresponse().status
        except (OSError, http.client.HTTPException):
            return None
        finally:
            connection.close()


def post(site: Site, source: TrackingSource, number: int, acknowledged: list[str]) -> None:
    """Deliver one message, some of them twice."""
    body = told("delivered", number=f"KX{number}")
    for _try in range(2 if number % 3 == 0 else 1):
        if site.ask("POST", f"/hooks/tracking/{source.code}", body, headers_of("signed", body)) == 202:
            acknowledged.append(f"KX{number}")


def test_what_was_acknowledged_is_never_lost_and_done_once(process_environment):
    source = a_source()
    for number in range(MESSAGES):
        a_promise(an_order(f"K{number}", f"KX{number}").number)
    chance, site, acknowledged = random.Random(7), Site(process_environment), []
    killed_at = set(chance.sample(range(5, MESSAGES), KILLS))
    try:
        for number in range(MESSAGES):
            posting = threading.Thread(target=post, args=(site, source, number, acknowledged))
            posting.start()
            if number in killed_at:  # while the message is on its way, and the worker reads those before it
                site.kill()
            posting.join()
            if number in killed_at:
                site.start()
    finally:
        site.kill()
    while read_left_behind(at=real_now() + timedelta(minutes=5)):
        pass
    told_of = list(TrackingEvent.objects.values_list("tracking_number", flat=True))
    assert len(set(acknowledged)) > MESSAGES / 2
    assert set(acknowledged) <= set(told_of)
    assert len(told_of) == len(set(told_of))
    assert InboxItem.objects.exclude(state=InboxState.DONE).count() == 0
    for promise in Promise.objects.filter(subject_ref__in=[f"K{number[2:]}" for number in acknowledged]):
        assert promise.state == State.KEPT
        assert [event.kind for event in events_of(promise)] == ["made", "kept"]
    assert Parcel.objects.filter(status="delivered").count() == len(told_of)
    assert list(faults()) == []
