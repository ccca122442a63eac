import json
import uuid

import pytest

from vafa.accounts.actions import issue_token
from vafa.kit import clock
from vafa.promises.actions import import_promises
from vafa.promises.models import Promise, PromiseEvent
from vafa.promises.tests.make import DAY, DUE, NOON, a_promise, historic, tehran

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/promises"


@pytest.fixture
def key(owner):
    _, key = issue_token(name="shop", scopes=["promises:read", "promises:write"], by=owner, expires_at=None)
    return key


@pytest.fixture(autouse=True)
def _on_the_sixth_of_march(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: tehran(3, 18))


@pytest.fixture
def call(client, key):
    def send(method, path="", body=None, **headers):
        headers.setdefault("Authorization", f"Bearer {key}")
        data = {} if body is None else {"data": json.dumps(body), "content_type": "application/json"}
        answer = client.generic(method, ADDRESS + path, headers=headers, **data)
        return answer.status_code, answer.json()

    return send


def test_a_promise_is_read(call):
    promise = a_promise()
    status, body = call("GET", f"/{promise.public_id}")
    assert (status, body["state"], body["due_on"], body["margin_days"]) == (200, "open", "2026-03-04", None)


def test_an_unknown_promise_is_a_clear_404(call):
    status, body = call("GET", f"/{uuid.uuid4()}")
    assert (status, body["code"]) == (404, "unknown-promise")


def test_the_list_is_filtered_and_cut_into_pages(call):
    for number in range(5):
        a_promise(number, region="Fars" if number else "Yazd")
    status, body = call("GET", "?region=Fars&limit=3")
    assert [each["subject_ref"] for each in body["promises"]] == ["A-4", "A-3", "A-2"]
    status, rest = call("GET", f"?region=Fars&limit=3&before={body['next']}")
    assert (status, [each["subject_ref"] for each in rest["promises"]], rest["next"]) == (200, ["A-1"], None)


def test_the_list_asks_as_often_for_many_as_for_one(call, django_assert_num_queries):
    a_promise(1)
    with django_assert_num_queries(2):
        call("GET")
    for number in range(2, 12):
        a_promise(number)
    with django_assert_num_queries(2):
        call("GET")


@pytest.mark.parametrize("query", ["?state=lost", "?limit=0", "?due_from=tomorrow", "?due_until=0", "?before=7"])
def test_a_nonsense_filter_is_refused(call, query):
    assert call("GET", query)[0] == 422


def test_an_outcome_is_told_twice_and_written_once(call):
    promise = a_promise()
    told = {"fulfilled_at": "2026-03-03T10:00:00+03:30", "evidence": {"scan": "7"}}
    for _ in range(2):
        status, body = call("POST", f"/{promise.public_id}/outcome", told)
    assert (status, body["state"], body["margin_days"], promise.events.count()) == (200, "kept", 1, 2)


@pytest.mark.parametrize(
    ("told", "status", "code"),
    [
        ({"fulfilled_at": "2026-03-09T10:00:00+03:30"}, 400, "fulfilled-in-future"),
        ({"fulfilled_at": "2026-01-09T10:00:00+03:30"}, 400, "fulfilled-before-made"),
        ({"fulfilled_at": "0001-01-01T00:00:00Z"}, 400, "bad-time"),
        ({"fulfilled_at": "2026-03-03T10:00:00"}, 400, "naive-time"),
        ({"fulfilled_at": 7}, 422, "wrong-type"),
        ({"fulfilled_at": "1772440000"}, 422, "wrong-type"),
        ({"fulfilled_at": "2026-03-03T10:00:00Z", "evidence": {"a": "\0"}}, 422, "bad-text"),
        ({"fulfilled_at": "2026-03-03T10:00:00Z", "evidence": {"a": "\ud800"}}, 422, "bad-text"),
        ({"fulfilled_at": "2026-03-03T10:00:00Z", "who": "Aram"}, 422, "unknown-field"),
        ({}, 422, "missing"),
    ],
)
def test_a_bad_outcome_is_refused_and_nothing_changes(call, told, status, code):
    promise = a_promise()
    got, body = call("POST", f"/{promise.public_id}/outcome", told)
    promise.refresh_from_db()
    assert (got, body["code"], promise.state, promise.events.count()) == (status, code, "open", 1)


