"""Two thousand jobs with effects, while their runner is killed with -9 again and again: nothing lost, nothing twice."""

import os
import random
import signal
import subprocess
import sys
import time

import pytest
from django.db import connection, transaction

from vafa.jobs import actions
from vafa.jobs.models import Job, State
from vafa.jobs.tests.rabbitmq import Node

pytestmark = pytest.mark.django_db(transaction=True)
JOBS, KILLS = 2000, 20
LEASE = 1.5
PATIENCE = 240


@pytest.fixture
def effects():
    """A table with a unique key; what is in it, in order."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE effects (key integer PRIMARY KEY)")

    def there_are():
        with connection.cursor() as cursor:
            cursor.execute("SELECT key FROM effects ORDER BY key")
            return [key for (key,) in cursor.fetchall()]

    yield there_are
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE effects")


@pytest.fixture
def start_runner(process_environment, settings):
    """Starts a runner and gives its process id."""
    environment = {**process_environment, "VAFA_BROKER_URL": settings.BROKER_URL, "VAFA_LOG_LEVEL": "ERROR"}
    starter = subprocess.Popen(
        [sys.executable, "-m", "vafa.jobs.tests.runners", str(LEASE)],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )

    def start():
        starter.stdin.write("one\n")
        starter.stdin.flush()
        return int(starter.stdout.readline())

    yield start
    starter.stdin.close()
    starter.wait()  # runners watch it and end
    starter.stdout.close()


def ask_for(keys):
    with transaction.atomic():
        for key in keys:
            # a kill counts as an attempt, and chance may strike one job often
            actions.enqueue("effect", arguments={"key": key}, unique_key=f"effect:{key}", most_attempts=KILLS + 5)


def wait_until(holds):
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end, f"stuck: {list(Job.objects.exclude(state=State.DONE).values()[:5])}"
        time.sleep(0.02)


def done():
    return Job.objects.filter(state=State.DONE).count()


def kill_at_random(runner, start, number):
    """When about that much is done, the runner dies and another takes its place."""
    wait_until(lambda: done() >= (number + random.random()) * JOBS / (KILLS + 1))
    os.kill(runner, signal.SIGKILL)
    return start()


def assert_each_effect_is_there_once(effects):
    wait_until(lambda: done() == Job.objects.count())
    assert effects() == list(range(Job.objects.count()))
    assert Job.objects.filter(attempt__gt=1).exists()  # kills did strike in the middle of work


def test_a_runner_killed_twenty_times_loses_nothing_and_does_nothing_twice(start_runner, effects):
    ask_for(range(JOBS))
    runner = start_runner()
    for number in range(KILLS):
        runner = kill_at_random(runner, start_runner, number)
    assert_each_effect_is_there_once(effects)


@pytest.fixture
def broker(tmp_path, settings, rabbitmq_server):
    """A RabbitMQ of this test's own, which it may kill; it has begun to start."""
    node = Node(rabbitmq_server, tmp_path)
    node.begin()
    settings.BROKER_URL = node.url
    yield node
    node.kill()


def test_with_celery_and_a_broker_that_dies_too_nothing_is_lost_nor_done_twice(broker, start_runner, effects):
    ask_for(range(JOBS // 2))  # asking does not fail while the broker is away
    broker.wait()
    ask_for(range(JOBS // 2, JOBS - 100))
    runners = [start_runner(), start_runner()]  # as on two machines
    for number in range(KILLS):
        if number == KILLS // 2:
            broker.kill()
            broker.begin()
            ask_for(range(JOBS - 100, JOBS))
            broker.wait()
        runners.append(kill_at_random(runners.pop(0), start_runner, number))
    assert_each_effect_is_there_once(effects)
