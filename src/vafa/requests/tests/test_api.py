"""A shop's own system has a customer forgotten, as his own page does."""

from __future__ import annotations

import json

import pytest

from vafa.accounts.actions import issue_token
from vafa.customers.models import Look
from vafa.customers.tests.make import sara
from vafa.fulfilment.actions.notes import write_note
from vafa.fulfilment.models import Note
from vafa.kit.clock import now
from vafa.orders.actions import cancel_pieces
from vafa.orders.models import Recipient
from vafa.orders.tests.make import an_order
from vafa.promises.models import Promise

pytestmark = pytest.mark.django_db


@pytest.fixture
def forget(client, owner):
    _token, key = issue_token("till", ["customers:erase"], owner)

    def send(customer: str = "C-1"):
        body, headers = json.dumps({"customer": customer}), {"Authorization": f"Bearer {key}"}
        answer = client.post("/api/v1/customers/erasures", body, content_type="application/json", headers=headers)
        assert answer.status_code == 200
        return answer.json()

    return send


def test_what_the_orders_and_the_notes_of_the_staff_hold_goes_too(forget):
    sara()
    order = an_order("V-1", customer_ref="C-1")
    write_note(order, "Sara asked for a ribbon.", by="bita", at=now())
    cancel_pieces(order, {line.pk: line.quantity for line in order.lines.all()}, at=now())
    said = forget()
    assert (said["finished"], said["waits_until"], said["erased"]["fulfilment"]) == (True, None, 1)
    assert (Recipient.objects.count(), Note.objects.count()) == (0, 0)


def test_what_an_order_under_way_needs_waits_and_that_is_promised(forget):
    sara()
    an_order("V-1", customer_ref="C-1")
    said = forget()
    promise = Promise.objects.get(kind="erasure")
    assert (said["finished"], said["waits_until"][:16]) == (False, promise.due_at.isoformat()[:16])
    assert Recipient.objects.count() == 1
    assert forget()["waits_until"] == said["waits_until"]


def test_a_look_at_who_gets_an_order_is_written_down(agent_client):
    order = an_order("V-1", customer_ref="C-1")
    for _time in range(2):
        assert agent_client.get(f"/orders/{order.public_id}/recipient/").status_code == 200
    assert [(look.customer_ref, look.what) for look in Look.objects.all()] == [("C-1", "order")]
