"""A confirmation goes by e-mail and by SMS, with real servers for both, and names the hours of a window."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from vafa.checkout import actions
from vafa.checkout.actions.telling import follow_confirmations
from vafa.checkout.models import Purchase
from vafa.checkout.queries import contents, delivery_choices
from vafa.checkout.tests import make
from vafa.checkout.tests.make import NOON
from vafa.delivery.tests.windows import a_rider
from vafa.messages import actions as messages
from vafa.messages.models import Message
from vafa.messages.tests.gateway_server import GatewayServer
from vafa.messages.tests.make import letting_go, mail_gateway
from vafa.messages.tests.post_office import PostOffice
from vafa.promises.models import Promise
from vafa.shop.actions import save_settings

pytestmark = pytest.mark.django_db


@pytest.fixture
def post_office() -> Iterator[PostOffice]:
    with PostOffice() as office:
        yield office


@pytest.fixture
def sms() -> Iterator[GatewayServer]:
    with GatewayServer() as server:
        yield server


@pytest.fixture(autouse=True)
def shop(db):
    make.a_window()
    letting_go()


def sms_gateway(server: GatewayServer) -> None:
    settings = {"address": f"{server.address}/take", "bearer": "own-secret"}
    gateway = messages.add_gateway("own", "own", settings)
    assert gateway.enabled


def ordered(**said: object) -> Purchase:
    return actions.place_purchase(make.submitted(make.a_basket(**said)), at=NOON)


def deliver_all() -> list[str]:
    return sorted(messages.deliver(each.public_id, at=NOON) for each in Message.objects.order_by("pk"))


def confirmation() -> str:
    return Promise.objects.get(kind="confirmation").state


def test_who_gave_a_phone_and_a_mail_address_is_told_by_both(post_office, sms):
    mail_gateway(**post_office.settings()), sms_gateway(sms)
    number = ordered(email="narges@example.org").number
    assert deliver_all() == ["sent", "sent"]
    assert [mail["To"] for mail in post_office.mails] == ["narges@example.org"]
    assert [number in str(asked.body) for asked in sms.requests] == [True]
    assert {each.channel for each in Message.objects.all()} == {"email", "sms"}
    assert (follow_confirmations(at=NOON), confirmation()) == (1, "kept")


def test_one_that_arrives_keeps_the_promise_though_the_other_is_refused(post_office, sms):
    mail_gateway(**post_office.settings()), sms_gateway(sms)
    sms.answers = [(400, {"error": "no such number"})]
    ordered(email="narges@example.org")
    assert "sent" in deliver_all()
    assert len(post_office.mails) == 1
    assert (follow_confirmations(at=NOON), confirmation()) == (1, "kept")


def test_who_gave_one_address_is_told_once(post_office, sms):
    mail_gateway(**post_office.settings()), sms_gateway(sms)
    ordered()
    assert (deliver_all(), post_office.mails, len(sms.requests)) == (["sent"], [], 1)


def test_a_shop_that_writes_mail_alone_asks_for_one_message(post_office):
    mail_gateway(**post_office.settings())
    ordered(email="narges@example.org")
    assert (deliver_all(), len(post_office.mails)) == (["sent"], 1)


def test_a_shop_that_can_tell_nobody_promises_no_confirmation(post_office):
    mail_gateway(**post_office.settings())
    ordered()  # a phone number, where no gateway goes to phones
    letting_go(holds=True)
    ordered(email="narges@example.org")
    assert not Promise.objects.filter(kind="confirmation").exists()


def test_in_a_simulated_shop_what_is_kept_here_counts_as_sent():
    letting_go(holds=True)
    save_settings(simulated=True)
    ordered()
    assert (deliver_all(), follow_confirmations(at=NOON), confirmation()) == (["held"], 1, "kept")


def test_placed_twice_it_is_told_once(post_office, sms):
    mail_gateway(**post_office.settings()), sms_gateway(sms)
    purchase = ordered(email="narges@example.org")
    actions.place_purchase(purchase, at=NOON)
    assert deliver_all() == ["sent", "sent"]
    assert deliver_all() == ["sent", "sent"]
    assert (len(post_office.mails), len(sms.requests)) == (1, 1)


def test_both_name_the_hours_of_the_window(post_office, sms):
    a_rider(name="Books")
    mail_gateway(**post_office.settings()), sms_gateway(sms)
    basket = make.a_basket(email="narges@example.org")
    choice = delivery_choices(contents(basket, at=NOON), "Shiraz", at=NOON).by("rider")
    assert choice is not None
    actions.say(basket, {"option": "rider", "slot": choice.slots[0].id}, at=NOON)
    actions.place_purchase(make.submitted(basket), at=NOON)
    assert deliver_all() == ["sent", "sent"]
    text = next(post_office.mails[0].iter_parts()).get_content()
    assert "ساعت ۱۰:۰۰ تا ۱۲:۰۰" in text
    assert "۱۰:۰۰ تا ۱۲:۰۰" in str(sms.requests[0].body)
