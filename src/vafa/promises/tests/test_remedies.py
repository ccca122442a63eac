"""When a guarantee is not met, its remedy comes due exactly once, within the caps, or waits for a person."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from vafa.kit.problems import Problem
from vafa.messages.models import Message
from vafa.promises.actions import (
    Worth,
    approve_remedy,
    break_overdue,
    cancel_promise,
    confirm_given,
    judge_covers,
    refuse_remedy,
    retract_evidence,
    revise_promise,
    settle_promise,
)
from vafa.promises.guarantee_terms import Caps, RemedyRule
from vafa.promises.guaranteeing import Standing, amount_of, cost_of, hold_of
from vafa.promises.models import Cover, Promise, PromiseEvent, Remedy
from vafa.promises.queries import faults, headline
from vafa.promises.tests.make import DAY, DUE, NOON, tehran
from vafa.promises.tests.make_guarantees import LONG_AFTER, REFUND, VOUCHER, a_guarantee, a_word
from vafa.vouchers.models import Voucher

pytestmark = pytest.mark.django_db
WITHIN_FIVE = {"wording": "within_days", "days": 5}


def cover_state():
    return Cover.objects.get().state


def told():
    """(what became, when in days after NOON) of every event about remedies."""
    events = PromiseEvent.objects.filter(kind="remedied").order_by("pk")
    return [event.evidence["became"] for event in events]


def delivered(promise, day, at=None):
    return settle_promise(promise, fulfilled_at=tehran(day), at=at or tehran(day, 13))


def test_a_promise_kept_under_a_guarantee_meets_it():
    delivered(a_word(a_guarantee()), 4)
    judge_covers(tehran(4, 14))
    assert (cover_state(), Remedy.objects.count()) == ("met", 0)


def test_a_late_delivery_gives_the_voucher_at_once_and_only_once():
    delivered(a_word(a_guarantee()), 5)
    assert [judge_covers(tehran(5, 14)), judge_covers(tehran(5, 15))] == [1, 0]
    remedy, voucher = Remedy.objects.get(), Voucher.objects.get()
    assert (remedy.state, remedy.kind, remedy.amount_minor, remedy.reference) == (
        "given",
        "voucher",
        500_000,
        voucher.code,
    )
    assert (voucher.customer_ref, voucher.amount_minor, voucher.key) == ("C-1", 500_000, f"remedy:{remedy.public_id}")
    assert told() == ["due", "given"]
    assert list(faults()) == []
    message = Message.objects.get()
    assert (message.key, message.purpose, message.about) == (
        f"promises.remedy:{remedy.public_id}",
        "promise",
        "order:A-1",
    )
    assert message.context["code"] == voucher.code
    assert message.context["promised_on"] == "2026-03-04"


def test_what_never_arrives_is_late_after_its_grace():
    promise = a_word(a_guarantee())
    assert judge_covers(promise.settle_after - timedelta(seconds=1)) == 0
    assert judge_covers(promise.settle_after) == 1
    assert (cover_state(), Remedy.objects.get().state) == ("late", "given")


def test_a_judgement_of_an_earlier_moment_knows_nothing_of_later_evidence():
    delivered(a_word(a_guarantee()), 5)
    assert judge_covers(tehran(3)) == 0
    assert judge_covers(tehran(5, 14)) == 1
    assert Remedy.objects.get().due_at == tehran(5, 14)


def test_promises_without_a_guarantee_have_no_remedy():
    from vafa.promises.tests.make import a_promise

    delivered(a_promise(), 9)
    assert (judge_covers(LONG_AFTER), Remedy.objects.count()) == (0, 0)


def test_the_shop_cannot_move_a_guaranteed_date_out_of_reach():
    promise = a_word(a_guarantee())
    moved = revise_promise(promise, asked_by="shop", due_on=date(2026, 3, 20), at=tehran(3))
    delivered(moved, 10)
    judge_covers(tehran(10, 14))
    moved.refresh_from_db()
    assert (moved.state, cover_state(), Remedy.objects.count()) == ("kept", "late", 1)
    assert headline(against="original").kept == 0
    assert headline(against="current").kept == 1


def test_a_date_moved_by_the_shop_breaks_the_guarantee_while_the_new_promise_is_open():
    revise_promise(a_word(a_guarantee()), asked_by="shop", due_on=date(2026, 3, 20), at=tehran(3))
    judge_covers(tehran(8))
    newest = Promise.objects.get(state="open")
    assert list(newest.events.order_by("step").values_list("step", "kind")) == [
        (0, "made"),
        (1, "remedied"),
        (2, "remedied"),
    ]
    delivered(newest, 10)
    newest.refresh_from_db()
    assert newest.state == "kept"
    assert list(faults()) == []


def test_a_later_day_that_the_customer_wished_is_the_guaranteed_one():
    promise = a_word(a_guarantee())
    moved = revise_promise(promise, asked_by="customer", due_on=date(2026, 3, 20), at=tehran(3))
    assert judge_covers(tehran(19)) == 0
    delivered(moved, 20)
    judge_covers(tehran(20, 14))
    assert cover_state() == "met"


def test_within_days_counts_from_the_day_of_the_order_whatever_date_was_given():
    promise = a_word(a_guarantee(**WITHIN_FIVE))  # the date says 4 March, the guarantee 6 March
    delivered(promise, 6)
    judge_covers(tehran(6, 14))
    promise.refresh_from_db()
    assert (promise.state, cover_state()) == ("broken", "met")


def test_a_promise_broken_before_its_guarantee_waits_for_the_guaranteed_day():
    promise = a_word(a_guarantee(**WITHIN_FIVE))
    assert break_overdue(promise.settle_after) == 1
    assert judge_covers(promise.settle_after) == 0
    assert judge_covers(promise.settle_after + 2 * DAY) == 1
    assert cover_state() == "late"


def test_cancelled_in_time_it_is_void_and_afterwards_late():
    early, late = a_word(a_guarantee(), 1), a_word(a_guarantee("other"), 2)
    cancel_promise(early, at=tehran(3))
    cancel_promise(late, at=tehran(5))
    judge_covers(tehran(5, 14))
    assert early.cover.__class__.objects.get(promise=early).state == "void"
    assert Cover.objects.get(promise=late).state == "late"
    assert Remedy.objects.count() == 1


def test_late_proof_corrects_the_record_and_leaves_the_remedy():
    promise = a_word(a_guarantee())
    break_overdue(promise.settle_after)
    judge_covers(promise.settle_after)
    settle_promise(promise, fulfilled_at=tehran(4), at=tehran(12))
    judge_covers(tehran(12, 14))
    promise.refresh_from_db()
    assert (promise.state, promise.corrected) == ("kept", True)
    assert (cover_state(), Remedy.objects.get().state, Voucher.objects.count()) == ("late", "given", 1)


def test_a_delivery_that_was_told_wrongly_brings_the_remedy_after_all():
    promise = a_word(a_guarantee())
    delivered(promise, 3)
    judge_covers(tehran(4))
    assert cover_state() == "met"
    retract_evidence(promise, fulfilled_at=tehran(3), reason="another parcel", by="staff:1", at=tehran(5))
    judge_covers(tehran(9))
    assert (cover_state(), Remedy.objects.count()) == ("late", 1)


def test_a_remedy_given_stays_when_its_reason_is_taken_back():
    promise = a_word(a_guarantee())
    delivered(promise, 5)
    judge_covers(tehran(5, 14))
    retract_evidence(promise, fulfilled_at=tehran(5), reason="another parcel", by="staff:1", at=tehran(6))
    delivered(promise, 4, at=tehran(7))
    judge_covers(LONG_AFTER)
    assert (cover_state(), Remedy.objects.count()) == ("late", 1)


@pytest.mark.parametrize(
    ("rule", "state", "amount"),
    [
        (VOUCHER, "given", 500_000),
        (REFUND, "due", 123_460),  # 10 % of 1,234,567 rials, up to whole toman
        (replace(REFUND, most_minor=100_000), "due", 100_000),
        (RemedyRule("free_delivery"), "given", None),
        (RemedyRule("apology"), "given", None),
        (RemedyRule("call"), "due", None),
    ],
)
def test_each_remedy_is_given_or_left_to_whom_it_belongs(rule, state, amount):
    delivered(a_word(a_guarantee(remedy=rule), worth=Worth(1_234_567, 300_000)), 5)
    judge_covers(tehran(5, 14))
    remedy = Remedy.objects.get()
    assert (remedy.state, remedy.amount_minor) == (state, amount)
    assert Voucher.objects.count() == (rule.kind in {"voucher", "free_delivery"})
    assert remedy.cost_minor == {"free_delivery": 300_000}.get(rule.kind, amount or 0)


@pytest.mark.parametrize(
    ("changes", "customer", "hold"),
    [
        ({"caps": Caps(approval_above_minor=499_999)}, "C-1", "limit"),
        ({"caps": Caps(budget_minor=499_999)}, "C-1", "budget"),
        ({"caps": Caps(per_customer=0)}, "C-1", "customer"),
        ({}, "", "customer_unknown"),
        ({"remedy": REFUND}, "C-1", "amount_unknown"),
    ],
)
def test_what_a_rule_may_not_give_waits_for_a_person(changes, customer, hold):
    delivered(a_word(a_guarantee(**changes), party_ref=customer), 5)
    judge_covers(tehran(5, 14))
    remedy = Remedy.objects.get()
    assert (remedy.state, remedy.hold, Voucher.objects.count()) == ("waiting", hold, 0)
    assert not Message.objects.exists()
    assert told() == ["waiting"]


def waiting_remedy(**changes):
    delivered(a_word(a_guarantee(caps=Caps(approval_above_minor=0), **changes)), 5)
    judge_covers(tehran(5, 14))
    return Remedy.objects.get()


def test_a_person_approves_once_and_the_voucher_is_issued_once():
    remedy = waiting_remedy()
    approve_remedy(remedy, by="staff:7", at=tehran(6))
    approve_remedy(remedy, by="staff:8", at=tehran(7))
    remedy.refresh_from_db()
    assert (remedy.state, remedy.decided_by, Voucher.objects.count()) == ("given", "staff:7", 1)
    assert Message.objects.count() == 1
    assert told() == ["waiting", "due", "given"]


def test_a_person_refuses_with_a_reason_and_nothing_is_given():
    remedy = waiting_remedy()
    with pytest.raises(Problem) as refused:
        refuse_remedy(remedy, by="staff:7", reason=" ", at=tehran(6))
    assert refused.value.code == "no-reason"
    refuse_remedy(remedy, by="staff:7", reason="nobody was at home", at=tehran(6))
    with pytest.raises(Problem) as refused:
        approve_remedy(remedy, by="staff:8", at=tehran(7))
    assert refused.value.code == "not-waiting"
    remedy.refresh_from_db()
    assert (remedy.state, remedy.reason, Voucher.objects.count()) == ("refused", "nobody was at home", 0)
    assert told() == ["waiting", "refused"]


def test_an_approved_remedy_cannot_be_refused_any_more():
    remedy = waiting_remedy()
    approve_remedy(remedy, by="staff:7", at=tehran(6))
    with pytest.raises(Problem) as refused:
        refuse_remedy(remedy, by="staff:8", reason="too late", at=tehran(7))
    assert refused.value.code == "not-waiting"


def test_an_amount_nobody_knows_must_be_said_by_who_approves():
    remedy = waiting_remedy(remedy=REFUND)
    with pytest.raises(Problem) as refused:
        approve_remedy(remedy, by="staff:7", at=tehran(6))
    assert refused.value.code == "amount-missing"
    approve_remedy(remedy, by="staff:7", amount_minor=70_000, at=tehran(6))
    remedy.refresh_from_db()
    assert (remedy.state, remedy.amount_minor, remedy.cost_minor) == ("due", 70_000, 70_000)


def test_a_call_is_given_when_somebody_has_called():
    delivered(a_word(a_guarantee(remedy=RemedyRule("call"))), 5)
    judge_covers(tehran(5, 14))
    remedy = Remedy.objects.get()
    confirm_given(remedy, by="staff:3", at=tehran(6))
    confirm_given(remedy, by="staff:4", at=tehran(7))
    remedy.refresh_from_db()
    assert (remedy.state, remedy.given_by) == ("given", "staff:3")
    assert told() == ["due", "given"]


def test_a_waiting_remedy_cannot_be_confirmed():
    remedy = waiting_remedy()
    with pytest.raises(Problem) as refused:
        confirm_given(remedy, by="staff:3", at=tehran(6))
    assert refused.value.code == "not-due"
    assert told() == ["waiting"]


def test_the_budget_is_that_of_its_period():
    version = a_guarantee(caps=Caps(budget_minor=1_000_000, budget_days=30))
    for number in range(4):
        delivered(a_word(version, number), 5)
    judge_covers(tehran(5, 14))
    assert list(Remedy.objects.order_by("pk").values_list("state", flat=True)) == ["given"] * 2 + ["waiting"] * 2
    later = a_word(version, 9, at=NOON + 40 * DAY, due_on=DUE + 40 * DAY)
    judge_covers(later.settle_after)
    assert Remedy.objects.order_by("pk").last().state == "given"


@pytest.mark.parametrize(
    "change",
    [
        {"state": "refused"},
        {"hold": "limit"},
        {"given_at": None},
        {"amount_minor": None},
        {"amount_minor": 0},
        {"cost_minor": -1},
        {"kind": "apology"},
        {"state": "gone"},
    ],
)
def test_the_database_refuses_a_remedy_that_cannot_be(change):
    delivered(a_word(a_guarantee()), 5)
    judge_covers(tehran(5, 14))
    with pytest.raises(IntegrityError), transaction.atomic():
        Remedy.objects.update(**change)


def test_the_database_refuses_a_second_remedy_for_a_promise():
    delivered(a_word(a_guarantee()), 5)
    judge_covers(tehran(5, 14))
    first = Remedy.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        Remedy.objects.create(
            cover=first.cover, guarantee=first.guarantee, kind="apology", currency="IRR", state="due", due_at=NOON
        )


breaches = st.lists(
    st.tuples(st.integers(0, 60), st.sampled_from("abc"), st.integers(0, 2_000_000)), min_size=1, max_size=30
)
limits = st.builds(
    Caps,
    approval_above_minor=st.none() | st.integers(0, 300_000),
    budget_minor=st.none() | st.integers(0, 600_000),
    budget_days=st.integers(1, 30),
    per_customer=st.none() | st.integers(0, 3),
    customer_days=st.integers(1, 30),
)


@given(breaches, limits, st.integers(1, 30))
def test_no_order_of_breaches_exceeds_a_cap_and_none_is_lost(found, caps, percent):
    """Whatever happens, what is given without a person stays within every limit in every window of its length."""
    rule = RemedyRule("voucher", percent=percent)
    given_so_far, waiting = [], 0
    for day, customer, value in sorted(found):
        amount = amount_of(rule, value) or None
        cost = cost_of(rule, amount, None)
        spent = sum(was[2] for was in given_so_far if was[0] > day - caps.budget_days)
        mine = sum(was[1] == customer and was[0] > day - caps.customer_days for was in given_so_far)
        before = Standing(spent, mine)
        if hold_of(rule, caps, customer=customer, amount_minor=amount, cost_minor=cost, before=before):
            waiting += 1
        else:
            given_so_far.append((day, customer, cost))
    assert len(given_so_far) + waiting == len(found)
    for end in range(61):
        window = [was for was in given_so_far if end - caps.budget_days < was[0] <= end]
        assert caps.budget_minor is None or sum(was[2] for was in window) <= caps.budget_minor
        for customer in "abc":
            his = sum(end - caps.customer_days < was[0] <= end and was[1] == customer for was in given_so_far)
            assert caps.per_customer is None or his <= caps.per_customer
    assert all(caps.approval_above_minor is None or cost <= caps.approval_above_minor for *_, cost in given_so_far)


@given(st.integers(0, 10**9), st.integers(1, 100), st.none() | st.integers(1, 10**6), st.sampled_from([1, 10]))
def test_a_share_is_rounded_up_to_what_people_pay_with(value, percent, most, step):
    amount = amount_of(RemedyRule("refund", percent=percent, most_minor=most), value, step=step)
    assert amount is not None
    exact = value * percent / 100
    if most is None or amount < most:
        assert amount % step == 0
        assert exact <= amount + 1e-6 < exact + step + 1e-3
    else:
        assert amount == most
