"""Several workers at once, and workers that are killed: each customer is told once, on the suite's own database."""

import sys
from datetime import timedelta

import pytest

from vafa.delivery.actions import estimating
from vafa.delivery.actions.choosing import choose
from vafa.delivery.actions.estimating import estimate_all
from vafa.delivery.actions.noticing import tell_now, told_by_phone
from vafa.delivery.actions.watching import save_watch_rules, watch
from vafa.delivery.models import Notice, Watched
from vafa.delivery.tests.make import NOW, a_shop, orders, promised
from vafa.kit.tests.dying import process_that_answers
from vafa.kit.tests.together import at_once
from vafa.messages.models import Message
from vafa.promises.models import Promise, PromiseEvent
from vafa.promises.queries import faults

pytestmark = pytest.mark.django_db(transaction=True)
HOUR = timedelta(hours=1)
PLACES = (150, 200, 250, 300)  # where one worker after the other dies, in statements and commits
PROGRAM = """
import django; django.setup()
from datetime import datetime, UTC
from vafa.delivery.actions.watching import watch
from vafa.kit.tests.dying import answer_lines, dying_at

def look(dies_at):
    with dying_at(int(dies_at)) as places:
        watch(everything=True, at=datetime(2026, 3, 1, 8, tzinfo=UTC))
    return places.passed

answer_lines(look)
"""


def a_shop_with_promises(count):
    """Each goes by a carrier of its own to spread them; the rules send by themselves and no group is held back."""
    a_shop()
    orders(120)
    save_watch_rules(automatic=True, respects_quiet=False, hours_to_decide=0)
    for number in range(count):
        promised(f"W{number}", days=1, placed=NOW - HOUR, carrier=f"carrier {number}", probability=0.2)


def test_four_workers_at_once_tell_each_customer_once():
    a_shop_with_promises(12)
    passed = at_once(*[lambda: watch(at=NOW)] * 4)
    assert sum(each.told for each in passed) == 12
    assert (Notice.objects.filter(state="sent").count(), Message.objects.count()) == (12, 12)
    assert Watched.objects.count() == 12


def test_workers_that_are_killed_tell_each_customer_once(process_environment):
    a_shop_with_promises(30)
    with process_that_answers(["-c", PROGRAM], process_environment) as look:
        assert [look(place) for place in PLACES] == ["killed"] * len(PLACES)
    sent = Notice.objects.filter(state="sent")
    assert 0 < sent.count() < 30
    watch(everything=True, at=NOW)
    assert sorted(sent.values_list("promise__subject_ref", flat=True)) == sorted(f"W{n}" for n in range(30))
    assert sorted(sent.values_list("message_key", flat=True)) == sorted(Message.objects.values_list("key", flat=True))


@pytest.mark.parametrize("dies", [False, True])
def test_a_process_beside_this_one_sees_what_this_one_would(dies, process_environment, monkeypatch):
    """The same rows as alone, also where the other process dies over its part."""
    a_shop_with_promises(12)
    estimate_all(at=NOW)
    alone = _seen()
    Watched.objects.all().delete()
    for name, value in {"CHUNK": 2, "ENOUGH_FOR_ONE": 4, "cores": lambda: 2}.items():
        monkeypatch.setattr(estimating, name, value)
    if dies:
        monkeypatch.setattr(estimating, "HELPER", (sys.executable, "-c", "input()"))
    monkeypatch.setenv("VAFA_DATABASE_URL", process_environment["VAFA_DATABASE_URL"])
    monkeypatch.setattr(estimating.Look, "at_these", _waiting_for_the_other(estimating.Look.at_these, dies=dies))
    assert estimate_all(at=NOW) == 12
    assert _seen() == alone


def _seen():
    """What is written of each promise; of chances nine digits, for the last depend on what is asked together."""
    rows = Watched.objects.order_by("promise_id").values()
    return [row | {"id": 0, "honest_probability": round(row["honest_probability"], 9)} for row in rows]


def _waiting_for_the_other(look, *, dies):
    """Look only when the process beside has written something, so that both surely have a part."""

    def at_these(self, promise_ids):
        while not dies and not Watched.objects.exists():
            pass
        return look(self, promise_ids)

    return at_these


def test_a_person_and_the_worker_at_once_tell_once():
    a_shop_with_promises(1)
    save_watch_rules(most_notices=1)
    watch(at=NOW - timedelta(minutes=50), everything=False)
    promise = Promise.objects.get()
    Notice.objects.all().delete()
    Message.objects.all().delete()
    at_once(
        lambda: watch(at=NOW),
        lambda: tell_now(promise, by="staff:1", at=NOW),
        lambda: told_by_phone(promise, by="staff:2", words={"en": "Late."}, at=NOW),
    )
    assert Notice.objects.filter(state="sent").count() == 1
    assert PromiseEvent.objects.filter(kind="warned", at=NOW).count() == 1


def test_two_choices_at_once_act_once():
    a_shop_with_promises(1)
    watch(at=NOW)
    notice = Notice.objects.get()
    at_once(
        lambda: choose(notice, "accept", day=notice.new_on, at=NOW),
        lambda: choose(notice, "cancel", at=NOW),
        lambda: choose(notice, "accept", day=notice.new_on, at=NOW),
    )
    notice.refresh_from_db()
    assert notice.choice in {"accept", "cancel"}
    assert Promise.objects.count() == (2 if notice.choice == "accept" else 1)
    assert PromiseEvent.objects.filter(kind="answered").count() == 1
    assert list(faults()) == []
