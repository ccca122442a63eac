"""The way to a gateway on another origin and back, under a policy that lets no form lead there."""

from __future__ import annotations

import pytest
from django.urls import path

from vafa.config import urls
from vafa.payments.actions import Debt, confirm_cash, owe
from vafa.payments.models import GatewayAccount, Payment
from vafa.payments.tests.gateway_server import GatewayServer
from vafa.payments.tests.make import TOTAL, an_account, to_pay
from vafa.shop.models import Shop

pytestmark = pytest.mark.django_db(transaction=True)


def checkout(request):
    """A page of ours with a form that begins a payment, as the checkout does."""
    from django.http import HttpResponse
    from django.middleware.csrf import get_token
    from django.shortcuts import redirect

    from vafa.payments.actions import start

    if request.method == "POST":
        return redirect(start(to_pay("zarinpal", back_url="/components/", order="7")).redirect_to)
    field = f'<input type="hidden" name="csrfmiddlewaretoken" value="{get_token(request)}">'
    return HttpResponse(f'<form method="post">{field}<button>Order</button></form>')


@pytest.fixture
def gateway():
    with GatewayServer() as server:
        yield server


@pytest.fixture
def shop(transactional_db, gateway, live_server, settings, monkeypatch):
    """A shop that takes Zarinpal, which is played on another origin, and a form that leads there."""
    settings.PUBLIC_URL = live_server.url
    Shop.objects.create(name="کتاب‌سرای وفا")
    an_account("zarinpal", given={"merchant_id": "m", "host": gateway.address})
    monkeypatch.setattr(urls, "urlpatterns", [path("checkout-of-the-test/", checkout), *urls.urlpatterns])
    from django.urls import clear_url_caches

    clear_url_caches()
    yield gateway
    clear_url_caches()


@pytest.mark.parametrize("scripts", [True, False])
def test_a_form_of_ours_leads_to_the_gateway_and_back_in_a_real_browser(visit, shop, owner, scripts):
    page = visit("/checkout-of-the-test/", user=owner, scripts=scripts)
    page.get_by_role("button", name="Order").click()
    page.wait_for_url(f"{shop.address}/pg/StartPay/**")
    shop.pay(Payment.objects.get().authority)
    page.get_by_role("link", name="Done").click()
    page.wait_for_url("**/components/")
    assert Payment.objects.values_list("state", "reference").get() == ("paid", "201001")
    assert page.faults == []


def test_the_pages_of_payments_are_right_for_everyone(look, transactional_db, owner):
    Shop.objects.create(name="کتاب‌سرای وفا", simulated=True)
    an_account("zarinpal", given={"merchant_id": "m", "host": "https://payment.zarinpal.com"})
    an_account("cash", least_minor=100_000, most_minor=50_000_000)
    an_account("transfer", given={"holder": "وفا", "iban": "IR062960000000100324200001"})
    GatewayAccount.objects.filter(kind="zarinpal").update(works=False, sentence="-11 Terminal is not active")
    from vafa.payments.actions import open_at_gateway, start

    played = start(to_pay("sandbox", "purchase:3", order="VF-3007", words="سفارش VF-3007")).payment
    open_at_gateway(played)
    promised = start(to_pay("transfer", "purchase:2", order="VF-3006")).payment
    paid = confirm_cash(start(to_pay("cash", "purchase:1", order="VF-3005")).payment, "staff:1", reference="TR-1")
    owe(Debt("return:1", "purchase:1", "VF-3005", TOTAL // 5, "IRR", reason="damaged", payment=paid))
    look("/payments/", user=owner, name="payments-list")
    look(paid.get_absolute_url(), user=owner, name="payments-paid")
    look(promised.get_absolute_url(), user=owner, name="payments-promised")
    look("/payments/gateways/", user=owner, name="payments-gateways")
    look("/payments/gateways/zarinpal/", user=owner, name="payments-gateway")
    look("/refunds/", user=owner, name="payments-refunds")
    look(f"/pay/sandbox/{played.public_id.hex}/", name="payments-sandbox")
