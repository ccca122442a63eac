"""Who got it late and gets nothing for it is told that we are sorry, once, and only if it stays true."""

from __future__ import annotations

import pytest

from vafa.customers.tests.make import sara
from vafa.jobs.models import Job
from vafa.messages.actions import deliver
from vafa.messages.models import Message
from vafa.promises.actions import (
    apologise,
    break_overdue,
    judge_covers,
    refuse_remedy,
    retract_evidence,
    settle_promise,
)
from vafa.promises.actions.apologising import WAIT
from vafa.promises.models import Remedy
from vafa.promises.tests.make import WORD, a_promise, tehran
from vafa.promises.tests.make_guarantees import VOUCHER, Caps, a_guarantee, a_word

pytestmark = pytest.mark.django_db
LATE = tehran(6)  # two days after the promised one


def jobs():
    return list(Job.objects.filter(task="promises.apologise").values_list("arguments__promise", flat=True))


def a_late_one(**changes):
    promise = a_promise(1, kind=WORD.name, **changes)
    return settle_promise(promise, fulfilled_at=LATE, at=LATE)


def test_what_came_late_asks_for_an_apology_in_the_same_transaction_and_once():
    promise = a_late_one()
    settle_promise(promise, fulfilled_at=tehran(7), at=tehran(7))
    settle_promise(promise, fulfilled_at=tehran(5), at=tehran(7))
    assert jobs() == [str(promise.public_id)]


def test_the_customer_is_told_once_how_late_it_was():
    sara()
    promise = a_late_one()
    told = apologise(promise.public_id, at=LATE)
    assert apologise(promise.public_id, at=LATE) == told == Message.objects.get()
    assert told.context["days"] == 2
    deliver(told.public_id, at=LATE)
    told.refresh_from_db()
    assert told.state == "held"
    assert "۲ روز" in told.text


def test_a_guarantee_makes_good_with_its_own_message():
    sara()
    promise = a_word(a_guarantee(remedy=VOUCHER), 1)
    settle_promise(promise, fulfilled_at=LATE, at=LATE)
    judge_covers(LATE)
    assert apologise(promise.public_id, at=LATE) is None
    assert list(Message.objects.values_list("template", flat=True)) == ["promises.remedy"]


def test_who_is_refused_the_remedy_gets_the_apology():
    sara()
    promise = a_word(a_guarantee(remedy=VOUCHER, caps=Caps(approval_above_minor=1)), 1)
    settle_promise(promise, fulfilled_at=LATE, at=LATE)
    judge_covers(LATE)
    assert apologise(promise.public_id, at=LATE) is None
    refuse_remedy(Remedy.objects.get(), by="staff:1", reason="a mistake in the address", at=LATE)
    assert apologise(promise.public_id, at=LATE).template == "promises.late"


def test_nobody_is_told_of_what_proved_to_be_in_time():
    sara()
    promise = a_late_one()
    settle_promise(promise, fulfilled_at=tehran(4), at=tehran(7))
    assert apologise(promise.public_id, at=LATE) is None
    assert Message.objects.count() == 0


def test_nobody_is_told_of_a_delivery_that_was_taken_back_until_the_grace_is_over_without_another():
    sara()
    promise = a_late_one()
    retract_evidence(promise, fulfilled_at=LATE, reason="another parcel", by="staff:1", at=tehran(7))
    assert apologise(promise.public_id, at=tehran(7)) is None
    assert Message.objects.count() == 0
    assert break_overdue(tehran(8)) == 1
    assert len(jobs()) == 2
    assert apologise(promise.public_id, at=tehran(8)).template == "promises.missing"


def test_who_never_got_it_is_told_once_when_the_grace_is_over_and_not_again_when_it_comes():
    sara()
    promise = a_promise(1, kind=WORD.name)
    over = promise.settle_after
    assert break_overdue(over) == 1
    assert jobs() == [str(promise.public_id)]
    told = apologise(promise.public_id, at=over)
    deliver(told.public_id, at=over)
    told.refresh_from_db()
    assert (told.template, told.state) == ("promises.missing", "held")
    assert "نرسیده است" in told.text
    settle_promise(promise, fulfilled_at=over + WAIT, at=over + WAIT)
    assert apologise(promise.public_id, at=over + WAIT) == told == Message.objects.get()


def test_what_comes_in_the_hour_before_it_is_told_came_late():
    sara()
    promise = a_promise(1, kind=WORD.name)
    break_overdue(promise.settle_after)
    settle_promise(promise, fulfilled_at=promise.settle_after, at=promise.settle_after)
    assert apologise(promise.public_id, at=promise.settle_after).template == "promises.late"


def test_what_was_missed_long_ago_what_came_long_ago_and_what_nobody_gets_asks_for_nothing():
    a_promise(1, kind=WORD.name)
    assert break_overdue(tehran(20)) == 1
    settle_promise(a_promise(2, kind=WORD.name), fulfilled_at=LATE, at=tehran(20))
    settle_promise(a_promise(3, kind=WORD.name, party_ref=""), fulfilled_at=LATE, at=LATE)
    settle_promise(a_promise(4), fulfilled_at=LATE, at=LATE)  # a kind without an apology
    assert jobs() == []


def test_who_is_not_known_is_not_told():
    assert apologise(a_late_one().public_id, at=LATE) is None
    assert Message.objects.count() == 0
