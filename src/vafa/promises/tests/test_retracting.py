"""Evidence that was wrong is taken back, by somebody and for a reason."""

import pytest

from vafa.kit.problems import Problem
from vafa.promises.actions import (
    break_overdue,
    cancel_promise,
    import_promises,
    make_promise,
    restore_evidence,
    retract_evidence,
    revise_promise,
    settle_promise,
)
from vafa.promises.models import Promise
from vafa.promises.queries import events_of, faults, headline
from vafa.promises.tests.make import DAY, DUE, NOON, WORD, a_promise, historic, tehran, terms
from vafa.promises.tests.test_workers import at_once

pytestmark = pytest.mark.django_db


NEXT_DAY = tehran(3)


def take_back(promise, moment, at=NEXT_DAY, **changes):
    return retract_evidence(
        promise, fulfilled_at=moment, at=at, **{"reason": "another parcel", "by": "staff:7", **changes}
    )


def kinds(promise):
    return [event.kind for event in events_of(promise)]


def test_without_its_only_evidence_a_promise_is_open_again():
    promise = settle_promise(a_promise(), fulfilled_at=tehran(2), at=tehran(2))
    again = take_back(promise, tehran(2))
    assert (again.state, again.fulfilled_at, again.margin_days, again.settled_at) == ("open", None, None, None)
    assert headline().settled == 0
    entry = events_of(again)[-1]
    assert entry.kind == "retracted"
    assert entry.evidence == {
        "by": "staff:7",
        "reason": "another parcel",
        "retracted": "2026-03-02T08:30:00.000000Z",
        "fulfilled_at": None,
        "state": "open",
    }


def test_what_was_told_beside_it_counts_then():
    promise = settle_promise(a_promise(), fulfilled_at=tehran(2), at=tehran(2))
    settle_promise(promise, fulfilled_at=tehran(6), at=tehran(6))
    assert kinds(promise) == ["made", "kept", "noted"]
    late = take_back(promise, tehran(2), at=tehran(7))
    assert (late.state, late.fulfilled_at, late.margin_days, late.corrected) == ("broken", tehran(6), -2, True)


def test_a_second_life_ends_like_a_first_one():
    promise = settle_promise(a_promise(), fulfilled_at=tehran(2), at=tehran(2))
    take_back(promise, tehran(2))
    kept = settle_promise(promise, fulfilled_at=tehran(4), at=tehran(4))
    assert (kept.state, kept.margin_days, kinds(kept)) == ("kept", 0, ["made", "kept", "retracted", "kept"])
    assert list(faults()) == []


def test_a_promise_that_is_open_again_can_be_broken_revised_and_cancelled():
    ends = {
        "broken": lambda promise: break_overdue(tehran(20)),
        "revised": lambda promise: revise_promise(promise, asked_by="shop", due_on=DUE + DAY, at=tehran(3)),
        "cancelled": lambda promise: cancel_promise(promise, at=tehran(3)),
    }
    for number, (state, end) in enumerate(ends.items()):
        promise = settle_promise(a_promise(number), fulfilled_at=tehran(2), at=tehran(2))
        end(take_back(promise, tehran(2)))
        promise.refresh_from_db()
        assert (promise.state, kinds(promise)[-1]) == (state, state)
    assert list(faults()) == []


def test_what_the_sweep_broke_is_broken_again():
    promise = a_promise()
    break_overdue(tehran(20))
    settle_promise(promise, fulfilled_at=tehran(3), at=tehran(21))
    broken = take_back(promise, tehran(3), at=tehran(22))
    assert (broken.state, broken.fulfilled_at, broken.corrected) == ("broken", None, True)
    assert list(faults()) == []


def test_a_moment_taken_back_stays_so_and_another_one_counts():
    promise = settle_promise(a_promise(), fulfilled_at=tehran(2), at=tehran(2))
    take_back(promise, tehran(2))
    with pytest.raises(Problem) as refused:
        settle_promise(promise, fulfilled_at=tehran(2), at=tehran(3))
    assert (refused.value.code, refused.value.status) == ("retracted", 409)
    assert settle_promise(promise, fulfilled_at=tehran(2, 13), at=tehran(3)).state == "kept"


def test_twice_is_once():
    promise = settle_promise(a_promise(), fulfilled_at=tehran(2), at=tehran(2))
    for _ in range(2):
        take_back(promise, tehran(2))
    assert kinds(promise) == ["made", "kept", "retracted"]


def test_an_import_that_repeats_it_changes_nothing_and_one_that_knows_better_does():
    rows = [historic(1, fulfilled_at=tehran(2))]
    import_promises(rows, at=tehran(20))
    promise = take_back(Promise.objects.get(), tehran(2), at=tehran(21))
    assert import_promises(rows, at=tehran(22)).unchanged == 1
    assert import_promises([historic(1, fulfilled_at=tehran(4))], at=tehran(22)).settled == 1
    promise.refresh_from_db()
    assert (promise.state, promise.fulfilled_at) == ("kept", tehran(4))
    assert list(faults()) == []


def test_what_was_told_of_the_first_date_is_taken_back_at_the_last():
    promise = a_promise()
    last = revise_promise(promise, asked_by="customer", due_on=DUE + DAY, at=NOON)
    settle_promise(promise, fulfilled_at=tehran(2), at=tehran(3))
    assert take_back(promise, tehran(2)).pk == last.pk


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"moment": tehran(3)}, "not-told"),
        ({"reason": "  "}, "no-reason"),
        ({"reason": "x" * 201}, "bad-evidence"),
    ],
)
def test_what_cannot_be_taken_back_is_refused(changes, code):
    promise = settle_promise(a_promise(), fulfilled_at=tehran(2), at=tehran(2))
    with pytest.raises(Problem) as refused:
        take_back(promise, **{"moment": tehran(2), **changes})
    assert (refused.value.code, kinds(promise)) == (code, ["made", "kept"])


