"""Gateways by HTTP, with a real server that accepts, rejects, fails, is silent and answers late."""

from __future__ import annotations

import pytest

from vafa.customers.models import ContactPoint
from vafa.customers.tests.make import sara
from vafa.kit.clock import real_now
from vafa.messages import actions, queries
from vafa.messages.catalogue import FOLDERS, gateway_kinds
from vafa.messages.models import Attempt, Gateway, Message
from vafa.messages.tests.make import letting_go, news

pytestmark = pytest.mark.django_db
PHONE = (("sms", "09120000001"),)
ACCEPTED = {
    "smsir": (200, {"status": 1, "message": "موفق", "data": {"packId": "p-1", "messageIds": [7]}}),
    "kavenegar": (200, {"return": {"status": 200, "message": "تایید شد"}, "entries": [{"messageid": 85463238}]}),
    "ghasedak": (200, {"isSuccess": True, "statusCode": 200, "message": "ok", "data": {"messageId": "g-1"}}),
    "unifonic": (200, {"success": True, "errorCode": "ER-00", "message": "", "data": {"MessageID": "u-1"}}),
    "taqnyat": (201, {"statusCode": 201, "messageId": "t-1", "accepted": "[966500000001]"}),
    "bale": (200, {"ok": True, "result": {"message_id": 12}}),
    "bale_safir": (200, {"message_id": "BvQ.fIK.EXT", "error_data": None}),
}
SETTINGS = {
    "smsir": {"api_key": "smsir-secret", "line": "30007732"},
    "kavenegar": {"api_key": "kave-secret", "line": "10004346"},
    "ghasedak": {"api_key": "ghasedak-secret", "line": "3000859"},
    "unifonic": {"app_sid": "unifonic-secret", "sender": "VAFA"},
    "taqnyat": {"token_key": "taqnyat-secret", "sender": "VAFA"},
    "bale": {"bot_token": "123:bale-secret"},
    "bale_safir": {"api_key": "safir-secret", "bot_id": "123456789"},
}
OUTSIDE_IDS = {
    "smsir": "p-1", "kavenegar": "85463238", "ghasedak": "g-1", "unifonic": "u-1", "taqnyat": "t-1", "bale": "12",
    "bale_safir": "BvQ.fIK.EXT",
}  # fmt: skip


def set_up(kind: str, server, **other: str) -> Gateway:
    return actions.add_gateway(kind, kind, {**SETTINGS.get(kind, {}), "host": server.address, **other})


def own_program(server) -> Gateway:
    return actions.add_gateway("own", "own", {"address": f"{server.address}/take", "bearer": "own-secret"})


# --- what each gateway is asked


@pytest.mark.parametrize("kind", ACCEPTED)
def test_every_gateway_takes_a_message(kind, gateway_server):
    gateway_server.answers = [ACCEPTED[kind]]
    sara(contacts=(("bale", "4411223344"),) if kind == "bale" else PHONE), letting_go(), set_up(kind, gateway_server)
    assert actions.deliver(news().public_id) == "sent"
    assert Attempt.objects.get().outside_id == OUTSIDE_IDS[kind]
    assert len(gateway_server.requests) == 1


def test_sms_ir_gets_line_number_and_national_phone(gateway_server):
    gateway_server.answers = [ACCEPTED["smsir"]]
    sara(contacts=PHONE), letting_go(), set_up("smsir", gateway_server)
    actions.deliver(news().public_id)
    (asked,) = gateway_server.requests
    assert asked.path == "/v1/send/bulk"
    assert asked.headers["X-API-KEY"] == "smsir-secret"
    assert asked.body == {
        "lineNumber": 30007732,
        "messageText": "سارا عزیز، سفارش A-1 به دست ما رسید. تا یکشنبه ۳ خرداد ۱۴۰۵ به دستتان می‌رسد.",
        "mobiles": ["09120000001"],
    }


