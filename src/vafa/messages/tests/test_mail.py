"""Messages by mail, with a real SMTP server."""

from __future__ import annotations

import pytest

from vafa.customers.models import ContactPoint
from vafa.customers.tests.make import sara
from vafa.messages import actions
from vafa.messages.letters import letter
from vafa.messages.models import Attempt, Gateway, Message
from vafa.messages.tests.make import letting_go, mail_gateway, news
from vafa.messages.wording import Written
from vafa.shop.models import Shop

pytestmark = pytest.mark.django_db


def test_a_message_reaches_the_customer_in_her_language(post_office):
    sara(), letting_go(), mail_gateway(**post_office.settings())
    message = news()
    assert actions.deliver(message.public_id) == "sent"
    (mail,) = post_office.mails
    assert mail["Subject"].strip() == "سفارش A-1 به دست ما رسید"
    assert mail["To"] == "sara@example.org"
    assert mail["Message-ID"] == f"<{message.public_id.hex}@shop.example>"
    assert mail["List-Unsubscribe"] is None
    text, html = (part.get_content() for part in mail.iter_parts())
    assert "تا یکشنبه ۳ خرداد ۱۴۰۵ به دستتان می‌رسد" in text
    assert "۲ قلم کالا، در مجموع ۴۸۵٬۰۰۰\u00a0تومان" in text
    assert '<html lang="fa" dir="rtl">' in html


def test_the_same_key_is_the_same_message(post_office):
    sara(), letting_go(), mail_gateway(**post_office.settings())
    assert news().public_id == news().public_id
    actions.deliver(news().public_id)
    assert actions.deliver(news().public_id) == "sent"
    assert len(post_office.mails) == 1


def test_while_the_switch_is_on_the_message_is_kept_and_nothing_leaves(post_office):
    sara(), mail_gateway(**post_office.settings())
    message = news()
    assert actions.deliver(message.public_id) == "held"
    message.refresh_from_db()
    assert (message.reason, message.channel, message.address) == ("switch", "email", "sara@example.org")
    assert "سفارش A-1" in message.subject
    assert "۳ خرداد" in message.text
    assert post_office.mails == []
    assert Attempt.objects.count() == 0


def test_a_refused_credential_is_seen_as_bad_and_the_message_waits(post_office):
    post_office.password = "right"
    sara(), letting_go(), mail_gateway(**post_office.settings(user="shop", password="wrong one"))
    message = news()
    assert actions.deliver(message.public_id) == "waiting"
    gateway = Gateway.objects.get()
    assert gateway.refused_since is not None
    assert gateway.last_sentence.startswith("535")
    assert "wrong one" not in gateway.last_sentence
    assert post_office.mails == []


def test_an_address_at_which_nobody_is_is_passed_over_from_then_on(post_office):
    post_office.rejected["sara@example.org"] = "550 no such user here"
    sara(contacts=(("email", "sara@example.org"),)), letting_go(), mail_gateway(**post_office.settings())
    message = news()
    actions.deliver(message.public_id)
    message.refresh_from_db()
    assert (message.state, message.reason) == ("failed", "refused")
    assert ContactPoint.objects.get().failed_at is not None
    assert Attempt.objects.get().result == "refused"


def test_a_server_that_is_silent_after_the_mail_leaves_a_doubt_and_no_second_mail(post_office, monkeypatch):
    monkeypatch.setattr("vafa.messages.adapters.smtp.TIMEOUT", 0.3)
    post_office.silent = True
    sara(), letting_go(), mail_gateway(**post_office.settings())
    message = news()
    assert actions.deliver(message.public_id) == "uncertain"
    post_office.silent = False
    assert actions.deliver(message.public_id) == "uncertain"
    assert len(post_office.mails) == 1
    assert Message.objects.get().reason == "no_answer"


def test_money_is_written_as_the_shop_shows_it(post_office):
    Shop.objects.create(shows_toman=False)
    sara(), letting_go(), mail_gateway(**post_office.settings())
    message = news()
    actions.deliver(message.public_id)
    message.refresh_from_db()
    assert "۴٬۸۵۰٬۰۰۰\u00a0ریال" in message.text


def test_codes_in_right_to_left_mail_stay_in_one_piece_and_in_their_direction():
    body = "کد آن 7KMQ-2XHP-D94C است و سفارش A-1."
    html = letter(Written("", "", body), channel="email", language="fa", shop="Ketab").html
    assert 'کد آن <bdi dir="ltr" class="code">7KMQ-2XHP-D94C</bdi> است' in html
    assert '<bdi dir="ltr" class="code">A-1</bdi>.' in html
    safe = letter(Written("", "", "<b>A-1</b>"), channel="email", language="fa", shop="Ketab").html
    assert '&lt;b&gt;<bdi dir="ltr" class="code">A-1</bdi>&lt;/b&gt;' in safe
