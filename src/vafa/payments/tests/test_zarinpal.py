"""Zarinpal, played by a real HTTP server: what it is asked, and what its answers are worth."""

import pytest

from vafa.kit.problems import Problem
from vafa.payments.actions import open_at_gateway, reconcile, verify
from vafa.payments.models import Payment
from vafa.payments.tests.make import NOON, TOTAL, a_payment, at_the_gateway, later

GARBAGE = [500, 502, 404, None, "", "<html>busy</html>", "[]", "null", '{"data": [], "errors": []}']


def state():
    return Payment.objects.values_list("state", "reason").get()


def came_back(client, payment, status="OK"):
    return client.get("/pay/back/zarinpal/", {"Authority": payment.authority, "Status": status})


def test_it_is_asked_for_rials_by_name_and_told_where_to_lead_back(zarinpal, gateway):
    payment = at_the_gateway("zarinpal", order="7", phone="+989120000001", email="sara@example.com")
    [asked] = gateway.asked("/request.json")
    assert asked == {
        "merchant_id": "secret-merchant",
        "amount": TOTAL,
        "currency": "IRR",
        "description": "Order 7",
        "callback_url": "http://127.0.0.1:8000/pay/back/zarinpal/",
        "metadata": {"mobile": "09120000001", "email": "sara@example.com", "order_id": "7"},
    }
    assert payment.address == f"{gateway.address}/pg/StartPay/{payment.authority}"
    assert (payment.email, payment.phone) == ("", "")  # needed no longer


def test_a_payment_is_opened_once_however_often_its_page_is_asked_for(zarinpal, gateway, client):
    payment = a_payment("zarinpal", until=later(days=3650))
    pages = [client.get(f"/pay/{payment.public_id}/") for _ in range(3)]
    assert {page.status_code for page in pages} == {200}
    assert len(gateway.asked("/request.json")) == 1


def test_who_paid_and_comes_back_is_paid_once(zarinpal, gateway, client):
    payment = at_the_gateway("zarinpal")
    gateway.pay(payment.authority)
    assert [came_back(client, payment)["Location"] for _ in range(3)] == ["/order/7/"] * 3
    found = Payment.objects.get()
    assert (found.state, found.reference) == ("paid", "201001")
    assert found.events.filter(kind="paid").count() == 1


def test_paid_before_is_paid_too(zarinpal, gateway):
    payment = at_the_gateway("zarinpal")
    gateway.pay(payment.authority, verified=True)  # 101: whoever verified it died before writing it down
    assert verify(payment, later(minutes=1)).state == "paid"


def test_the_customers_word_is_worth_nothing(zarinpal, gateway, client):
    payment = at_the_gateway("zarinpal")
    came_back(client, payment, "OK")
    assert state() == ("waiting", "")
    gateway.pay(payment.authority)
    came_back(client, payment, "NOK")
    assert state() == ("paid", "")


def test_a_callback_about_nothing_or_another_account_is_not_found(zarinpal, gateway, client):
    payment = at_the_gateway("zarinpal")
    gateway.pay(payment.authority)
    for address in ("/pay/back/zarinpal/?Authority=A1", "/pay/back/zarinpal/", "/pay/back/stripe/?session=x"):
        assert client.get(address).status_code == 404
    assert state() == ("waiting", "")


def test_a_callback_with_another_payments_name_settles_that_one_only(zarinpal, gateway, client):
    cheap = at_the_gateway("zarinpal", "purchase:1", amount_minor=10_000, back_url="/order/1/")
    dear = at_the_gateway("zarinpal", "purchase:2", back_url="/order/2/")
    gateway.pay(cheap.authority)
    assert came_back(client, cheap)["Location"] == "/order/1/"
    assert dict(Payment.objects.values_list("key", "state")) == {"purchase:1": "paid", "purchase:2": "waiting"}
    came_back(client, dear)
    assert Payment.objects.get(pk=dear.pk).state == "waiting"


