"""A warning and the customer's answer are entries like all others, and change nothing that is counted."""

import json

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from vafa.accounts.actions import issue_token
from vafa.kit.problems import Problem
from vafa.promises.actions import break_overdue, record_answer, record_warning, revise_promise, seal, settle_promise
from vafa.promises.events import replay
from vafa.promises.models import DayTotal, Promise, PromiseEvent
from vafa.promises.queries import events_of, evidence_of, faults, headline, proof_of, public_keys
from vafa.promises.receipts import check_file
from vafa.promises.tests.make import DAY, DUE, a_promise, tehran

pytestmark = pytest.mark.django_db
TOLD = {"notice": "8d0c", "by": "rule", "way": "message"}


def warned(number=1, **terms):
    promise = a_promise(number, **terms)
    record_warning(promise, evidence=TOLD, at=tehran(2))
    return promise


def kinds(promise):
    return [(event.step, event.kind) for event in events_of(promise)]


def test_a_warning_and_an_answer_stand_between_making_and_outcome_and_leave_the_state_alone():
    promise = warned()
    before = (Promise.objects.values().get(), list(DayTotal.objects.values()))
    record_answer(promise, evidence={"choice": "cancel"}, at=tehran(2))
    assert (Promise.objects.values().get(), list(DayTotal.objects.values())) == before
    assert kinds(promise) == [(0, "made"), (1, "warned"), (2, "answered")]
    assert replay(events_of(promise)).state == "open"
    assert list(faults()) == []


@pytest.mark.parametrize(("came", "became"), [(tehran(3), "kept"), (tehran(6), "broken")])
def test_a_warned_promise_is_kept_or_broken_as_any_other(came, became):
    promise = warned()
    settle_promise(promise, fulfilled_at=came, at=tehran(6))
    promise.refresh_from_db()
    assert (promise.state, kinds(promise)[-1]) == (became, (2, became))
    assert evidence_of(promise).counting() == came
    assert (headline().settled, list(faults())) == (1, [])


def test_the_sweep_breaks_a_warned_promise_beside_one_that_was_not():
    one, other = warned(1), a_promise(2)
    break_overdue(tehran(20))
    assert (kinds(one)[-1], kinds(other)[-1]) == ((2, "broken"), (1, "broken"))
    assert list(faults()) == []


def test_a_warned_promise_can_be_given_another_date_and_the_warning_stays_with_the_first():
    promise = warned()
    moved = revise_promise(promise, asked_by="shop", due_on=DUE + DAY, at=tehran(2))
    assert (kinds(promise)[-1], kinds(moved)) == ((2, "revised"), [(0, "made")])


def test_what_the_ledger_alone_may_say_is_refused_as_evidence():
    promise = a_promise()
    for name in ("state", "fulfilled_at", "noted", "retracted", "again"):
        with pytest.raises(Problem) as refused:
            record_warning(promise, evidence={name: "kept"}, at=tehran(2))
        assert refused.value.code == "bad-evidence"
    assert kinds(promise) == [(0, "made")]


def test_a_warning_is_sealed_and_proved_like_every_entry():
    promise = warned()
    seal(tehran(2, 23))
    file = json.loads(json.dumps(proof_of(events_of(promise)[1])))
    assert (file["event"]["kind"], check_file(file, public_keys()).genuine) == ("warned", True)
    file["event"]["evidence"]["way"] = "phone"
    assert not check_file(file, public_keys()).genuine


def test_the_page_that_verifies_shows_a_warning(client):
    promise = warned()
    seal(tehran(2, 23))
    text = json.dumps(proof_of(events_of(promise)[1]))
    page = client.post("/verify", {"text": text}, headers={"Accept-Language": "en"}).content.decode()
    assert "Genuine" in page
    assert "Customer warned" in page


def test_the_database_refuses_to_change_or_remove_a_warning():
    promise = warned()
    event = PromiseEvent.objects.filter(promise=promise, kind="warned")
    for attempt in (lambda: event.update(evidence={}), lambda: event.update(kind="answered"), event.delete):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            attempt()
    assert event.get().evidence == TOLD


@pytest.mark.parametrize("kind", ["warned", "answered"])
def test_the_database_refuses_a_promise_that_begins_with_a_warning(kind):
    promise = a_promise()
    event = PromiseEvent(promise=promise, step=0, kind=kind, at=tehran(2), recorded_at=tehran(2))
    with pytest.raises(IntegrityError), transaction.atomic():
        event.save()
    assert kinds(promise) == [(0, "made")]


def test_the_staff_see_both_on_the_page_of_the_promise(agent_client):
    promise = warned()
    record_answer(promise, evidence={"choice": "accept"}, at=tehran(2))
    page = agent_client.get(promise.get_absolute_url(), headers={"Accept-Language": "en"}).content.decode()
    assert page.index("Customer warned") < page.index("Customer answered")
    assert "<code>way</code>" in page


def test_programs_read_the_entries_of_a_promise(client, owner):
    _, key = issue_token(name="shop", scopes=["promises:read"], by=owner, expires_at=None)
    promise = warned()
    seal(tehran(2, 23))
    record_answer(promise, evidence={"choice": "accept"}, at=tehran(3))
    address = f"/api/v1/promises/{promise.public_id}/events"
    answer = client.get(address, headers={"Authorization": f"Bearer {key}"})
    assert answer.status_code == 200
    assert [(each["step"], each["kind"], each["sealed_in"]) for each in answer.json()] == [
        (0, "made", 1), (1, "warned", 1), (2, "answered", None),
    ]  # fmt: skip
    assert answer.json()[1]["evidence"] == TOLD