def test_evidence_does_not_use_the_ledgers_own_names():
    with pytest.raises(Problem) as refused:
        settle_promise(a_promise(), fulfilled_at=tehran(2), evidence={"state": "kept"}, at=tehran(2))
    assert refused.value.code == "bad-evidence"


def test_an_open_promise_claims_its_order_again_unless_another_was_made():
    first = a_promise(1, kind=WORD.name)
    settle_promise(first, fulfilled_at=tehran(2), at=tehran(2))
    assert take_back(first, tehran(2)).claim == "test-word:order:A-1"
    settle_promise(first, fulfilled_at=tehran(2, 13), at=tehran(3))
    second = make_promise(at=tehran(3), **{**terms(1, kind=WORD.name), "key": "second"})
    assert (take_back(first, tehran(2, 13)).claim, second.claim) == (None, "test-word:order:A-1")


def restore(promise, moment, at=NEXT_DAY, **changes):
    return restore_evidence(
        promise, fulfilled_at=moment, at=at, **{"reason": "the carrier confirmed it", "by": "staff:8", **changes}
    )


def test_what_was_taken_back_wrongly_counts_again_and_both_stay_readable():
    promise = settle_promise(a_promise(), fulfilled_at=tehran(2), at=tehran(2))
    take_back(promise, tehran(2))
    again = restore(promise, tehran(2))
    assert (again.state, again.fulfilled_at, again.margin_days, again.corrected) == ("kept", tehran(2), 2, False)
    assert kinds(again) == ["made", "kept", "retracted", "kept"]
    assert events_of(again)[-1].evidence == {
        "by": "staff:8",
        "reason": "the carrier confirmed it",
        "again": "2026-03-02T08:30:00.000000Z",
        "fulfilled_at": "2026-03-02T08:30:00.000000Z",
        "state": "kept",
    }
    assert list(faults()) == []


def test_what_counts_already_is_not_restored_and_can_be_taken_back_again():
    promise = settle_promise(a_promise(), fulfilled_at=tehran(2), at=tehran(2))
    restore(promise, tehran(2))
    for _ in range(2):
        take_back(promise, tehran(2))
        restore(promise, tehran(2))
        restore(promise, tehran(2))
    assert take_back(promise, tehran(2)).state == "open"
    assert kinds(promise) == ["made", "kept", *["retracted", "kept"] * 2, "retracted"]
    assert list(faults()) == []


def test_a_restored_moment_counts_beside_what_was_told_meanwhile():
    promise = settle_promise(a_promise(), fulfilled_at=tehran(2), at=tehran(2))
    take_back(promise, tehran(2))
    settle_promise(promise, fulfilled_at=tehran(6), at=tehran(6))
    assert restore(promise, tehran(2), at=tehran(7)).state == "kept"
    assert take_back(promise, tehran(2), at=tehran(8)).fulfilled_at == tehran(6)


def test_a_restored_moment_settles_the_date_that_was_given_meanwhile():
    promise = settle_promise(a_promise(), fulfilled_at=tehran(2), at=tehran(2))
    last = revise_promise(take_back(promise, tehran(2)), asked_by="shop", due_on=DUE + DAY, at=tehran(3))
    settled = restore(promise, tehran(2))
    assert (settled.pk, settled.state, settled.margin_days, settled.original_margin_days) == (last.pk, "kept", 3, 2)


@pytest.mark.parametrize(("changes", "code"), [({"moment": tehran(3)}, "not-told"), ({"reason": " "}, "no-reason")])
def test_what_cannot_be_restored_is_refused(changes, code):
    promise = settle_promise(a_promise(), fulfilled_at=tehran(2), at=tehran(2))
    take_back(promise, tehran(2))
    with pytest.raises(Problem) as refused:
        restore(promise, **{"moment": tehran(2), **changes})
    assert (refused.value.code, kinds(promise)) == (code, ["made", "kept", "retracted"])


def test_a_moment_of_a_cancelled_promise_is_not_restored():
    promise = settle_promise(a_promise(), fulfilled_at=tehran(2), at=tehran(2))
    cancel_promise(take_back(promise, tehran(2)), at=tehran(3))
    with pytest.raises(Problem) as refused:
        restore(promise, tehran(2))
    assert (refused.value.code, kinds(promise)[-1]) == ("cancelled", "cancelled")


@pytest.mark.django_db(transaction=True)
def test_one_who_restores_beside_others_writes_one_entry():
    promise = settle_promise(a_promise(), fulfilled_at=tehran(2), at=tehran(2))
    take_back(promise, tehran(2))
    at_once(*[lambda: restore(promise, tehran(2))] * 4)
    assert kinds(promise) == ["made", "kept", "retracted", "kept"]


@pytest.mark.django_db(transaction=True)
def test_tellings_and_takings_back_at_once_end_in_one_order():
    promise = settle_promise(a_promise(), fulfilled_at=tehran(2), at=tehran(2))
    at_once(
        lambda: take_back(promise, tehran(2), at=tehran(4)),
        lambda: take_back(promise, tehran(2), at=tehran(4)),
        lambda: settle_promise(promise, fulfilled_at=tehran(3), at=tehran(4)),
        lambda: settle_promise(promise, fulfilled_at=tehran(3), at=tehran(4)),
    )
    promise.refresh_from_db()
    assert (promise.state, promise.fulfilled_at) == ("kept", tehran(3))
    assert list(faults()) == []
