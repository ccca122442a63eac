"""Whatever happens in whatever order: the state is what the events amount to, and there is one outcome."""

from contextlib import suppress
from datetime import datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vafa.kit.problems import Problem
from vafa.promises.actions import (
    break_overdue,
    cancel_promise,
    import_promises,
    record_answer,
    record_warning,
    restore_evidence,
    retract_evidence,
    revise_promise,
    seal,
    settle_promise,
)
from vafa.promises.events import evidence_in, replay, stamp
from vafa.promises.margins import outcome_of
from vafa.promises.models import Promise, PromiseEvent
from vafa.promises.models.event import OUTCOMES
from vafa.promises.queries import chain_of, faults, headline
from vafa.promises.tests.make import DAY, DUE, NOON, a_promise, historic, tehran

pytestmark = pytest.mark.django_db

hours = st.integers(0, 24 * 12)
evidence = st.tuples(st.just("evidence"), hours)
sweeps = st.tuples(st.just("sweep"), st.just(0))
revisions = st.tuples(st.sampled_from(["revise-shop", "revise-customer"]), st.integers(-2, 6))
cancels = st.tuples(st.just("cancel"), st.just(0))
sealing = st.tuples(st.just("seal"), st.just(0))
retractions = st.tuples(st.just("retract"), st.integers(0, 3))
restorations = st.tuples(st.just("restore"), st.integers(0, 3))
sayings = st.tuples(st.sampled_from(["warn", "answer"]), st.just(0))
anything = st.lists(
    st.one_of(evidence, sweeps, revisions, cancels, sealing, retractions, restorations, sayings), max_size=14
)
# others on each database and in each run
many = settings(deadline=None, max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])


def each_in_its_own_ledger(test):
    """Run the example in a transaction that never commits."""

    def inside():
        with transaction.atomic():
            test()
            transaction.set_rollback(True)

    return inside


def tell(promise, step, at):
    """One thing that happens to the chain at `at`; refusals are part of the game."""
    what, number = step
    current = chain_of(promise)[-1]
    try:
        if what == "evidence":
            settle_promise(promise, fulfilled_at=min(NOON + timedelta(hours=number), at), at=at)
        elif what == "sweep":
            break_overdue(at)
        elif what == "cancel":
            cancel_promise(current, at=at)
        elif what == "seal":
            seal(at)
        elif what == "warn":
            record_warning(current, evidence={"by": "rule"}, at=at)
        elif what == "answer":
            record_answer(current, evidence={"by": "customer"}, at=at)
        elif what == "retract":
            change_evidence(retract_evidence, promise, number, at)
        elif what == "restore":
            change_evidence(restore_evidence, promise, number, at)
        else:
            revise_promise(current, asked_by=what.split("-")[1], due_on=current.due_on + number * DAY, at=at)
    except Problem:
        pass


def change_evidence(action, promise, number, at):
    """Of one of the moments that were told, or the one that counts when there are not so many."""
    chain = [link.pk for link in chain_of(promise)]
    events = PromiseEvent.objects.filter(promise_id__in=chain).values_list("kind", "evidence")
    told = sorted(evidence_in(events).told)
    if told:
        moment = datetime.fromisoformat(told[min(number, len(told) - 1)])
        action(promise, fulfilled_at=moment, reason="another parcel", by="staff:1", at=at)


def check(promise):
    promise.refresh_from_db()
    events = list(PromiseEvent.objects.filter(promise=promise).order_by("step"))
    told = replay(events)
    assert [event.step for event in events] == list(range(len(events)))
    assert told.state == promise.state
    assert told.fulfilled_at == (stamp(promise.fulfilled_at) if promise.fulfilled_at else None)
    assert told.corrected == promise.corrected
    if not any(event.kind == "retracted" for event in events):
        assert sum(event.kind in OUTCOMES for event in events) == (promise.state != "open")


