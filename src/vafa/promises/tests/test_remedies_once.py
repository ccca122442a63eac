"""Workers are killed, and several work at once: each broken guarantee leads to one remedy, never to two or none."""

import signal
import subprocess
import sys
from datetime import timedelta

import pytest

from vafa.messages.models import Message
from vafa.promises.actions import judge_covers
from vafa.promises.guarantee_terms import Caps
from vafa.promises.models import Cover, PromiseEvent, Remedy
from vafa.promises.queries import faults
from vafa.promises.tests.make import NOON
from vafa.promises.tests.make_guarantees import LONG_AFTER, a_guarantee, a_word
from vafa.promises.tests.test_workers import at_once
from vafa.vouchers.models import Voucher

pytestmark = pytest.mark.django_db(transaction=True)
PROMISES, BUDGET = 30, 20

# For each line of numbers it forks as many workers, all at once; each dies without a word (as by kill -9) at the
# statement of its number, wherever in the work that is (0: never). It answers with how they ended. What is loaded once
# need not be loaded by each.
WORKERS = """
import os, signal, sys
import django; django.setup()
from datetime import datetime, UTC
from django.db import connection
from vafa.promises.actions import judge_covers
def work(left):
    def counting(execute, sql, params, many, context):
        nonlocal left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(sql, params, many, context)
    with connection.execute_wrapper(counting):
        while judge_covers(datetime(2026, 4, 30, tzinfo=UTC), limit=5):
            pass
def begin(dies_at):
    child = os.fork()
    if child == 0:
        ended = 1
        try:
            work(dies_at)
            ended = 0
        finally:
            os._exit(ended)
    return child
for line in sys.stdin:
    children = [begin(int(number)) for number in line.split()]
    print(*[os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children], flush=True)
"""


@pytest.fixture
def ends(process_environment):
    """`ends(dies_at, …)`: how workers ended that began together."""
    environment = {**process_environment, "DJANGO_SETTINGS_MODULE": "vafa.config.settings"}
    command = [sys.executable, "-c", WORKERS]
    with subprocess.Popen(
        command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:

        def told(*dies_at):
            process.stdin.write(" ".join(map(str, dies_at)) + "\n")
            process.stdin.flush()
            return [int(word) for word in process.stdout.readline().split()]

        yield told


def broken_words(count=PROMISES, **changes):
    version = a_guarantee(**changes)
    return [a_word(version, number) for number in range(count)]


def require_each_once(count=PROMISES):
    assert set(Cover.objects.values_list("state", flat=True)) == {"late"}
    assert Remedy.objects.filter(state="given").count() == count
    assert Voucher.objects.count() == count
    assert set(Voucher.objects.values_list("key", flat=True)) == {
        f"remedy:{public_id}" for public_id in Remedy.objects.values_list("public_id", flat=True)
    }
    assert Message.objects.count() == count
    assert PromiseEvent.objects.filter(kind="remedied").count() == 2 * count
    assert list(faults()) == []


def test_a_worker_killed_at_any_statement_leaves_neither_two_nor_none(ends):
    broken_words(3)
    for statement in range(4, 70, 5):
        if ends(statement) != [-signal.SIGKILL]:
            break
        assert Remedy.objects.count() == Voucher.objects.count() == Cover.objects.filter(state="late").count()
    assert ends(0) == [0]
    require_each_once(3)


def test_three_processes_and_one_that_is_killed_give_each_remedy_once(ends):
    broken_words()
    *others, killed = ends(0, 0, 60)
    assert others == [0, 0]
    assert killed in {0, -signal.SIGKILL}
    judge_covers(LONG_AFTER)
    require_each_once()


def test_four_threads_together_stay_within_the_budget():
    broken_words(caps=Caps(budget_minor=BUDGET * 500_000))
    at_once(*[lambda: sum(iter(lambda: judge_covers(LONG_AFTER, limit=4), 0))] * 4)
    assert Remedy.objects.filter(state="given").count() == Voucher.objects.count() == BUDGET
    assert Remedy.objects.filter(state="waiting", hold="budget").count() == PROMISES - BUDGET


def test_evidence_and_judging_at_once_give_at_most_one_remedy():
    from vafa.promises.actions import settle_promise

    words = broken_words(12)
    arrived = NOON + timedelta(days=4)
    tell = [lambda w=word: settle_promise(w, fulfilled_at=arrived, at=LONG_AFTER) for word in words]
    at_once(*tell, lambda: judge_covers(LONG_AFTER), lambda: judge_covers(LONG_AFTER))
    judge_covers(LONG_AFTER)
    require_each_once(12)


def test_the_worker_of_this_test_really_dies(ends):
    broken_words(1)
    assert ends(1) == [-signal.SIGKILL]
    assert Remedy.objects.count() == 0
