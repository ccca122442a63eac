"""Stripe, played by a real HTTP server: sessions, its own messages, refunds."""

import hashlib
import hmac
import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as some

from vafa.payments.actions import Debt, call_off, open_at_gateway, owe, reconcile, send_back, try_sending, verify
from vafa.payments.gateways.stripe.units import from_stripe, to_stripe
from vafa.payments.models import Payment, Refund
from vafa.payments.tests.make import NOON, a_payment, at_the_gateway, later
from vafa.payments.tests.test_zarinpal import state

EUROS = {"amount_minor": 1999, "currency": "EUR"}
SIGNATURE = "Stripe-Signature"


def paid(gateway):
    payment = at_the_gateway("stripe", **EUROS)
    gateway.pay(payment.authority)
    return verify(payment, NOON)


def told(client, payment, *, secret="whsec_test", at=None, body=None, kind="checkout.session.completed"):
    """Stripe tells by itself."""
    at = int(time.time()) if at is None else at
    body = body or json.dumps({"id": "evt_1", "type": kind, "data": {"object": {"id": payment.authority}}})
    right = hmac.new(secret.encode(), f"{at}.{body}".encode(), hashlib.sha256).hexdigest()
    headers = {SIGNATURE: f"t={at},v1=00,v1={right}"}
    return client.post("/pay/hook/stripe/", body, content_type="application/json", headers=headers)


def test_a_session_is_made_of_cents_and_once_for_one_payment(stripe, gateway):
    payment = at_the_gateway("stripe", email="sara@example.com", **EUROS)
    [asked] = gateway.asked("/sessions")
    assert {name: asked[name] for name in ("mode", "client_reference_id", "customer_email")} == {
        "mode": "payment",
        "client_reference_id": payment.public_id.hex,
        "customer_email": "sara@example.com",
    }
    assert asked["line_items[0][price_data][unit_amount]"] == "1999"
    assert asked["line_items[0][price_data][currency]"] == "eur"
    assert asked["success_url"] == "http://127.0.0.1:8000/pay/back/stripe/?session={CHECKOUT_SESSION_ID}"
    Payment.objects.update(state="started", authority="")  # its process died before it wrote down the answer
    open_at_gateway(Payment.objects.get(), NOON)
    assert (len(gateway.sessions), Payment.objects.get().authority) == (1, payment.authority)


def test_who_paid_and_comes_back_is_paid(stripe, gateway, client):
    payment = at_the_gateway("stripe", **EUROS)
    address = f"/pay/back/stripe/?session={payment.authority}"
    assert client.get(address)["Location"] == "/order/7/"
    assert state() == ("waiting", "")
    gateway.pay(payment.authority)
    client.get(address), client.get(address)
    found = Payment.objects.get()
    assert (found.state, found.reference) == ("paid", f"pi_{payment.authority}")


@pytest.mark.parametrize(
    ("change", "reason"),
    [({"amount": 199}, "amount"), ({"currency": "usd"}, "currency"), ({"token": "f" * 32}, "other"),
     ({"amount": None}, "amount"), ({"currency": ""}, "currency")],
)  # fmt: skip
def test_other_money_than_was_asked_for_is_in_doubt_until_a_person_decides(stripe, gateway, client, change, reason):
    payment = at_the_gateway("stripe", **EUROS)
    gateway.pay(payment.authority, **change)
    client.get(f"/pay/back/stripe/?session={payment.authority}")
    assert state() == ("doubt", reason)
    reconcile(later(days=9))
    assert state() == ("doubt", reason)


def test_a_session_that_ended_is_not_paid(stripe, gateway):
    payment = at_the_gateway("stripe", **EUROS)
    gateway.sessions[payment.authority]["status"] = "expired"
    assert verify(payment, NOON).reason == "refused"


def test_what_is_waited_for_no_longer_is_ended_at_the_gateway_too(stripe, gateway):
    over, unwanted = at_the_gateway("stripe", "purchase:1", **EUROS), at_the_gateway("stripe", "purchase:2", **EUROS)
    call_off(unwanted, later(minutes=5))
    reconcile(later(minutes=5))
    assert [gateway.sessions[each.authority]["status"] for each in (over, unwanted)] == ["open", "expired"]
    reconcile(later(minutes=31))
    assert gateway.sessions[over.authority]["status"] == "expired"
    assert sorted(Payment.objects.values_list("reason", flat=True)) == ["called_off", "refused"]


def test_who_pays_at_the_last_moment_has_paid(stripe, gateway):
    payment = at_the_gateway("stripe", **EUROS)
    call_off(payment, later(minutes=5))
    gateway.pay(payment.authority)
    reconcile(later(minutes=6))
    assert state() == ("paid", "")


def test_a_wrong_key_says_nothing_of_the_money(stripe, gateway):
    payment = at_the_gateway("stripe", **EUROS)
    gateway.pay(payment.authority)
    gateway.wrong = ['{"error": {"type": "invalid_request_error"}}', 401, 429]
    for minutes in range(2, 12):
        reconcile(later(minutes=minutes))
    assert state() == ("paid", "")


