import pytest
from django.db import DatabaseError, connection, transaction

from vafa.kit.problems import Problem
from vafa.promises.actions import (
    break_overdue,
    break_promise,
    cancel_promise,
    make_promise,
    making,
    revise_promise,
    settle_promise,
    settling,
)
from vafa.promises.models import Promise, PromiseEvent
from vafa.promises.tests.make import DAY, DUE, NOON, a_promise, tehran, terms

pytestmark = pytest.mark.django_db


def events(promise):
    return [event.kind for event in promise.events.order_by("step")]


def test_a_promise_is_made_with_its_event():
    promise = a_promise()
    assert (promise.state, promise.due_at, promise.settle_after) == ("open", tehran(5, 0), tehran(7, 0))
    assert events(promise) == ["made"]


def test_the_same_key_again_is_the_same_promise():
    assert a_promise() == a_promise()
    assert (Promise.objects.count(), PromiseEvent.objects.count()) == (1, 1)


def test_the_same_key_with_another_date_is_refused():
    a_promise()
    with pytest.raises(Problem, match="another promise") as refused:
        a_promise(due_on=DUE + DAY)
    assert (refused.value.code, refused.value.status, Promise.objects.count()) == ("key-taken", 409, 1)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"kind": "miracle"}, "unknown-kind"),
        ({"zone": "Mars/Olympus"}, "unknown-zone"),
        ({"probability": 1.2}, "bad-probability"),
        ({"due_on": NOON.date() - DAY}, "due-in-past"),
        ({"subject_ref": ""}, "empty"),
        ({"key": "k" * 161}, "too-long"),
        ({"settle_after": NOON}, "settles-before-due"),
        ({"kind": "test-answer"}, "due-missing"),
        ({"kind": "test-answer", "due_at": tehran(4), "direction": "from_supplier"}, "wrong-direction"),
    ],
)
def test_a_bad_promise_is_refused_and_nothing_is_written(changes, code):
    with pytest.raises(Problem) as refused:
        a_promise(**changes)
    assert (refused.value.code, Promise.objects.count(), PromiseEvent.objects.count()) == (code, 0, 0)


def test_fulfilled_on_the_last_minute_of_the_day_is_kept_with_no_margin():
    promise = settle_promise(a_promise(), fulfilled_at=tehran(4, 23), at=tehran(6))
    assert (promise.state, promise.margin_days, promise.margin_seconds) == ("kept", 0, 3600)
    assert events(promise) == ["made", "kept"]


def test_fulfilled_the_day_before_has_a_margin_of_one_day():
    assert settle_promise(a_promise(), fulfilled_at=tehran(3), at=tehran(6)).margin_days == 1


def test_fulfilled_after_midnight_is_broken_by_one_day():
    promise = settle_promise(a_promise(), fulfilled_at=tehran(5, 0), at=tehran(6))
    assert (promise.state, promise.margin_days, events(promise)) == ("broken", -1, ["made", "broken"])


def test_a_promise_of_a_moment_is_measured_in_seconds():
    promise = a_promise(kind="test-answer", due_at=tehran(4, 12))
    settled = settle_promise(promise, fulfilled_at=tehran(4, 13), at=tehran(6))
    assert (settled.state, settled.margin_days, settled.margin_seconds) == ("broken", 0, -3600)


def test_the_same_evidence_twice_writes_nothing():
    promise = a_promise()
    for _ in range(2):
        settle_promise(promise, fulfilled_at=tehran(3), at=tehran(6))
    assert events(promise) == ["made", "kept"]


def test_the_sweep_breaks_after_the_grace_and_not_before():
    promise = a_promise()
    assert break_overdue(tehran(6, 23)) == 0
    assert break_overdue(tehran(7, 0)) == 1
    assert break_overdue(tehran(8, 0)) == 0
    promise.refresh_from_db()
    assert (promise.state, promise.settled_at, events(promise)) == ("broken", tehran(7, 0), ["made", "broken"])


def test_the_sweep_stops_at_its_limit():
    for number in range(3):
        a_promise(number)
    assert [break_overdue(tehran(8), limit=2) for _ in range(3)] == [2, 1, 0]


def test_proof_that_comes_late_turns_broken_into_kept():
    promise = a_promise()
    break_overdue(tehran(8))
    settled = settle_promise(promise, fulfilled_at=tehran(4), evidence={"scan": "77"}, at=tehran(9))
    assert (settled.state, settled.corrected, settled.margin_days) == ("kept", True, 0)
    assert events(promise) == ["made", "broken", "corrected"]