def test_an_approved_text_is_called_by_its_name_with_its_values(gateway_server):
    gateway_server.answers = [ACCEPTED["smsir"]]
    sara(contacts=PHONE), letting_go()
    gateway = set_up("smsir", gateway_server)
    actions.set_pattern(gateway, "orders.confirmed", "fa", "268536", {"ORDER": "order", "DAY": "due_on"})
    actions.deliver(news().public_id)
    (asked,) = gateway_server.requests
    assert asked.path == "/v1/send/verify"
    asked.body["parameters"].sort(key=lambda each: each["value"])  # PostgreSQL keeps no order of keys
    assert asked.body == {
        "mobile": "09120000001",
        "templateId": 268536,
        "parameters": [{"name": "ORDER", "value": "A-1"}, {"name": "DAY", "value": "یکشنبه ۳ خرداد ۱۴۰۵"}],
    }


def test_kavenegar_gets_the_values_of_an_approved_text_as_fields(gateway_server):
    gateway_server.answers = [ACCEPTED["kavenegar"]]
    sara(contacts=PHONE), letting_go()
    actions.set_pattern(set_up("kavenegar", gateway_server), "orders.confirmed", "fa", "confirmed", {"token": "order"})
    actions.deliver(news().public_id)
    (asked,) = gateway_server.requests
    assert asked.path == "/v1/kave-secret/verify/lookup.json"
    assert asked.body == {"receptor": "09120000001", "template": "confirmed", "token": "A-1"}


def test_bale_gets_the_mobile_number_and_a_key_against_doubles(gateway_server):
    gateway_server.answers = [ACCEPTED["bale_safir"]]
    sara(contacts=PHONE), letting_go(), set_up("bale_safir", gateway_server)
    message = news()
    actions.deliver(message.public_id)
    (asked,) = gateway_server.requests
    assert asked.path == "/api/v3/send_message"
    assert asked.headers["api-access-key"] == "safir-secret"
    text = "سارا عزیز، سفارش A-1 به دست ما رسید. تا یکشنبه ۳ خرداد ۱۴۰۵ به دستتان می‌رسد."
    assert asked.body == {
        "request_id": message.public_id.hex,
        "bot_id": 123456789,
        "phone_number": "989120000001",
        "message_data": {"message": {"text": text}},
    }


def test_bale_gets_a_one_time_code_as_such(gateway_server):
    gateway_server.answers = [ACCEPTED["bale_safir"]]
    sara(contacts=PHONE), letting_go()
    actions.set_pattern(set_up("bale_safir", gateway_server), "orders.confirmed", "fa", "otp", {"otp": "order"})
    assert actions.deliver(news().public_id) == "sent"
    (asked,) = gateway_server.requests
    assert asked.body["message_data"] == {"otp_message": {"otp": "A-1"}}


def test_who_has_no_bale_gets_an_sms_at_once_and_keeps_his_number(gateway_server):
    refusal = {"message_id": "", "error_data": [{"phone_number": "989120000001", "code": 17, "description": "no user"}]}
    gateway_server.answers = [(200, refusal), ACCEPTED["smsir"]]
    sara(contacts=PHONE), letting_go()
    set_up("bale_safir", gateway_server), set_up("smsir", gateway_server)
    assert actions.deliver(news().public_id) == "sent"
    assert list(Attempt.objects.order_by("turn").values_list("result", "sentence")) == [
        ("refused", "200 no user"),
        ("sent", ""),
    ]
    assert ContactPoint.objects.get().failed_at is None


# --- what they answer


@pytest.mark.parametrize(
    ("kind", "answer"),
    [
        ("smsir", (401, {"status": 10, "message": "کلید نامعتبر smsir-secret"})),
        ("kavenegar", (403, {"return": {"status": 403, "message": "کد شناسائی معتبر نیست"}})),
        ("taqnyat", (401, {"statusCode": 401, "message": "invalid token"})),
        ("unifonic", (200, {"success": False, "errorCode": "ER-01", "message": "Invalid AppSid"})),
        ("bale_safir", (401, {"error": "invalid api access key"})),
    ],
)
def test_a_bad_credential_is_seen_as_bad_and_never_repeated(kind, answer, gateway_server):
    gateway_server.answers = [answer]
    sara(contacts=PHONE), letting_go(), set_up(kind, gateway_server)
    assert actions.deliver(news().public_id) == "waiting"
    gateway = Gateway.objects.get()
    assert gateway.refused_since is not None
    assert "secret" not in gateway.last_sentence
    assert queries.health(real_now())[0].state == "refused"
    assert queries.health(real_now())[0].queue == 1


