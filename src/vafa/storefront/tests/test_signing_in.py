"""A customer signs in by a code, and nobody learns by it who is a customer."""

from __future__ import annotations

import logging
import re
from datetime import timedelta

import pytest
from django.test import Client

from vafa.customers.models import AskedCode, ContactPoint, CustomerSession
from vafa.jobs.models import Job
from vafa.kit.clock import real_now
from vafa.messages import actions as messages
from vafa.messages.models import Message
from vafa.storefront.tests.make import browser_of, code_sent, sara

pytestmark = pytest.mark.django_db


def asks(client: Client, address: str = "sara@example.org", **more: str) -> str:
    """Ask for a code; the name of what was asked."""
    answer = client.post("/my/", {"address": address, **more})
    assert answer.status_code == 302, answer.content.decode()
    return answer["Location"].split("/")[3]


def test_a_code_opens_a_session_and_proves_the_address(client):
    sara()
    asked = asks(client)
    answer = client.post(f"/my/code/{asked}/", {"code": code_sent(asked)})
    assert (answer.status_code, answer["Location"]) == (302, "/my/")
    assert "سارا" in client.get("/my/").content.decode()
    assert ContactPoint.objects.get(channel="email").verified_at is not None


def test_the_code_goes_to_the_address_that_was_typed_and_to_no_other(client):
    sara()
    asked = asks(client, "۰۹۱۲ ۰۰۰ ۰۰۰۱", country="IR")
    code_sent(asked)
    message = Message.objects.get(key=f"code:{asked}")
    assert (message.channel, message.address) == ("sms", "+989120000001")


def test_digits_of_any_script_and_spaces_are_the_code(client):
    sara()
    asked = asks(client)
    persian = code_sent(asked).translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"))
    assert client.post(f"/my/code/{asked}/", {"code": f"{persian[:3]} {persian[3:]}"}).status_code == 302


def test_known_and_unknown_addresses_are_answered_alike(client):
    sara()
    pages = []
    for address in ("sara@example.org", "nobody@example.org"):
        before = AskedCode.objects.count(), Job.objects.count()
        asked = asks(client, address)
        assert (AskedCode.objects.count(), Job.objects.count()) == (before[0] + 1, before[1] + 1)
        shown = client.get(f"/my/code/{asked}/").content.decode()
        wrong = client.post(f"/my/code/{asked}/", {"code": "000000"})
        bare = re.sub(r'value="\w{64}"', "", shown.replace(asked, "").partition("<main")[2])
        pages.append((bare, wrong.status_code))
    assert pages[0] == pages[1]


def test_nobody_is_sent_a_code_who_is_not_known(client):
    asked = asks(client, "nobody@example.org")
    assert code_sent(asked) == ""
    assert not Message.objects.exists()


def test_five_wrong_tries_end_a_code(client):
    sara()
    asked = asks(client)
    right = code_sent(asked)
    for _try in range(5):
        assert client.post(f"/my/code/{asked}/", {"code": "999999x" if right != "999999" else "1"}).status_code == 422
    assert client.post(f"/my/code/{asked}/", {"code": right}).status_code == 422
    assert not CustomerSession.objects.exists()


def test_a_code_opens_once_and_not_after_ten_minutes(client):
    sara()
    asked = asks(client)
    right = code_sent(asked)
    AskedCode.objects.update(expires_at=real_now(), asked_at=real_now() - timedelta(minutes=10))
    assert client.post(f"/my/code/{asked}/", {"code": right}).status_code == 422
    AskedCode.objects.update(expires_at=real_now() + timedelta(minutes=1))
    assert client.post(f"/my/code/{asked}/", {"code": right}).status_code == 302
    assert Client().post(f"/my/code/{asked}/", {"code": right}).status_code == 422


def test_an_address_gets_five_codes_an_hour_whoever_asks(client):
    for _time in range(5):
        asks(client)
    answer = Client(REMOTE_ADDR="10.0.0.9").post("/my/", {"address": "sara@example.org"})
    assert answer.status_code == 429
    assert AskedCode.objects.count() == 5


@pytest.mark.usefixtures("window_stands")
def test_a_client_asks_for_ten_codes_in_a_quarter_of_an_hour(client):
    for number in range(10):
        asks(client, f"n{number}@example.org")
    assert client.post("/my/", {"address": "n11@example.org"}).status_code == 429


def test_what_is_no_address_is_refused_and_nothing_written(client):
    assert client.post("/my/", {"address": "certainly not"}).status_code == 422
    assert not AskedCode.objects.exists()


def test_a_code_is_kept_nowhere_once_it_was_sent_and_never_in_logs(client, caplog):
    person, asked = sara(), asks(client)
    with caplog.at_level(logging.DEBUG):
        right = code_sent(asked)
        messages.deliver(Message.objects.get().public_id)
    message = Message.objects.get()
    assert message.state == "held"
    assert (message.text, message.html, message.subject, message.context) == ("", "", "", {})
    assert right not in caplog.text
    assert right not in str(list(Job.objects.values())) + str(list(AskedCode.objects.values()))
    assert person.ref == message.customer_ref


def test_signing_out_everywhere_ends_every_browser():
    person = sara()
    here, there = browser_of(person), browser_of(person)
    here.post("/my/sign-out", {"everywhere": "1"})
    assert there.get("/my/orders/").status_code == 302
    assert not CustomerSession.objects.exists()


def test_a_session_ends_and_a_forged_one_never_began(client):
    person = sara()
    browser = browser_of(person)
    assert browser.get("/my/orders/").status_code == 200
    CustomerSession.objects.update(ends_at=real_now())
    assert browser.get("/my/orders/").status_code == 302
    client.cookies["vafa_customer"] = "forged"
    assert client.get("/my/orders/").status_code == 302


def test_signing_in_leads_back_to_where_one_was_and_nowhere_else():
    sara()
    for wanted, led in (("/my/orders/", "/my/orders/"), ("https://evil.example/", "/my/")):
        client = Client()
        asked = asks(client, next=wanted)
        code = code_sent(asked)
        assert client.post(f"/my/code/{asked}/", {"code": code, "next": wanted})["Location"] == led