def test_another_amount_is_not_paid(zarinpal, gateway, client):
    payment = at_the_gateway("zarinpal")
    gateway.pay(payment.authority, amount=TOTAL // 10)
    came_back(client, payment)
    assert state() == ("failed", "refused")


def test_who_gave_up_at_the_gateway_has_not_paid(zarinpal, gateway, client):
    payment = at_the_gateway("zarinpal")
    gateway.sessions[payment.authority]["status"] = "FAILED"
    came_back(client, payment, "NOK")
    assert state() == ("failed", "refused")


def test_a_yes_that_comes_late_wins(zarinpal, gateway):
    payment = at_the_gateway("zarinpal")
    reconcile(later(minutes=30))
    assert state() == ("failed", "expired")
    gateway.pay(payment.authority)
    reconcile(later(minutes=46))
    assert state() == ("paid", "")


def test_what_failed_is_asked_about_three_times_more_and_then_no_more(zarinpal, gateway):
    at_the_gateway("zarinpal")
    reconcile(later(minutes=30))
    before = len(gateway.asked("/verify.json"))
    for hours in range(1, 100):
        reconcile(later(hours=hours))
    assert len(gateway.asked("/verify.json")) - before == 3
    assert Payment.objects.get().ask_at is None


@pytest.mark.parametrize("answer", GARBAGE)
def test_an_answer_that_says_nothing_changes_nothing(zarinpal, gateway, client, answer):
    payment = at_the_gateway("zarinpal")
    gateway.pay(payment.authority)
    gateway.wrong = [answer]
    assert came_back(client, payment)["Location"] == "/order/7/"
    assert state() == ("waiting", "")
    reconcile(later(minutes=2))
    assert state() == ("paid", "")


@pytest.mark.parametrize("answer", GARBAGE)
def test_a_gateway_that_takes_nothing_just_now_is_said_so_and_tried_again(zarinpal, gateway, client, answer):
    payment = a_payment("zarinpal", until=later(days=3650))
    gateway.wrong = [answer]
    page = client.get(f"/pay/{payment.public_id}/")
    assert (page.status_code, state()) == (503, ("started", ""))
    assert client.get(f"/pay/{payment.public_id}/").status_code == 200
    assert state() == ("waiting", "")


def test_a_gateway_that_says_no_ends_the_payment(zarinpal, gateway, client):
    payment = a_payment("zarinpal", amount_minor=9_000, until=later(days=3650))
    assert client.get(f"/pay/{payment.public_id}/")["Location"] == "/order/7/"
    assert state() == ("failed", "unreachable")
    assert payment.events.get(kind="not_opened").detail == "-9 The input params invalid"


def test_a_gateway_that_gives_two_payments_one_name_is_not_believed(zarinpal, gateway):
    first = at_the_gateway("zarinpal", "purchase:1")
    second = a_payment("zarinpal", "purchase:2")
    gateway.wrong = [f'{{"data": {{"code": 100, "authority": "{first.authority}"}}, "errors": []}}']
    with pytest.raises(Problem) as refused:
        open_at_gateway(second, NOON)
    second.refresh_from_db()
    assert (refused.value.code, second.state, second.authority) == ("gateway-silent", "started", "")


def test_a_silent_gateway_is_asked_about_one_payment_a_round_and_given_an_hour(zarinpal, gateway):
    for number in range(4):
        at_the_gateway("zarinpal", f"purchase:{number}")
    gateway.wrong = [500] * 100
    reconcile(later(minutes=2))
    assert len(gateway.asked("/verify.json")) == 1
    for minutes in range(3, 89):
        reconcile(later(minutes=minutes))
    assert set(Payment.objects.values_list("state", flat=True)) == {"waiting"}
    gateway.wrong = []
    gateway.pay(Payment.objects.first().authority)
    for minutes in range(89, 100):
        reconcile(later(minutes=minutes))
    assert sorted(Payment.objects.values_list("state", flat=True)) == ["failed"] * 3 + ["paid"]


def test_its_key_is_nowhere_to_be_read(zarinpal, gateway, owner_client):
    payment = a_payment("zarinpal")
    gateway.wrong = ['{"data": [], "errors": {"code": -10, "message": "no secret-merchant here"}}']
    open_at_gateway(payment, NOON)
    assert payment.events.get(kind="not_opened").detail == "-10 no … here"
    assert "secret-merchant" not in zarinpal.sealed + str(zarinpal.settings)
