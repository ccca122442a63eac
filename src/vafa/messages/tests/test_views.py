"""Pages of messages: who may see what, and what a POST does."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from vafa.customers.actions import set_consent
from vafa.customers.queries import agrees
from vafa.customers.tests.make import sara
from vafa.kit.clock import now
from vafa.kit.signing import seal_word
from vafa.messages import actions
from vafa.messages.models import Gateway, Message, OwnText, Rules
from vafa.messages.tests.make import letting_go, mail_gateway, news
from vafa.shop.models import Shop

pytestmark = pytest.mark.django_db
TEXT = "/messages/texts/orders.confirmed/en/"
HELD = "Nothing reaches real customers: messages are kept here."


@pytest.mark.parametrize("page", ["gateways/", "gateways/add/smtp/", "texts/", "texts/orders.confirmed/fa/", "rules/"])
def test_gateways_texts_and_rules_are_the_owners(page, client, agent_client, owner_client):
    assert client.get(f"/messages/{page}").status_code == 302
    assert agent_client.get(f"/messages/{page}").status_code == 403
    assert owner_client.get(f"/messages/{page}").status_code == 200


def test_the_outbox_is_every_agents(client, agent_client):
    sara()
    message = news()
    actions.deliver(message.public_id)
    assert client.get("/messages/").status_code == 302
    assert "سفارش A-1" in agent_client.get("/messages/").content.decode()
    assert "sara@example.org" in agent_client.get(f"/messages/{message.public_id}/").content.decode()


@pytest.mark.parametrize(
    "query", ["?state=nonsense", "?before=x", "?before=9" + "9" * 30, "?customer=%00", "?before=²"]
)
def test_nonsense_in_the_address_is_no_fault(query, agent_client):
    assert agent_client.get(f"/messages/{query}").status_code == 200


@pytest.mark.parametrize("page", ["/", "/promises/", "/work/", "/messages/"])
def test_every_page_of_the_staff_says_that_the_switch_is_on(page, agent_client):
    assert HELD in agent_client.get(page).content.decode()
    letting_go()
    assert HELD not in agent_client.get(page).content.decode()


def test_strangers_are_told_nothing_of_the_switch(client):
    assert HELD not in client.get("/sign-in/").content.decode()


def test_the_owner_turns_the_switch(owner_client, agent_client):
    assert agent_client.post("/messages/rules/switch/", {"to": "off"}).status_code == 403
    assert Rules.objects.count() == 0
    owner_client.post("/messages/rules/switch/", {"to": "off"})
    assert Rules.objects.get().holds is False
    owner_client.post("/messages/rules/switch/", {"to": "on"})
    assert Rules.objects.get().holds is True


def test_in_a_simulated_shop_the_switch_stays_on(owner_client):
    Shop.objects.create(simulated=True)
    assert owner_client.post("/messages/rules/switch/", {"to": "off"}).status_code == 409
    assert Rules.objects.count() == 0


def test_the_owner_sets_up_a_gateway_and_its_secret_never_comes_back(owner_client):
    given = {"label": "Mail", "host": "mail.example", "port": "587", "security": "starttls", "user": "shop",
             "password": "very-secret", "sender": "shop@shop.example"}  # fmt: skip
    answer = owner_client.post("/messages/gateways/add/smtp/", given, follow=True)
    assert "very-secret" not in answer.content.decode()
    assert "very-secret" not in str(Gateway.objects.values().get())


def test_a_gateway_with_a_missing_setting_is_refused_and_nothing_is_stored(owner_client):
    answer = owner_client.post("/messages/gateways/add/smtp/", {"label": "Mail", "host": "", "port": "x"})
    assert answer.status_code == 422
    assert Gateway.objects.count() == 0


def test_the_owner_writes_his_own_text_and_returns_to_the_shipped_one(owner_client):
    owner_client.post(TEXT, {"source": "subject: Hi\r\n\r\nThanks, {{ name }}."})
    assert OwnText.objects.get().source == "subject: Hi\n\nThanks, {{ name }}."
    owner_client.post(TEXT, {"source": ""})
    assert OwnText.objects.count() == 0


def test_a_text_that_reaches_further_is_refused_with_a_sentence(owner_client):
    answer = owner_client.post(TEXT, {"source": "subject: Hi\n\n{{ password }}"})
    assert answer.status_code == 422
    assert "There is no value “password” in this message." in answer.content.decode()
    assert OwnText.objects.count() == 0


def test_a_preview_stores_nothing(owner_client):
    answer = owner_client.post(TEXT, {"source": "subject: Hi\n\nDear {{ name }}", "preview": "1"})
    assert "Dear Sara" in answer.content.decode()
    assert OwnText.objects.count() == 0


def test_the_own_text_is_what_customers_get():
    sara(language="en")
    actions.write_text("orders.confirmed", "en", "subject: Hi\n\nOrder {{ order }}", at=now())
    message = news()
    actions.deliver(message.public_id)
    message.refresh_from_db()
    assert message.text == "Order A-1\n"


def test_a_test_message_is_sent_to_the_address_that_was_typed(owner_client, post_office):
    mail_gateway(**post_office.settings())
    answer = owner_client.post(f"{TEXT}test/", {"channel": "email", "address": "me@example.org"})
    message = Message.objects.get()
    assert answer["Location"] == f"/messages/{message.public_id}/"
    actions.deliver(message.public_id)
    assert [mail["To"] for mail in post_office.mails] == ["me@example.org"]


def test_a_test_message_to_no_address_is_refused(owner_client):
    assert owner_client.post(f"{TEXT}test/", {"channel": "email", "address": "nonsense"}).status_code == 422
    assert Message.objects.count() == 0


def test_the_mail_on_the_page_is_in_a_frame_that_can_do_nothing(agent_client):
    sara()
    message = news()
    actions.deliver(message.public_id)
    page = agent_client.get(f"/messages/{message.public_id}/")
    assert '<iframe sandbox="" srcdoc="&lt;!doctype html&gt;' in page.content.decode()
    policy = page["Content-Security-Policy"]
    assert "'unsafe-inline'" not in policy
    assert "'sha256-" in policy


# --- unsubscribing (RFC 8058)


def leave_address(purpose="marketing", ref="C-1"):
    word = seal_word("messages.leave", {"customer": ref, "purpose": purpose}, timedelta(days=1))
    return f"/unsubscribe/{word}/"


@pytest.fixture
def subscriber():
    person = sara()
    set_consent("C-1", purpose="marketing", given=True, source="checkout", at=now())
    set_consent("C-1", purpose="survey", given=True, source="checkout", at=now())
    return person


def test_looking_at_the_page_changes_nothing(subscriber, client):
    page = client.get(leave_address())
    assert page.status_code == 200
    assert 'lang="fa"' in page.content.decode()
    client.head(leave_address())
    assert agrees(subscriber, "marketing", "email")


def test_one_click_ends_one_purpose_without_cookie_token_or_redirect(subscriber):
    mail_program = Client(enforce_csrf_checks=True)
    answer = mail_program.post(leave_address(), {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert answer.cookies == {}
    assert not agrees(subscriber, "marketing", "email")
    assert not agrees(subscriber, "marketing", "sms")
    assert agrees(subscriber, "survey", "email")


def test_the_button_on_the_page_does_the_same_and_twice_is_one_word(subscriber):
    browser = Client(enforce_csrf_checks=True)
    assert browser.post(leave_address()).status_code == 200
    assert browser.post(leave_address()).status_code == 200
    assert not agrees(subscriber, "marketing", "email")
    assert subscriber.consents.filter(given=False).count() == 1


def test_who_agreed_again_in_between_leaves_again(subscriber, client):
    client.post(leave_address())
    set_consent(subscriber.ref, purpose="marketing", given=True, source="form", at=now())
    client.post(leave_address())
    assert not agrees(subscriber, "marketing", "email")


@pytest.mark.parametrize("word", ["nonsense", "a:b:c"])
def test_a_forged_address_is_not_found_and_changes_nothing(word, subscriber, client):
    assert client.post(f"/unsubscribe/{word}/").status_code == 404
    assert agrees(subscriber, "marketing", "email")


def test_who_is_forgotten_can_still_leave(subscriber, client):
    actions.forget_customer("C-1")
    assert client.post(leave_address()).status_code == 200


# --- forgetting


def test_forgetting_a_customer_empties_what_was_written_to_him():
    sara()
    message = news()
    actions.deliver(message.public_id)
    assert actions.forget_customer("C-1") == 1
    message.refresh_from_db()
    assert (message.text, message.html, message.subject, message.address, message.context) == ("", "", "", "", {})
    assert message.state == "held"


def test_after_a_year_messages_are_emptied():
    sara()
    message = news()
    actions.deliver(message.public_id)
    assert actions.forget_old_texts(at=now() + timedelta(days=364)) == 0
    assert actions.forget_old_texts(at=now() + timedelta(days=366)) == 1
    message.refresh_from_db()
    assert message.text == ""
