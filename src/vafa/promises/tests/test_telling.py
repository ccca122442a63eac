"""Customers are told what they were promised."""

from __future__ import annotations

import pytest

from vafa.customers.tests.make import sara
from vafa.kit.clock import now
from vafa.messages.actions import deliver
from vafa.messages.models import Message
from vafa.promises.actions import tell_of_promise
from vafa.promises.tests.make import a_promise

pytestmark = pytest.mark.django_db


def test_a_customer_who_is_known_is_told_once_with_the_link_to_the_receipt():
    sara()
    promise = a_promise(1)
    tell_of_promise(promise, at=now())
    tell_of_promise(promise, at=now())
    message = Message.objects.get()
    assert message.customer_ref == "C-1"
    assert message.context["due_on"] == promise.due_on.isoformat()
    deliver(message.public_id)
    message.refresh_from_db()
    assert message.state == "held"
    assert f"/receipt/{promise.public_id}/" in message.text


def test_nobody_is_told_where_the_customer_is_not_known():
    assert tell_of_promise(a_promise(9), at=now()) is None
    assert tell_of_promise(a_promise(8, party_ref=""), at=now()) is None
    assert Message.objects.count() == 0
