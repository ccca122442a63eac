"""A shop's own system records customers, consents and withdrawals, and asks for erasure."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from vafa.accounts.actions import issue_token
from vafa.customers import queries as customers
from vafa.customers.actions import set_consent
from vafa.customers.models import Consent, ContactPoint, Customer
from vafa.customers.tests.make import sara
from vafa.messages.actions import deliver
from vafa.messages.models import Message
from vafa.messages.tests.make import letting_go, news

pytestmark = pytest.mark.django_db
TODAY = datetime(2026, 3, 3, 8, 30, tzinfo=UTC)  # noon in Tehran
SAID = {"customer": "C-1", "purpose": "marketing", "given": True, "at": "2026-03-01T12:00:00+03:30"}
ALL = ["customers:read", "customers:write", "customers:erase"]


@pytest.fixture(autouse=True)
def _in_march(monkeypatch):
    monkeypatch.setattr("vafa.messages.api.now", lambda: TODAY)


@pytest.fixture
def call(client, owner):
    _token, key = issue_token("till", ALL, owner)

    def send(method, path="", body=None):
        data = {} if body is None else {"data": json.dumps(body), "content_type": "application/json"}
        address, headers = f"/api/v1/customers{path}", {"Authorization": f"Bearer {key}"}
        answer = client.generic(method, address, headers=headers, **data)
        return answer.status_code, answer.json()

    return send


def test_a_customer_is_recorded_once_with_his_ways_and_his_group(call):
    contacts = [{"channel": "sms", "address": "09120000001"}]
    known = {"customer": "C-7", "name": "سارا", "language": "fa", "segment": "club", "country": "IR"}
    known |= {"contacts": contacts}
    assert call("POST", "", known) == (201, {"customer": "C-7", "is_new": True, "changed": True})
    assert call("POST", "", known) == (200, {"customer": "C-7", "is_new": False, "changed": False})
    assert call("POST", "", {"customer": "C-7", "name": "Sara"})[1]["changed"] is True
    person = Customer.objects.get()
    assert (person.name, person.language, person.segment) == ("Sara", "fa", "club")
    assert ContactPoint.objects.get().address == "+989120000001"
    for changed in (True, False):
        assert call("POST", "", {"customer": "C-7", "segment": None})[1]["changed"] is changed
    person.refresh_from_db()
    assert (person.name, person.segment) == ("Sara", "")


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"customer": ""}, "missing", "customer"),
        ({"customer": "x" * 65}, "too-long", "customer"),
        ({"zone": "Mars"}, "unknown-zone", "zone"),
        ({"language": "de"}, "wrong-type", "language"),
        ({"contacts": [{"channel": "sms", "address": "nobody"}]}, "bad-address", "contacts.0.address"),
        ({"birthday": "2000-01-01"}, "unknown-field", "birthday"),
    ],
)
def test_nonsense_about_a_customer_is_refused_and_nothing_is_written(call, changes, code, field):
    status, body = call("POST", "", {"customer": "C-7", **changes})
    assert 400 <= status < 500
    assert (body["code"], body["field"]) == (code, field)
    assert (Customer.objects.count(), ContactPoint.objects.count()) == (0, 0)


def test_consent_is_written_down_once_and_can_be_taken_back(call):
    person = sara()
    assert call("POST", "/consents", SAID)[0] == 201
    status, body = call("POST", "/consents", SAID)
    assert (status, Consent.objects.count()) == (200, 1)
    assert body["agrees"] == {"email": True, "sms": True, "telegram": True, "whatsapp": True, "bale": True}
    back = {**SAID, "given": False, "channel": "sms", "at": "2026-03-02T12:00:00+03:30"}
    assert call("POST", "/consents", back)[0] == 201
    status, body = call("GET", "/consents?customer=C-1")
    assert [(each["channel"], each["given"]) for each in body["said"]] == [("sms", False), ("", True)]
    assert (customers.agrees(person, "marketing", "sms"), customers.agrees(person, "marketing", "email")) == (
        False,
        True,
    )


def test_what_he_agrees_to_is_said_of_every_way_in_one_question(call, django_assert_num_queries):
    person = sara()
    for channel, given, hour in (("", True, 10), ("sms", False, 11), ("email", True, 12)):
        set_consent(
            person.ref, purpose="marketing", channel=channel, given=given, source="", at=TODAY.replace(hour=hour)
        )
    set_consent(person.ref, purpose="survey", given=False, source="", at=TODAY.replace(hour=13))
    ways = {"email": True, "sms": False, "telegram": True, "whatsapp": True, "bale": True}
    assert call("GET", "/consents?customer=C-1")[1]["agrees"] == ways
    assert {way: customers.agrees(person, "marketing", way) for way in ways} == ways
    with django_assert_num_queries(1):
        assert customers.agreed_ways(customers.words_of(person), "marketing", ways) == ways


def test_an_older_word_that_comes_later_does_not_overrule_the_newest(call):
    person = sara()
    call("POST", "/consents", {**SAID, "given": False, "at": "2026-03-02T12:00:00Z"})
    assert call("POST", "/consents", SAID)[0] == 201
    assert not customers.agrees(person, "marketing", "email")


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"customer": "C-9"}, 404, "unknown-customer"),
        ({"at": "2026-03-01T12:00:00"}, 422, "no-zone"),
        ({"at": "2026-04-01T12:00:00Z"}, 422, "in-future"),
        ({"at": "1740819600"}, 422, "wrong-type"),
        ({"purpose": "order"}, 422, "wrong-type"),
        ({"channel": "pigeon"}, 422, "wrong-type"),
        ({"given": "yes"}, 422, "wrong-type"),
    ],
)
def test_nonsense_about_consent_is_refused_and_nothing_is_written(call, changes, status, code):
    sara()
    answered, body = call("POST", "/consents", {**SAID, **changes})
    assert (answered, body["code"]) == (status, code)
    assert Consent.objects.count() == 0


def test_an_erased_customer_is_gone_with_everything_written_to_him(call):
    sara(), letting_go(holds=True)
    message = news()
    deliver(message.public_id)
    assert Message.objects.get().text
    assert call("POST", "/consents", SAID)[0] == 201
    status, said = call("POST", "/erasures", {"customer": "C-1"})
    assert (status, said["was_known"], said["finished"], said["erased"]["messages"]) == (200, True, True, 1)
    assert (Customer.objects.count(), ContactPoint.objects.count(), Consent.objects.count()) == (0, 0, 0)
    assert (Message.objects.get().text, Message.objects.get().address, Message.objects.get().context) == ("", "", {})


def test_erasing_twice_is_once_and_another_customer_stays(call):
    sara(), sara(ref="C-2")
    call("POST", "/erasures", {"customer": "C-1"})
    status, said = call("POST", "/erasures", {"customer": "C-1"})
    assert (status, said["was_known"], said["finished"]) == (200, False, True)
    assert Customer.objects.get().ref == "C-2"
