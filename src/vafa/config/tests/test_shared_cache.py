"""Limits with a Redis that several web processes share, and without it when it dies."""

import json
import subprocess
import sys
import time
from datetime import timedelta

import pytest
import redis
from django.core.cache import cache

from vafa.config import servers
from vafa.kit.http import limit_rate
from vafa.kit.problems import Problem
from vafa.kit.tests.ports import free_port

DAY = timedelta(days=1)
ANOTHER_PROCESS = """
import sys
from datetime import timedelta
import django
django.setup()
from vafa.kit.http import limit_rate
from vafa.kit.problems import Problem
try:
    limit_rate("quotes", "till", most=2, per=timedelta(days=1))
except Problem as refused:
    print(refused.code)
"""


class OwnRedis:
    """A Redis of the test's own, that it may kill."""

    def __init__(self, program: str, folder: str) -> None:
        self.port = free_port()
        words = ["--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--dir", folder]
        self.process = subprocess.Popen([program, *words], stdout=subprocess.DEVNULL)
        self.address = f"redis://127.0.0.1:{self.port}/0"
        self._wait()

    def _wait(self) -> None:
        until = time.monotonic() + 20
        with redis.Redis(port=self.port) as asking:
            while True:
                try:
                    asking.ping()
                    return
                except redis.ConnectionError:
                    if time.monotonic() > until or self.process.poll() is not None:
                        raise

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()


@pytest.fixture
def own_redis(redis_server, tmp_path, monkeypatch, settings):
    running = OwnRedis(redis_server, str(tmp_path))
    monkeypatch.setenv("VAFA_CACHE_URL", running.address)
    settings.CACHES = {"default": servers.shared_cache("VAFA_CACHE_URL")}
    yield running
    running.kill()


@pytest.mark.django_db(transaction=True)
def test_web_processes_with_one_redis_count_requests_together(own_redis, process_environment):
    limit_rate("quotes", "till", most=2, per=DAY)
    limit_rate("quotes", "till", most=2, per=DAY)
    words = {**process_environment, "VAFA_CACHE_URL": own_redis.address}
    told = subprocess.run(
        [sys.executable, "-c", ANOTHER_PROCESS], env=words, capture_output=True, text=True, check=True, timeout=120
    )
    assert told.stdout.strip() == "too-many-requests"
    with pytest.raises(Problem):
        limit_rate("quotes", "till", most=2, per=DAY)


def test_a_redis_that_died_refuses_nobody_and_breaks_nothing(own_redis):
    cache.set("known", 1)
    own_redis.kill()
    for _ in range(3):
        limit_rate("quotes", "till", most=1, per=DAY)
    assert cache.get("known") is None


@pytest.mark.django_db
def test_health_says_whether_the_shared_cache_answers(own_redis, client):
    assert client.get("/healthz").json()["shared_cache"] == "answers"
    own_redis.kill()
    told = client.get("/healthz")
    assert (told.status_code, told.json()["shared_cache"]) == (200, "does not answer")


@pytest.mark.django_db
def test_health_of_a_process_with_a_cache_of_its_own_names_none(client):
    assert json.loads(client.get("/healthz").content)["shared_cache"] is None