def test_proof_of_lateness_tells_how_late_a_broken_one_was():
    promise = a_promise()
    break_overdue(tehran(8))
    settled = settle_promise(promise, fulfilled_at=tehran(9), at=tehran(9, 18))
    assert (settled.state, settled.corrected, settled.margin_days) == ("broken", False, -5)
    assert events(promise) == ["made", "broken", "fulfilled"]


def test_the_earliest_fulfilment_counts_whatever_comes_first():
    first, second = a_promise(1), a_promise(2)
    for day in (6, 3, 5):
        settle_promise(first, fulfilled_at=tehran(day), at=tehran(10))
    for day in (3, 5, 6):
        second = settle_promise(second, fulfilled_at=tehran(day), at=tehran(10))
    first.refresh_from_db()
    assert (first.state, first.margin_days) == (second.state, second.margin_days) == ("kept", 1)


def once_before(monkeypatch, module, name, other):
    """Let `other` happen just before the first call of `name`: after the look, before the update."""
    real, happened = getattr(module, name), []

    def interrupted(*arguments, **named):
        if not happened:
            happened.append(True)
            other()
        return real(*arguments, **named)

    monkeypatch.setattr(module, name, interrupted)


def test_a_sweep_between_the_look_and_the_update_is_noticed(monkeypatch):
    promise = a_promise()
    once_before(monkeypatch, settling, "locked_end_of_chain", lambda: break_overdue(tehran(8)))
    settled = settle_promise(promise, fulfilled_at=tehran(4), at=tehran(9))
    assert (settled.state, settled.corrected, events(promise)) == ("kept", True, ["made", "broken", "corrected"])


def test_a_new_date_between_the_look_and_the_update_is_noticed(monkeypatch):
    promise = a_promise()
    move_it = lambda: revise_promise(promise, asked_by="shop", due_on=DUE + 3 * DAY, at=tehran(3))
    once_before(monkeypatch, settling, "locked_end_of_chain", move_it)
    settled = settle_promise(Promise.objects.get(), fulfilled_at=tehran(5), at=tehran(9))
    assert (settled.due_on, settled.state, events(promise)) == (DUE + 3 * DAY, "kept", ["made", "revised"])


def test_evidence_between_the_look_and_a_new_date_is_noticed(monkeypatch):
    promise = a_promise()
    settle_it = lambda: settle_promise(promise, fulfilled_at=tehran(3), at=tehran(3, 13))
    once_before(monkeypatch, making, "check_due", settle_it)
    with pytest.raises(Problem) as refused:
        revise_promise(promise, asked_by="shop", due_on=DUE + DAY, at=tehran(3, 13))
    assert (refused.value.code, Promise.objects.count(), events(promise)) == ("not-open", 1, ["made", "kept"])


def test_the_future_cannot_be_told():
    promise = a_promise()
    with pytest.raises(Problem) as refused:
        settle_promise(promise, fulfilled_at=tehran(4), at=tehran(3))
    promise.refresh_from_db()
    assert (refused.value.code, promise.state, events(promise)) == ("fulfilled-in-future", "open", ["made"])


def test_what_was_done_before_the_promise_does_not_fulfil_it():
    with pytest.raises(Problem) as refused:
        settle_promise(a_promise(), fulfilled_at=tehran(28, month=2), at=tehran(6))
    assert refused.value.code == "fulfilled-before-made"


def test_evidence_is_flat_text():
    promise = a_promise()
    with pytest.raises(Problem) as refused:
        settle_promise(promise, fulfilled_at=tehran(3), evidence={"who": {"name": "Aram"}}, at=tehran(6))
    assert (refused.value.code, events(promise)) == ("bad-evidence", ["made"])


def test_a_cancelled_promise_stays_cancelled():
    promise = cancel_promise(a_promise(), at=tehran(2))
    assert cancel_promise(promise, at=tehran(3)).state == "cancelled"
    with pytest.raises(Problem) as refused:
        settle_promise(promise, fulfilled_at=tehran(3), at=tehran(6))
    assert (refused.value.code, break_overdue(tehran(20)), events(promise)) == ("cancelled", 0, ["made", "cancelled"])


def test_a_settled_promise_cannot_be_cancelled():
    promise = settle_promise(a_promise(), fulfilled_at=tehran(3), at=tehran(6))
    with pytest.raises(Problem) as refused:
        cancel_promise(promise, at=tehran(7))
    assert (refused.value.code, events(promise)) == ("not-open", ["made", "kept"])