def test_a_new_date_and_who_asked(call):
    promise = a_promise()
    status, body = call("POST", f"/{promise.public_id}/revision", {"asked_by": "customer", "due_on": "2026-03-08"})
    assert (status, body["asked_by"], body["due_on"], body["original_due_on"]) == (
        201, "customer", "2026-03-08", "2026-03-08",
    )  # fmt: skip
    status, old = call("GET", f"/{promise.public_id}")
    assert (old["state"], old["replaced_by"]) == ("revised", body["id"])


@pytest.mark.parametrize("due_on", ["9999-12-31", "0001-01-01", "2026-03-01"])
def test_a_date_nobody_can_mean_is_refused(call, due_on):
    promise = a_promise()
    status, _ = call("POST", f"/{promise.public_id}/revision", {"asked_by": "shop", "due_on": due_on})
    assert (status, Promise.objects.count()) == (400, 1)


def test_a_cancelled_promise_cannot_be_moved(call):
    promise = a_promise()
    assert call("POST", f"/{promise.public_id}/cancellation")[1]["state"] == "cancelled"
    status, body = call("POST", f"/{promise.public_id}/revision", {"asked_by": "shop", "due_on": "2026-03-08"})
    assert (status, body["code"], Promise.objects.count()) == (409, "not-open", 1)


def test_a_receipt_is_had_at_once_and_for_history_on_demand(call):
    import_promises([historic(2, due_on=DUE + DAY)], known_until=NOON, at=tehran(3))
    made, imported = a_promise(1), Promise.objects.get(subject_ref="A-2")
    assert call("GET", f"/{made.public_id}/receipt")[1]["receipt"]["afterwards"] is False
    assert call("GET", f"/{imported.public_id}/receipt")[1]["code"] == "no-receipt"
    assert call("POST", f"/{imported.public_id}/receipt")[1]["receipt"]["afterwards"] is True
    assert call("GET", f"/{imported.public_id}/receipt")[0] == 200


def test_a_token_that_may_read_only_cannot_write(call, owner):
    promise = a_promise()
    _, reading = issue_token(name="reader", scopes=["promises:read"], by=owner, expires_at=None)
    told = {"fulfilled_at": "2026-03-03T10:00:00+03:30"}
    status, body = call("POST", f"/{promise.public_id}/outcome", told, Authorization=f"Bearer {reading}")
    assert (status, body["code"], PromiseEvent.objects.count()) == (403, "scope-missing", 1)


def test_strangers_are_refused(call):
    assert call("GET", Authorization="Bearer wrong")[0] == 401


def test_a_wrong_outcome_is_taken_back_by_its_moment_and_stays_so(call):
    promise = a_promise()
    moment = {"fulfilled_at": "2026-03-03T10:00:00+03:30"}
    call("POST", f"/{promise.public_id}/outcome", moment)
    wrong = {"fulfilled_at": "2026-03-03T06:30:00Z", "reason": "another parcel was scanned"}
    status, body = call("POST", f"/{promise.public_id}/retraction", wrong)
    assert (status, body["state"], body["fulfilled_at"]) == (200, "open", None)
    assert promise.events.get(kind="retracted").evidence["by"].startswith("token:")
    assert call("POST", f"/{promise.public_id}/outcome", moment)[1]["code"] == "retracted"
    unknown = {**wrong, "fulfilled_at": "2026-03-02T06:30:00Z"}
    assert call("POST", f"/{promise.public_id}/retraction", unknown) == (409, {
        "code": "not-told", "message": "Nobody has told this moment.", "field": "fulfilled_at",
    })  # fmt: skip
    assert call("POST", f"/{promise.public_id}/retraction", {**wrong, "reason": ""})[0] == 422
    assert promise.events.count() == 3


def test_a_wrong_retraction_is_undone_by_its_moment(call):
    promise = a_promise()
    right = {"fulfilled_at": "2026-03-03T06:30:00Z", "reason": "the carrier confirmed it"}
    call("POST", f"/{promise.public_id}/outcome", {"fulfilled_at": right["fulfilled_at"]})
    call("POST", f"/{promise.public_id}/retraction", right)
    status, body = call("POST", f"/{promise.public_id}/restoration", right)
    assert (status, body["state"], body["fulfilled_at"]) == (200, "kept", "2026-03-03T06:30:00Z")
    assert promise.events.get(step=3).evidence["by"].startswith("token:")
    unknown = {**right, "fulfilled_at": "2026-03-02T06:30:00Z"}
    assert call("POST", f"/{promise.public_id}/restoration", unknown)[1]["code"] == "not-told"
    assert promise.events.count() == 4