@many
@given(steps=anything)
def test_state_is_what_the_events_amount_to(steps):
    @each_in_its_own_ledger
    def example():
        promise = a_promise()
        for number, step in enumerate(steps):
            tell(promise, step, NOON + (number + 1) * DAY)
            for link in chain_of(promise):
                check(link)
        assert list(faults()) == []
        chain = chain_of(promise)
        assert [link.state == "revised" for link in chain] == [True] * (len(chain) - 1) + [chain[-1].state == "revised"]
        assert headline().settled == (chain[-1].state in {"kept", "broken"})

    example()


@many
@given(told=st.lists(hours, min_size=1, max_size=6), sweep_after=st.integers(0, 6))
def test_only_the_earliest_evidence_matters_whatever_the_order(told, sweep_after):
    @each_in_its_own_ledger
    def example():
        promise, at = a_promise(), tehran(20)
        for number, hour in enumerate(told):
            if number == sweep_after:
                break_overdue(at)
            settle_promise(promise, fulfilled_at=NOON + timedelta(hours=hour), at=at)
        promise.refresh_from_db()
        assert promise.fulfilled_at == NOON + timedelta(hours=min(told))
        assert promise.state == outcome_of(promise, promise.fulfilled_at).state

    example()


@many
@given(
    told=st.lists(hours, min_size=1, max_size=5, unique=True),
    wrong=st.sets(st.integers(0, 4), max_size=5),
    order=st.randoms(use_true_random=False),
)
def test_what_was_taken_back_counts_for_nothing_whatever_the_order(told, wrong, order):
    """Tellings, tellings again, sweeps and takings back in any order: the earliest of what is left decides."""

    @each_in_its_own_ledger
    def example():
        promise, at = a_promise(), tehran(20)
        back = [told[number] for number in wrong if number < len(told)]
        steps = [("tell", hour) for hour in told * 2] + [("sweep", 0)] * 2 + [("back", hour) for hour in back]
        order.shuffle(steps)
        for step in [*steps, *[("back", hour) for hour in back], ("sweep", 0)]:
            one_step(promise, *step, at)
        promise.refresh_from_db()
        left = set(told) - set(back)
        expected = NOON + timedelta(hours=min(left)) if left else None
        assert promise.fulfilled_at == expected
        assert promise.state == (outcome_of(promise, expected).state if expected else "broken")
        assert list(faults()) == []

    example()


def one_step(promise, what, hour, at):
    """Refusals are part of the game: what was taken back is told again, what nobody told is taken back."""
    moment = NOON + timedelta(hours=hour)
    with suppress(Problem):
        if what == "tell":
            settle_promise(promise, fulfilled_at=moment, at=at)
        elif what == "back":
            retract_evidence(promise, fulfilled_at=moment, reason="another parcel", by="staff:1", at=at)
        else:
            break_overdue(at)


@many
@given(told=st.lists(st.lists(st.tuples(st.integers(0, 3), st.none() | hours), max_size=8), max_size=4))
def test_imports_in_any_cut_end_in_the_same_ledger(told):
    """Row by row, in pieces, twice over: the same outcomes as one import of the best knowledge."""

    @each_in_its_own_ledger
    def example():
        at = tehran(20)
        best = {}
        for rows in told:
            import_promises([row_of(*row) for row in rows], at=at)
            for number, hour in dict(rows).items():
                hours_known = [each for each in (best.get(number), hour) if each is not None]
                best[number] = min(hours_known, default=None)
        for number, hour in best.items():
            promise = Promise.objects.get(subject_ref=f"A-{number}")
            check(promise)
            in_time = hour is not None and (NOON + timedelta(hours=hour)) < tehran(5, 0)
            assert promise.state == ("kept" if in_time else "broken")

    example()


def row_of(number, hour):
    return historic(number, due_on=DUE, fulfilled_at=None if hour is None else NOON + timedelta(hours=hour))