def test_what_stripe_tells_by_itself_settles_the_payment_of_a_customer_who_did_not_come_back(stripe, gateway, client):
    payment = at_the_gateway("stripe", **EUROS)
    gateway.pay(payment.authority)
    assert [told(client, payment).status_code for _ in range(3)] == [200] * 3
    assert (Payment.objects.get().state, payment.events.filter(kind="paid").count()) == ("paid", 1)


def test_a_message_is_only_a_nudge(stripe, gateway, client):
    payment = at_the_gateway("stripe", **EUROS)
    assert told(client, payment).status_code == 200
    assert state() == ("waiting", "")


def test_a_message_that_is_not_signed_by_our_secret_just_now_is_refused(stripe, gateway, client):
    payment = at_the_gateway("stripe", **EUROS)
    gateway.pay(payment.authority)
    forged = [
        told(client, payment, secret="whsec_other"),
        told(client, payment, at=int(time.time()) - 400),
        client.post("/pay/hook/stripe/", "{}", content_type="application/json"),
        client.post("/pay/hook/stripe/", "{}", content_type="application/json", headers={SIGNATURE: "t=ü,v1=ü"}),
        client.post("/pay/hook/stripe/", "{}", content_type="application/json", headers={SIGNATURE: "t=1,t=2,v1="}),
    ]
    assert {each.status_code for each in forged} == {403}
    assert (state(), gateway.asked(payment.authority)) == (("waiting", ""), [])


@pytest.mark.parametrize("body", ["[]", "null", "no", '{"data": 7}', '{"data": {"object": {"id": "../v1/refunds"}}}'])
def test_a_signed_message_about_nothing_of_ours_is_taken_and_forgotten(stripe, gateway, client, body):
    payment = at_the_gateway("stripe", **EUROS)
    assert told(client, payment, body=body).status_code == 200
    assert state() == ("waiting", "")


def test_a_gateway_without_messages_has_no_door_for_them(zarinpal, client):
    assert client.post("/pay/hook/zarinpal/", "{}", content_type="application/json").status_code == 404


def debt(payment, amount=500, key="return:1"):
    return Debt(
        key=key, about="purchase:1", order="7", amount_minor=amount, currency="EUR", reason="return", payment=payment
    )


def test_money_goes_back_the_way_it_came_once(stripe, gateway):
    refund = owe(debt(paid(gateway)), NOON)
    send_back(refund, by="staff:1"), send_back(refund, by="staff:2")
    assert [try_sending(), try_sending()] == [1, 0]
    refund.refresh_from_db()
    assert (refund.state, refund.reference, refund.given_by) == ("given", "re_1", "staff:1")
    assert [each["amount"] for each in gateway.refunds.values()] == [500]


@pytest.mark.parametrize("trouble", [500, None, "no", "[]", 429])
def test_a_refund_whose_answer_was_lost_is_found_again_and_not_made_twice(stripe, gateway, trouble):
    refund = owe(debt(paid(gateway)), NOON)
    send_back(refund, by="staff:1")
    gateway.wrong = [trouble]
    try_sending()
    refund.refresh_from_db()
    assert refund.state == "sending"
    made = {"id": "re_9", "status": "succeeded", "payment_intent": refund.payment.reference}
    token = f"{refund.payment.public_id.hex}-{refund.pk}"
    gateway.refunds["an old key"] = {**made, "amount": 500, "metadata": {"refund": token}}
    Refund.objects.update(try_at=NOON)
    try_sending()
    refund.refresh_from_db()
    assert (refund.state, refund.reference, len(gateway.refunds)) == ("given", "re_9", 1)


def test_a_refund_that_stripe_refuses_is_owed_again_with_its_words(stripe, gateway):
    refund = owe(debt(paid(gateway)), NOON)
    send_back(refund, by="staff:1")
    gateway.wrong = ['{"data": []}', '{"id": "re_1", "status": "failed", "failure_reason": "lost_or_stolen_card"}']
    try_sending()
    refund.refresh_from_db()
    assert (refund.state, refund.sentence, refund.given_at) == ("owed", "lost_or_stolen_card", None)


@pytest.mark.parametrize(
    ("ours", "currency", "theirs"),
    [(1999, "EUR", 1999), (500, "JPY", 500), (12_340, "KWD", 12_340), (500, "ISK", 50_000), (7, "HUF", 7)],
)
def test_amounts_are_said_in_stripes_units(ours, currency, theirs):
    assert (to_stripe(ours, currency), from_stripe(theirs, currency)) == (theirs, ours)


def test_an_amount_that_stripe_cannot_take_exactly_is_refused(stripe, gateway):
    with pytest.raises(ValueError, match="exactly"):
        to_stripe(12_345, "KWD")
    assert from_stripe(123, "ISK") is None


@given(some.integers(1, 10**12), some.sampled_from(["EUR", "USD", "JPY", "ISK", "XAF", "AED", "TRY"]))
def test_an_amount_comes_back_as_it_went(minor, currency):
    assert from_stripe(to_stripe(minor, currency), currency) == minor


def test_a_payment_begun_in_another_currency_is_not_offered(stripe):
    from vafa.payments.queries import ways_to_pay

    assert ways_to_pay("IRR", 10**6) == []
    assert [each.code for each in ways_to_pay("EUR", 1999)] == ["stripe"]
    assert a_payment("stripe", **EUROS).state == "started"
