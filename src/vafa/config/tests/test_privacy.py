"""Everything that is known of a customer is told to him, and forgotten when he wants it."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import timedelta

import pytest
from django.apps import apps
from django.db import connection

from vafa.config.personal import NOT_OF_CUSTOMERS, PARTS
from vafa.customers.actions import set_consent
from vafa.customers.models import Customer
from vafa.customers.tests.make import sara
from vafa.delivery.models import Parcel
from vafa.kit.clock import now
from vafa.messages.actions import deliver
from vafa.messages.tests.make import news
from vafa.orders.actions import SendTo
from vafa.orders.models import Order, Recipient
from vafa.orders.tests.make import an_order
from vafa.promises.models import Promise
from vafa.requests.actions import ask_to_be_forgotten, go_on_erasing, report
from vafa.requests.models import Erasure
from vafa.storefront.tests.make import browser_of

pytestmark = pytest.mark.django_db

SOUNDS_PERSONAL = {"customer_ref", "party_ref", "email", "phone", "address", "street", "name", "contact", "said", "to"}
SOUNDS_PERSONAL |= {"inscriptions", "words", "note", "text", "body", "recipient", "buyer", "consents", "language"}
SECRETS = ["Narges Hidden", "hidden@example.org", "9121234599", "Hidden street 7", "my words are hidden"]


def test_every_table_that_sounds_personal_belongs_to_a_part_or_says_why_not():
    known = {label for part in PARTS for label in part.tables}
    excused = {label for labels in NOT_OF_CUSTOMERS.values() for label in labels}
    sounding = {
        model._meta.label
        for model in apps.get_models()
        if model.__module__.startswith("vafa.")
        for field in model._meta.concrete_fields
        if field.name in SOUNDS_PERSONAL or (field.related_model in {Customer, Recipient})
    }
    assert sounding - known - excused == set()
    assert (known | excused) - {model._meta.label for model in apps.get_models()} == set()
    assert known & excused == set()


def narges() -> Customer:
    """Narges, with something of hers in every room."""
    person = sara(ref="C-9", name="Narges Hidden", contacts=(("email", "hidden@example.org"), ("sms", "09121234599")))
    to = SendTo("Narges Hidden", "IR", phone="+989121234599", email="hidden@example.org", street="Hidden street 7")
    order = an_order("V-9", customer_ref="C-9", to=to)
    report(order, "wrong", "my words are hidden", at=now())
    set_consent("C-9", purpose="marketing", given=True, source="checkout", at=now())
    deliver(news("confirmed:V-9", customer_ref="C-9").public_id)
    return person


def arrived(order: Order) -> None:
    Parcel.objects.create(order=order, handed_over_at=now(), delivered_at=now(), status="delivered")


def dump() -> str:
    """Every row of every table, as text."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            found.extend(str(row) for row in cursor.fetchall())
    return "\n".join(found)


def test_after_erasing_the_database_holds_nothing_of_the_person_but_the_number():
    narges()
    arrived(Order.objects.get(number="V-9"))
    before = dump()
    assert [secret for secret in SECRETS if secret not in before] == []
    wish = ask_to_be_forgotten("C-9", at=now())
    after = dump()
    assert wish.finished_at is not None
    assert [secret for secret in SECRETS if secret in after] == []
    order = Order.objects.get(number="V-9")
    assert (order.customer_ref, order.lines.count(), order.bill.total_minor) == ("C-9", 1, 550_000)


def test_what_an_order_under_way_needs_goes_when_it_has_arrived():
    narges()
    at = now()
    wish = ask_to_be_forgotten("C-9", at=at)
    assert wish.finished_at is None
    assert Recipient.objects.filter(order__number="V-9").exists()
    assert "hidden@example.org" in dump()
    promise = Promise.objects.get(kind="erasure")
    assert (promise.state, promise.due_at) == ("open", at + timedelta(days=30))
    assert go_on_erasing(at=at) == 0
    arrived(Order.objects.get(number="V-9"))
    assert go_on_erasing(at=at + timedelta(hours=1)) == 1
    promise.refresh_from_db()
    assert promise.state == "kept"
    assert [secret for secret in SECRETS if secret in dump()] == []


def test_after_thirty_days_it_is_erased_whatever_is_under_way():
    narges()
    at = now()
    ask_to_be_forgotten("C-9", at=at)
    assert go_on_erasing(at=at + timedelta(days=30)) == 1
    assert not Recipient.objects.exists()


def test_asked_twice_is_once():
    narges()
    at = now()
    first, second = ask_to_be_forgotten("C-9", at=at), ask_to_be_forgotten("C-9", at=at)
    assert first.pk == second.pk
    arrived(Order.objects.get(number="V-9"))
    go_on_erasing(at=at)
    assert ask_to_be_forgotten("C-9", at=at).pk == first.pk
    assert (Erasure.objects.count(), Promise.objects.filter(kind="erasure").count()) == (1, 1)


def test_the_copy_holds_something_of_every_room_and_nothing_of_anybody_else():
    browser = browser_of(narges())
    sara()
    an_order("V-1", customer_ref="C-1")
    answer = browser.post("/my/privacy/export")
    archive = zipfile.ZipFile(io.BytesIO(answer.content))
    told = {name: json.loads(archive.read(name)) for name in archive.namelist()}
    assert {f"{part.name}.json" for part in PARTS} <= told.keys()
    assert told["orders.json"][0]["recipient"]["street"] == "Hidden street 7"
    assert told["customers.json"]["consents"][0]["purpose"] == "marketing"
    assert told["requests.json"]["reports"][0]["words"] == "my words are hidden"
    everything = json.dumps(told, ensure_ascii=False)
    assert "V-1" not in everything
    assert "sara@example.org" not in everything


def test_erasing_is_not_done_by_a_slip_and_ends_the_session():
    browser = browser_of(narges())
    arrived(Order.objects.get(number="V-9"))
    browser.post("/my/privacy/erase")
    assert Customer.objects.filter(ref="C-9").exists()
    browser.post("/my/privacy/erase", {"sure": "1"})
    assert not Customer.objects.filter(ref="C-9").exists()
    assert browser.get("/my/orders/").status_code == 302


def test_who_of_the_staff_looked_is_told_to_the_customer_and_the_owner(agent_client, agent, owner_client):
    person = narges()
    told = Order.objects.get(number="V-9").reports.get()
    for _time in range(2):
        agent_client.get(f"/reports/{told.public_id}/")
    shown = browser_of(person).get("/my/privacy/").content.decode()
    assert shown.count(agent.username) == 1
    assert agent.username in owner_client.get("/privacy/?customer=C-9").content.decode()
    assert agent_client.get("/privacy/").status_code == 403