def test_nobody_at_the_number_fails_the_message_and_marks_the_number(gateway_server):
    gateway_server.answers = [(400, {"status": 104, "message": "شماره نامعتبر"})]
    sara(contacts=PHONE), letting_go(), set_up("smsir", gateway_server)
    message = news()
    assert actions.deliver(message.public_id) == "failed"
    assert Message.objects.get().reason == "refused"
    assert ContactPoint.objects.get().failed_at is not None


def test_an_answer_500_means_not_sent_and_is_tried_again(gateway_server):
    gateway_server.answers = [(500, "<h1>Oops</h1>")]
    sara(contacts=PHONE), letting_go(), set_up("smsir", gateway_server)
    message = news()
    assert actions.deliver(message.public_id) == "waiting"
    message.refresh_from_db()
    assert message.next_try_at > real_now()
    assert Gateway.objects.get().last_sentence == "500 Oops"
    assert gateway_server.sent == []


def test_a_proxy_that_lost_sight_of_it_leaves_a_doubt(gateway_server):
    gateway_server.answers = [(504, "<h1>Gateway Time-out</h1>")]
    sara(contacts=PHONE), letting_go(), set_up("smsir", gateway_server)
    assert actions.deliver(news().public_id) == "uncertain"


def test_a_late_answer_leaves_a_doubt_and_nothing_is_sent_twice(gateway_server, monkeypatch):
    monkeypatch.setattr("vafa.messages.adapters.http.TIMEOUT", 0.3)
    gateway_server.answers, gateway_server.late = [ACCEPTED["smsir"]], True
    sara(contacts=PHONE), letting_go(), set_up("smsir", gateway_server)
    message = news()
    assert actions.deliver(message.public_id) == "uncertain"
    assert actions.deliver(message.public_id) == "uncertain"
    assert len(gateway_server.sent) == 1


def test_where_the_gateway_tells_doubles_a_late_answer_is_repeated_with_the_same_key(gateway_server, monkeypatch):
    monkeypatch.setattr("vafa.messages.adapters.http.TIMEOUT", 0.3)
    gateway_server.late = True
    sara(contacts=PHONE), letting_go(), own_program(gateway_server)
    message = news()
    assert actions.deliver(message.public_id) == "uncertain"  # this try; the message waits
    gateway_server.late = False
    Message.objects.update(next_try_at=real_now())
    monkeypatch.setattr("vafa.messages.adapters.http.TIMEOUT", 10)
    assert actions.deliver(message.public_id) == "sent"
    assert [asked.headers["Idempotency-Key"] for asked in gateway_server.requests] == [message.public_id.hex] * 2
    assert gateway_server.sent == [message.public_id.hex]


def test_a_friendly_status_over_something_else_leaves_a_doubt(gateway_server):
    gateway_server.answers = [(200, "<html>Sign in to the hotel's network</html>")]
    sara(contacts=PHONE), letting_go(), set_up("smsir", gateway_server)
    assert actions.deliver(news().public_id) == "uncertain"


# --- several gateways


def test_when_one_fails_the_next_way_is_taken_at_once(gateway_server, post_office):
    gateway_server.answers = [(503, {"message": "busy"})]
    sara(contacts=(("sms", "09120000001"), ("telegram", "99887766"), ("email", "sara@example.org")))
    letting_go(), set_up("smsir", gateway_server), actions.add_gateway("smtp", "Mail", post_office.settings())
    ContactPoint.objects.filter(channel="email").update(position=9)  # the phone is tried first
    assert actions.deliver(news().public_id) == "sent"
    assert [attempt.result for attempt in Attempt.objects.order_by("turn")] == ["temporary", "sent"]
    assert len(post_office.mails) == 1


def test_a_gateway_that_fails_three_times_is_left_alone_for_a_while(gateway_server):
    gateway_server.answers = [(500, {})]
    sara(contacts=PHONE), letting_go(), set_up("smsir", gateway_server)
    for number in range(5):
        actions.deliver(news(f"confirmed:{number}").public_id)
    assert len(gateway_server.requests) == 3
    assert queries.health(real_now())[0].state == "resting"
    assert queries.health(real_now())[0].queue == 5