def test_a_later_date_of_the_shop_does_not_mend_the_original():
    promise = a_promise()
    later = revise_promise(promise, asked_by="shop", due_on=DUE + 2 * DAY, at=tehran(3))
    settled = settle_promise(promise, fulfilled_at=tehran(6), at=tehran(7))
    assert (promise.state, settled) == ("revised", later)
    assert (settled.state, settled.margin_days, settled.original_margin_days) == ("kept", 0, -2)
    assert (events(promise), events(later)) == (["made", "revised"], ["made", "kept"])


def test_a_later_date_of_the_customer_is_the_new_original():
    later = revise_promise(a_promise(), asked_by="customer", due_on=DUE + 2 * DAY, at=tehran(3))
    settled = settle_promise(later, fulfilled_at=tehran(6), at=tehran(7))
    assert (settled.margin_days, settled.original_margin_days) == (0, 0)


def test_a_customers_wish_does_not_mend_an_original_that_has_passed():
    later = revise_promise(a_promise(), asked_by="shop", due_on=DUE + 2 * DAY, at=tehran(3))
    last = revise_promise(later, asked_by="customer", due_on=DUE + 4 * DAY, at=tehran(5, 9))
    assert last.original_due_on == DUE


def test_a_date_that_has_passed_cannot_be_moved():
    promise = a_promise()
    with pytest.raises(Problem) as refused:
        revise_promise(promise, asked_by="shop", due_on=DUE + 9 * DAY, at=tehran(5, 1))
    promise.refresh_from_db()
    assert (refused.value.code, promise.state, Promise.objects.count()) == ("due-passed", "open", 1)


def test_only_the_current_promise_of_a_chain_can_be_revised():
    promise = a_promise()
    revise_promise(promise, asked_by="shop", due_on=DUE + DAY, at=tehran(2))
    with pytest.raises(Problem) as refused:
        revise_promise(promise, asked_by="shop", due_on=DUE + 2 * DAY, at=tehran(2, 13))
    assert (refused.value.code, Promise.objects.count()) == ("not-open", 2)


def test_an_impossible_state_is_refused_by_the_database():
    promise = a_promise()
    for change in ({"state": "kept"}, {"state": "revised"}, {"margin_days": 1}, {"corrected": True}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Promise.objects.filter(pk=promise.pk).update(**change)


def test_a_second_outcome_is_refused_by_the_database():
    promise = settle_promise(a_promise(), fulfilled_at=tehran(3), at=tehran(6))
    with pytest.raises(DatabaseError), transaction.atomic():
        PromiseEvent.objects.create(promise=promise, step=1, kind="broken", at=NOON, recorded_at=NOON)
    with pytest.raises(DatabaseError), transaction.atomic():
        PromiseEvent.objects.create(promise=promise, step=2, kind="made", at=NOON, recorded_at=NOON)
    with pytest.raises(DatabaseError), transaction.atomic():
        PromiseEvent.objects.create(promise=a_promise(2), step=1, kind="corrected", at=NOON, recorded_at=NOON)


@pytest.mark.parametrize(
    "statement", ["UPDATE promises_promiseevent SET kind = 'kept'", "DELETE FROM promises_promiseevent"]
)
def test_events_cannot_be_changed_or_deleted(statement):
    promise = a_promise()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert events(promise) == ["made"]


def test_terms_are_made_for_keyword_calls():
    assert make_promise(at=NOON, **terms()).kind == "test-errand"


def test_an_e_mail_address_is_no_customer_number():
    with pytest.raises(Problem) as refused:
        a_promise(party_ref="sara@example.com")
    assert (refused.value.code, Promise.objects.count()) == ("personal-data", 0)


def test_who_knows_that_it_was_not_kept_breaks_it_before_its_grace_is_over():
    promise = a_promise()
    known = {"by": "measurement"}
    assert break_promise(promise, evidence=known, at=tehran(5, 0)).state == "broken"
    assert break_promise(promise, evidence=known, at=tehran(6)).settled_at == tehran(5, 0)
    assert events(promise) == ["made", "broken"]
    assert break_overdue(tehran(20)) == 0
    assert settle_promise(promise, fulfilled_at=tehran(4), at=tehran(8)).state == "kept"
    assert events(promise) == ["made", "broken", "corrected"]


def test_a_promise_is_not_broken_before_it_is_due_nor_after_it_was_kept():
    promise = a_promise()
    with pytest.raises(Problem) as early:
        break_promise(promise, evidence={}, at=tehran(4, 23))
    settle_promise(promise, fulfilled_at=tehran(4), at=tehran(4))
    with pytest.raises(Problem) as late:
        break_promise(promise, evidence={}, at=tehran(6))
    assert (early.value.code, late.value.code, events(promise)) == ("not-yet-due", "not-open", ["made", "kept"])
