"""Workers are killed, and several work at once: each broken guarantee leads to one remedy, never to two or none."""

from datetime import timedelta

import pytest

from vafa.kit.tests.dying import process_that_answers
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

# For each line of numbers as many workers, all at once; each dies at the place of its number (0: never).
WORKERS = """
import django; django.setup()
from datetime import datetime, UTC
from vafa.kit.tests.dying import answer_lines_at_once, dying_at
from vafa.promises.actions import judge_covers

def work(dies_at):
    with dying_at(int(dies_at)) as places:
        while judge_covers(datetime(2026, 4, 30, tzinfo=UTC), limit=5):
            pass
    return places.passed

answer_lines_at_once(work)
"""


@pytest.fixture
def ends(process_environment):
    """`ends(dies_at, …)`: how workers ended that began together: `killed`, or how many places they passed."""
    with process_that_answers(["-c", WORKERS], process_environment) as ask:
        yield lambda *dies_at: ask(*dies_at).split()


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


def test_a_worker_killed_at_any_place_leaves_neither_two_nor_none(ends):
    broken_words(3)
    for place in range(4, 90, 5):
        if ends(place) != ["killed"]:
            break
        assert Remedy.objects.count() == Voucher.objects.count() == Cover.objects.filter(state="late").count()
    assert ends(0)[0].isdigit()
    require_each_once(3)


def test_three_processes_and_one_that_is_killed_give_each_remedy_once(ends):
    broken_words()
    *others, killed = ends(0, 0, 60)
    assert all(other.isdigit() for other in others)
    assert killed == "killed" or killed.isdigit()  # where the others have left it less to do
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
    assert ends(1) == ["killed"]
    assert Remedy.objects.count() == 0
