"""Workers are killed, and several work at once: each broken guarantee leads to one remedy, never to two or none."""

import os
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

# Dies without a word (as by kill -9) at the statement whose number is given, wherever in the work that is.
WORKER = """
import os, signal, sys
import django; django.setup()
from datetime import datetime, UTC
from django.db import connection
from vafa.promises.actions import judge_covers
left = int(sys.argv[1])
def counting(execute, sql, params, many, context):
    global left
    left -= 1
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    return execute(sql, params, many, context)
with connection.execute_wrapper(counting):
    while judge_covers(datetime(2026, 4, 30, tzinfo=UTC), limit=5):
        pass
"""


def broken_words(count=PROMISES, **changes):
    version = a_guarantee(**changes)
    return [a_word(version, number) for number in range(count)]


def a_worker(environment, dies_at=0):
    environment = {**environment, "DJANGO_SETTINGS_MODULE": "vafa.config.settings"}
    return subprocess.Popen([sys.executable, "-c", WORKER, str(dies_at)], env=environment)


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


def test_a_worker_killed_at_any_statement_leaves_neither_two_nor_none(process_environment):
    broken_words(3)
    for statement in range(4, 70, 5):
        killed = a_worker(process_environment, statement)
        if killed.wait(timeout=60) != -signal.SIGKILL:
            break
        assert Remedy.objects.count() == Voucher.objects.count() == Cover.objects.filter(state="late").count()
    assert a_worker(process_environment).wait(timeout=60) == 0
    require_each_once(3)


def test_three_processes_and_one_that_is_killed_give_each_remedy_once(process_environment):
    broken_words()
    workers = [a_worker(process_environment) for _ in range(2)]
    killed = a_worker(process_environment, 60)
    assert [worker.wait(timeout=120) for worker in workers] == [0, 0]
    assert killed.wait(timeout=60) in {0, -signal.SIGKILL}
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


def test_the_worker_of_this_test_really_dies(process_environment):
    broken_words(1)
    assert a_worker({**os.environ, **process_environment}, 1).wait(timeout=60) == -signal.SIGKILL
    assert Remedy.objects.count() == 0
