"""Several workers at once, in real threads and processes, on the database the suite runs on."""

import subprocess
import sys

import pytest

from vafa.kit.tests.together import at_once, refused
from vafa.promises.actions import (
    break_overdue,
    import_promises,
    issue_receipt,
    make_promise,
    revise_promise,
    seal,
    settle_promise,
)
from vafa.promises.models import Promise, PromiseEvent, Receipt, Seal
from vafa.promises.queries import faults
from vafa.promises.tests.make import DAY, DUE, NOON, a_promise, historic, tehran, terms

pytestmark = pytest.mark.django_db(transaction=True)
LATE = tehran(20)


def sweep_all():
    return sum(iter(lambda: break_overdue(LATE, limit=7), 0))


def outcomes():
    return list(PromiseEvent.objects.filter(step=1).values_list("kind", flat=True))


def test_four_sweeping_threads_break_each_promise_once():
    import_promises([], at=NOON)
    for number in range(60):
        a_promise(number)
    swept = at_once(*[sweep_all] * 4)
    assert sum(swept) == 60
    assert outcomes() == ["broken"] * 60


def test_three_sweeping_processes_break_each_promise_once(process_environment):
    for number in range(40):
        a_promise(number)
    program = (
        "import django; django.setup()\n"
        "from datetime import datetime, UTC\n"
        "from vafa.promises.actions import break_overdue\n"
        "print(sum(iter(lambda: break_overdue(datetime(2026, 3, 20, tzinfo=UTC), limit=3), 0)))"
    )
    environment = {**process_environment, "DJANGO_SETTINGS_MODULE": "vafa.config.settings"}
    workers = [
        subprocess.Popen([sys.executable, "-c", program], env=environment, stdout=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    swept = [int(worker.communicate(timeout=60)[0]) for worker in workers]
    assert sum(swept) == 40
    assert outcomes() == ["broken"] * 40


def test_evidence_during_the_sweep_ends_in_one_outcome():
    promises = [a_promise(number) for number in range(20)]
    at_once(sweep_all, *[lambda p=p: settle_promise(p, fulfilled_at=tehran(3), at=LATE) for p in promises[:7]])
    assert Promise.objects.filter(state="kept").count() == 7
    assert len(outcomes()) == 20
    assert list(faults()) == []


def test_the_same_evidence_from_four_sides_is_written_once():
    promise = a_promise()
    at_once(*[lambda: settle_promise(promise, fulfilled_at=tehran(3), at=LATE)] * 4)
    assert outcomes() == ["kept"]


def test_the_same_key_from_four_sides_is_one_promise_with_one_receipt():
    made = at_once(*[lambda: make_promise(at=NOON, **terms(1))] * 4)
    assert len({promise.pk for promise in made}) == 1
    assert (Promise.objects.count(), PromiseEvent.objects.count(), Receipt.objects.count()) == (1, 1, 1)


def test_two_revisions_at_once_make_one_successor():
    promise = a_promise()
    days = [DUE + DAY, DUE + 2 * DAY]
    results = at_once(
        *[lambda day=day: revise_promise(promise, asked_by="shop", due_on=day, at=tehran(2)) for day in days]
    )
    assert refused(results) == ["not-open"]
    assert Promise.objects.count() == 2


def test_two_imports_of_the_same_rows_at_once_are_one():
    rows = [historic(number, fulfilled_at=tehran(3)) for number in range(300)]
    done = at_once(*[lambda: import_promises(rows, at=LATE)] * 2)
    assert sum(each.created for each in done) == 300
    assert (Promise.objects.count(), PromiseEvent.objects.count()) == (300, 600)


def test_two_sealers_at_once_seal_each_event_once():
    for number in range(10):
        a_promise(number)
    at_once(*[lambda: seal(LATE)] * 2)
    assert sum(Seal.objects.values_list("count", flat=True)) == 10
    assert list(faults()) == []


def test_a_receipt_asked_for_twice_at_once_is_one():
    import_promises([historic(1)], at=LATE)
    promise = Promise.objects.get()
    issued = at_once(*[lambda: issue_receipt(promise, at=LATE)] * 3)
    assert len({receipt.pk for receipt in issued}) == 1
