"""Purpose decides the rules."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest

from vafa.customers.actions import set_consent
from vafa.customers.tests.make import sara
from vafa.kit.clock import now
from vafa.messages import actions
from vafa.messages.deciding import decide
from vafa.messages.models import Message, Rules
from vafa.messages.purposes import Purpose
from vafa.messages.queries import end_of_quiet
from vafa.messages.registry import Kind, MessageTemplate, Value, register
from vafa.messages.tests.make import letting_go, mail_gateway, news
from vafa.shop.models import Shop

pytestmark = pytest.mark.django_db
NEVER_QUIET = {"quiet_from": time(0), "quiet_until": time(0)}
OFFER = MessageTemplate(
    name="messages.offer",
    purpose=Purpose.MARKETING,
    labels={"en": "Offer"},
    when={"en": "In tests."},
    values={"what": Value(Kind.TEXT, "what is offered", "books")},
)


@pytest.fixture(autouse=True)
def _offer(monkeypatch):
    register(OFFER)
    monkeypatch.setattr(
        "vafa.messages.queries.texts.shipped_source", lambda *_: "subject: {{ what }}\n\nToday: {{ what }}."
    )
    yield
    from vafa.messages import registry

    registry._templates.pop(OFFER.name)


def offer(key="offer:1", **other):
    return news(key, purpose="marketing", template=OFFER.name, context={"what": "books"}, **other)


def agrees(given=True, channel="", at=None):
    set_consent("C-1", purpose="marketing", given=given, channel=channel, source="checkout", at=at or now())


def outcome(message):
    actions.deliver(message.public_id)
    message.refresh_from_db()
    return message.state, message.reason


# --- consent


def test_an_offer_without_consent_is_not_sent_and_says_why(post_office):
    sara(), letting_go(**NEVER_QUIET), mail_gateway(**post_office.settings())
    assert outcome(offer()) == ("suppressed", "no_consent")
    assert post_office.mails == []


def test_an_offer_with_consent_goes_with_a_way_out(post_office):
    sara(), agrees(), letting_go(**NEVER_QUIET), mail_gateway(**post_office.settings())
    assert outcome(offer()) == ("sent", "")
    (mail,) = post_office.mails
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = mail["List-Unsubscribe"].strip(" <>")
    assert address.startswith("http://127.0.0.1:8000/unsubscribe/")
    assert all(address in part.get_content().replace("&amp;", "&") for part in mail.iter_parts())


def test_the_newest_word_holds(post_office):
    sara(), letting_go(**NEVER_QUIET), mail_gateway(**post_office.settings())
    agrees(at=now() - timedelta(days=2))
    agrees(False, at=now() - timedelta(days=1))
    assert outcome(offer()) == ("suppressed", "no_consent")


def test_consent_to_one_channel_is_none_to_another(post_office):
    sara(), agrees(channel="sms"), letting_go(**NEVER_QUIET), mail_gateway(**post_office.settings())
    assert outcome(offer()) == ("failed", "no_gateway")  # only SMS was agreed to
    assert post_office.mails == []


def test_news_of_an_order_needs_no_consent_and_knows_no_quiet_hours(post_office):
    sara(), letting_go(quiet_from=time(0), quiet_until=time(23, 59), weekly_cap=0)
    mail_gateway(**post_office.settings())
    assert outcome(news()) == ("sent", "")


# --- quiet hours and cap


@pytest.mark.parametrize(
    ("zone", "at", "until"),
    [
        ("Asia/Tehran", datetime(2026, 5, 20, 18, 0, tzinfo=UTC), datetime(2026, 5, 21, 5, 30, tzinfo=UTC)),
        ("Asia/Tehran", datetime(2026, 5, 21, 5, 29, tzinfo=UTC), datetime(2026, 5, 21, 5, 30, tzinfo=UTC)),
        ("Asia/Tehran", datetime(2026, 5, 21, 5, 30, tzinfo=UTC), None),
        ("Europe/London", datetime(2026, 5, 20, 18, 0, tzinfo=UTC), None),
        ("America/New_York", datetime(2026, 3, 8, 5, 0, tzinfo=UTC), datetime(2026, 3, 8, 13, 0, tzinfo=UTC)),
    ],
)
def test_quiet_hours_run_by_the_customers_clock(zone, at, until):
    assert end_of_quiet(Rules(), zone, at) == until


def test_an_offer_waits_for_the_end_of_the_customers_quiet_hours():
    person = sara(zone="Asia/Tehran")
    letting_go()
    night = datetime(2026, 5, 20, 20, 0, tzinfo=UTC)
    agrees(at=night - timedelta(days=1))
    decision = decide(offer(at=night), person, Shop(), night)
    assert (decision.state, decision.reason) == ("waiting", "quiet")
    assert decision.until == datetime(2026, 5, 21, 5, 30, tzinfo=UTC)


def test_everything_counts_towards_the_weekly_cap_and_only_offers_obey_it(post_office):
    sara(), agrees(), letting_go(weekly_cap=2, **NEVER_QUIET), mail_gateway(**post_office.settings())
    outcome(news("confirmed:1"))
    assert outcome(offer("offer:1")) == ("sent", "")
    assert outcome(offer("offer:2")) == ("suppressed", "cap")
    assert outcome(news("confirmed:2")) == ("sent", "")


def test_after_a_week_the_cap_is_open_again(post_office):
    sara(), agrees(), letting_go(weekly_cap=1, **NEVER_QUIET), mail_gateway(**post_office.settings())
    outcome(news())
    Message.objects.update(settled_at=now() - timedelta(days=7, seconds=1))
    assert outcome(offer()) == ("sent", "")


# --- the switch


def test_turning_the_switch_off_sends_nothing_of_what_was_kept(post_office, owner):
    sara(), mail_gateway(**post_office.settings())
    held = news()
    assert outcome(held) == ("held", "switch")
    actions.let_go(at=now())
    assert outcome(held) == ("held", "switch")
    assert post_office.mails == []


def test_a_kept_message_that_is_still_fresh_can_be_sent_by_hand(post_office):
    from vafa.kit.clock import real_now

    sara(), mail_gateway(**post_office.settings())
    held = news()
    outcome(held)
    actions.let_go(at=now())
    actions.release(held, at=now(), real_at=real_now())
    assert outcome(held) == ("sent", "")


def test_a_stale_message_is_not_sent(post_office):
    sara(), letting_go(), mail_gateway(**post_office.settings())
    assert outcome(news(at=now() - timedelta(days=3, seconds=1))) == ("failed", "stale")
    assert post_office.mails == []


def test_a_test_message_goes_though_the_switch_is_on(post_office):
    mail_gateway(**post_office.settings())
    message = actions.send_test("orders.confirmed", language="ar", channel="email", address="me@example.org", at=now())
    assert outcome(message) == ("sent", "")
    assert post_office.mails[0]["To"] == "me@example.org"
