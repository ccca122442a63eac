"""A source that learns: the end depends on what it knows, not on the order in which it learned it."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vafa.promises.actions import cancel_promise, follow_source, retract_evidence, settle_promise
from vafa.promises.events import replay
from vafa.promises.models import State
from vafa.promises.queries import events_of, faults
from vafa.promises.tests.make import DAY, NOON, a_promise
from vafa.promises.tests.test_any_order import each_in_its_own_ledger

pytestmark = pytest.mark.django_db
LATER = NOON + 20 * DAY


def follow(promise, moment, *, by="scans"):
    return follow_source(promise, fulfilled_at=moment, by=by, reason="another parcel", at=LATER)


def test_what_a_source_tells_settles_the_promise_once():
    promise = follow(a_promise(), NOON + DAY)
    follow(promise, NOON + DAY)
    assert (promise.state, promise.fulfilled_at) == (State.KEPT, NOON + DAY)
    assert [event.kind for event in events_of(promise)] == ["made", "kept"]


def test_a_later_moment_stands_in_the_place_of_the_earlier_one():
    promise = follow(follow(a_promise(), NOON + DAY), NOON + 9 * DAY)
    assert (promise.state, promise.fulfilled_at) == (State.BROKEN, NOON + 9 * DAY)


def test_what_turns_out_right_after_all_is_told_again():
    promise = follow(follow(follow(a_promise(), NOON + DAY), None), NOON + DAY)
    assert (promise.state, promise.fulfilled_at) == (State.KEPT, NOON + DAY)


def test_nothing_fulfilled_leaves_an_open_promise_alone():
    promise = follow(a_promise(), None)
    assert [event.kind for event in events_of(promise)] == ["made"]


def test_what_a_person_told_stays():
    promise = settle_promise(a_promise(), fulfilled_at=NOON + DAY, at=LATER)
    assert follow(follow(promise, NOON + 2 * DAY), None).fulfilled_at == NOON + DAY


def test_what_a_person_took_back_stays_taken_back():
    promise = follow(a_promise(), NOON + DAY)
    retract_evidence(promise, fulfilled_at=NOON + DAY, reason="wrong door", by="staff:1", at=LATER)
    assert follow(promise, NOON + DAY).fulfilled_at is None


def test_a_cancelled_promise_is_left_alone():
    promise = cancel_promise(a_promise(), at=NOON + DAY)
    assert follow(promise, NOON + DAY).state == State.CANCELLED


def test_what_happened_before_the_promise_was_made_is_not_told():
    assert follow(a_promise(), NOON - 3 * DAY).state == State.OPEN


@settings(deadline=None, max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.one_of(st.none(), st.integers(0, 200)), max_size=8), st.one_of(st.none(), st.integers(0, 200)))
def test_only_the_last_thing_a_source_tells_counts(db, learned, last):
    def example():
        promise = a_promise()
        for hours in [*learned, last]:
            promise = follow(promise, None if hours is None else NOON + timedelta(hours=hours))
        assert promise.fulfilled_at == (None if last is None else NOON + timedelta(hours=last))
        assert replay(events_of(promise)).state == promise.state
        assert list(faults()) == []

    each_in_its_own_ledger(example)()