def test_no_connection_means_not_sent(gateway_server):
    sara(contacts=PHONE), letting_go(), set_up("smsir", gateway_server, host="http://127.0.0.1:1")
    assert actions.deliver(news().public_id) == "waiting"
    assert Attempt.objects.get().result == "temporary"


def test_without_any_gateway_the_message_fails_and_says_why():
    sara(), letting_go()
    message = news()
    assert actions.deliver(message.public_id) == "failed"
    assert Message.objects.get().reason == "no_gateway"


# --- plug-ins of apprise


def describe_plugin(folder, server):
    folder = folder / "plugin"
    folder.mkdir()
    port = server.address.rpartition(":")[2]
    (folder / "gateway.toml").write_text(
        f'adapter = "apprise"\nchannel = "telegram"\naddress = "json://127.0.0.1:{port}/{{to}}"\n'
        'labels = { en = "Plug-in" }\nnobody_status = [410]\n',
        encoding="utf-8",
    )


@pytest.fixture
def by_plugin(tmp_path, gateway_server, monkeypatch):
    describe_plugin(tmp_path, gateway_server)
    monkeypatch.setattr("vafa.messages.catalogue.FOLDERS", [*FOLDERS, tmp_path])
    gateway_kinds.cache_clear()
    sara(contacts=(("telegram", "99887766"),)), letting_go(), actions.add_gateway("plugin", "Plug-in", {})
    yield gateway_server
    gateway_kinds.cache_clear()


def test_a_plugin_sends_the_short_text(by_plugin):
    assert actions.deliver(news().public_id) == "sent"
    (asked,) = by_plugin.requests
    assert asked.path == "/99887766"
    assert "سفارش A-1" in asked.body["message"]


@pytest.mark.parametrize(
    ("status", "state", "result"),
    [
        (401, "waiting", "credential"),
        (410, "failed", "refused"),
        (500, "waiting", "temporary"),
        (504, "uncertain", "uncertain"),
    ],
)
def test_what_a_plugin_writes_to_its_log_tells_why_it_failed(by_plugin, status, state, result):
    by_plugin.answers = [(status, {})]
    assert actions.deliver(news().public_id) == state
    assert Attempt.objects.get().result == result


def test_a_plugin_without_an_answer_leaves_a_doubt(by_plugin, monkeypatch):
    monkeypatch.setattr("vafa.messages.adapters.plugins.TIMEOUT", 0.3)
    by_plugin.late = True
    assert actions.deliver(news().public_id) == "uncertain"


def test_a_plugin_without_a_connection_has_not_sent(by_plugin):
    by_plugin.server.shutdown()
    by_plugin.server.server_close()
    assert actions.deliver(news().public_id) == "waiting"
    assert Attempt.objects.get().result == "temporary"


# --- secrets


def test_secrets_are_encrypted_in_the_database_and_never_shown(gateway_server, owner_client):
    gateway = set_up("smsir", gateway_server)
    assert "smsir-secret" not in str(Gateway.objects.values().get())
    page = owner_client.get(f"/messages/gateways/{gateway.pk}/").content.decode()
    assert "smsir-secret" not in page
    assert gateway.sealed not in page


def test_an_empty_secret_keeps_the_stored_one(gateway_server):
    gateway = set_up("smsir", gateway_server)
    actions.change_gateway(gateway, "Other", {"line": "3000", "host": "", "api_key": ""}, enabled=True)
    assert queries.settings_of(gateway) == {"api_key": "smsir-secret", "line": "3000", "host": ""}


def test_with_another_secret_key_the_gateway_is_unreadable_and_messages_wait(gateway_server, settings):
    sara(contacts=PHONE), letting_go(), set_up("smsir", gateway_server)
    settings.SECRET_KEY = "another key of at least thirty-two characters"
    assert actions.deliver(news().public_id) == "waiting"
    assert queries.health(real_now())[0].state == "unreadable"
    assert gateway_server.requests == []
