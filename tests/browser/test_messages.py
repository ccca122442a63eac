"""The pages of messages, and mail itself, in a real browser."""

from __future__ import annotations

import pytest

from vafa.customers.tests.make import sara
from vafa.kit.clock import now
from vafa.messages import actions
from vafa.messages.models import Gateway, Message
from vafa.messages.tests.make import news
from vafa.shop.models import Shop

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def shop_with_messages(transactional_db):
    Shop.objects.create(name="کتاب‌سرای وفا")
    sara()
    sara(ref="C-2", name="Layla", language="en", contacts=(("sms", "+971501234567"),))
    sara(ref="C-3", name="نور", language="ar", contacts=(("email", "noor@example.org"),))
    for number, ref in enumerate(("C-1", "C-2", "C-3", "C-9")):
        actions.deliver(news(f"confirmed:{number}", customer_ref=ref).public_id)
    gateway = actions.add_gateway("smsir", "SMS.ir", {"api_key": "secret-key", "line": "30007732"})
    Gateway.objects.filter(pk=gateway.pk).update(
        refused_since=now(), last_failure_at=now(), last_sentence="401 کلید وب سرویس نامعتبر است"
    )
    actions.add_gateway("smtp", "Mail", {"host": "mail.shop.example", "port": "587", "security": "starttls",
                                          "sender": "hello@shop.example"})  # fmt: skip


def test_the_outbox(look, owner, shop_with_messages):
    look("/messages/", user=owner, name="messages-outbox")


def test_a_message_as_the_customer_sees_it(look, owner, shop_with_messages):
    for ref in ("C-1", "C-2", "C-3"):
        message = Message.objects.get(customer_ref=ref)
        look(f"/messages/{message.public_id}/", user=owner, name=f"messages-message-{ref}")


def test_gateways_texts_and_rules(look, owner, shop_with_messages):
    look("/messages/gateways/", user=owner, name="messages-gateways")
    look(f"/messages/gateways/{Gateway.objects.get(kind='smsir').pk}/", user=owner, name="messages-gateway")
    look("/messages/texts/", user=owner, name="messages-texts")
    look("/messages/texts/orders.confirmed/fa/", user=owner, name="messages-text")
    look("/messages/rules/", user=owner, name="messages-rules")


def test_leaving(look, shop_with_messages):
    from datetime import timedelta

    from vafa.kit.signing import seal_word

    word = seal_word("messages.leave", {"customer": "C-1", "purpose": "marketing"}, timedelta(days=1))
    look(f"/unsubscribe/{word}/", name="messages-leave")
