"""A payment on the sandbox's page from beginning to end, and one in cash."""

import pytest
from django.urls import reverse

from vafa.kit.problems import Problem
from vafa.payments.actions import call_off, claim_settled, confirm_cash, reconcile, start
from vafa.payments.models import Payment
from vafa.payments.queries import ways_to_pay
from vafa.payments.tests.make import NOON, TOTAL, a_payment, an_account, at_the_gateway, later, to_pay
from vafa.shop.models import Shop

pytestmark = pytest.mark.django_db


def names(ways):
    return [(each.code, each.kind) for each in ways]


def test_in_a_simulated_shop_one_pays_on_the_sandboxs_page_or_in_cash():
    Shop.objects.create(simulated=True)
    assert names(ways_to_pay("IRR", TOTAL)) == [("sandbox", "sandbox"), ("cash", "cash")]


def test_in_a_real_shop_there_is_nothing_until_the_owner_has_set_it_up():
    assert ways_to_pay("IRR", TOTAL) == []
    an_account("cash", least_minor=10_000, most_minor=TOTAL)
    assert names(ways_to_pay("IRR", TOTAL)) == [("cash", "cash")]
    assert [ways_to_pay("IRR", TOTAL + 1), ways_to_pay("IRR", 9_999), ways_to_pay("EUR", TOTAL)] == [[], [], []]


def test_a_way_that_is_not_open_begins_nothing():
    with pytest.raises(Problem) as refused:
        start(to_pay("sandbox"))
    assert (refused.value.code, Payment.objects.count()) == ("unknown-way", 0)


def test_the_same_key_is_the_same_payment():
    an_account()
    first, second = start(to_pay()), start(to_pay())
    assert first.payment.pk == second.payment.pk
    assert first.redirect_to == second.redirect_to == reverse("payments:pay", args=[first.payment.public_id])
    with pytest.raises(Problem) as refused:
        start(to_pay(amount_minor=1))
    assert (refused.value.code, Payment.objects.get().amount_minor) == ("other-payment", TOTAL)


def test_who_pays_on_the_sandboxs_page_comes_back_paid(client):
    an_account()
    begun = start(to_pay())
    page = client.get(begun.redirect_to).content.decode()
    there = f"/pay/sandbox/{begun.payment.public_id.hex}/"
    assert f'content="0;url={there}"' in page
    assert "Order 7" in client.get(there).content.decode()
    answer = client.post(there, {"choice": "pay"})
    assert client.get(answer["Location"])["Location"] == "/order/7/"
    payment = Payment.objects.get()
    assert (payment.state, payment.reference.startswith("SANDBOX-")) == ("paid", True)
    assert list(payment.events.order_by("pk").values_list("kind", flat=True)) == ["started", "opened", "paid"]


def test_who_pays_and_never_comes_back_is_found(client):
    an_account()
    payment = at_the_gateway()
    client.post(payment.address, {"choice": "vanish"})
    assert (reconcile(later(minutes=1)), Payment.objects.get().state) == (0, "waiting")
    assert (reconcile(later(minutes=2)), Payment.objects.get().state) == (1, "paid")
    assert reconcile(later(days=3)) == 0


def test_who_walks_away_has_not_paid_when_the_time_is_over(client):
    an_account()
    at_the_gateway()
    reconcile(later(minutes=29))
    assert Payment.objects.get().state == "waiting"
    reconcile(later(minutes=40))
    payment = Payment.objects.get()
    assert (payment.state, payment.reason, payment.paid_at) == ("failed", "expired", None)


def test_a_payment_that_never_reached_the_gateway_ends_too():
    an_account()
    a_payment()
    reconcile(later(minutes=30))
    assert Payment.objects.values_list("state", "reason").get() == ("failed", "expired")


def test_cash_is_promised_at_once_and_paid_when_somebody_has_it():
    an_account("cash")
    begun = start(to_pay("cash"), at=NOON)
    assert (begun.payment.state, begun.redirect_to) == ("promised", None)
    assert [each.state for each in claim_settled(NOON)] == ["promised"]
    assert claim_settled(NOON) == []
    confirm_cash(begun.payment, "staff:1", at=later(days=2))
    confirm_cash(begun.payment, "staff:2", at=later(days=3))
    payment = Payment.objects.get()
    assert (payment.state, payment.paid_at, payment.events.filter(kind="paid").get().by) == (
        "paid",
        later(days=2),
        "staff:1",
    )
    assert [each.state for each in claim_settled(later(days=3))] == ["paid"]
    assert claim_settled(later(days=3)) == []


def test_what_is_called_off_is_not_paid_any_more():
    an_account("cash")
    payment = call_off(a_payment("cash"), NOON)
    assert (payment.state, payment.reason) == ("failed", "called_off")
    with pytest.raises(Problem) as refused:
        confirm_cash(payment, "staff:1")
    assert (refused.value.code, Payment.objects.get().state) == ("not-promised", "failed")


def test_what_is_paid_is_not_called_off():
    an_account("cash")
    payment = confirm_cash(a_payment("cash"), "staff:1", NOON)
    assert call_off(payment, later(hours=1)).state == "paid"
