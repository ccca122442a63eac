"""Pages of the staff: payments, ways to pay, refunds."""

import pytest

from vafa.jobs.models import Job
from vafa.payments.actions import Debt, confirm_cash, owe, try_out
from vafa.payments.models import GatewayAccount, Payment, Refund
from vafa.payments.tests.make import NOON, TOTAL, a_payment, an_account, at_the_gateway, the_account
from vafa.payments.tests.test_stripe import EUROS, paid
from vafa.payments.views import payments as pages
from vafa.shop.actions import save_settings

pytestmark = pytest.mark.django_db
NAMES = {"name_fa": "درگاه", "name_ar": "بوابة", "name_en": "By card", "enabled": "on"}


def page_of(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


# --- payments
def test_the_newest_payments_come_first_and_the_list_turns_by_key(agent_client, monkeypatch):
    monkeypatch.setattr(pages, "PAGE", 2)
    an_account("cash")
    for number in range(5):
        a_payment("cash", f"purchase:{number}", order=f"N-{number}")
    first = agent_client.get("/payments/").context
    assert [each.order_ref for each in first["payments"]] == ["N-4", "N-3"]
    second = agent_client.get(f"/payments/?before={first['older_than']}").context
    assert [each.order_ref for each in second["payments"]] == ["N-2", "N-1"]
    last = agent_client.get(f"/payments/?before={second['older_than']}").context
    assert ([each.order_ref for each in last["payments"]], last["older_than"]) == (["N-0"], None)


@pytest.mark.parametrize(
    ("query", "found"),
    [("state=paid", ["N-1"]), ("state=promised", ["N-2"]), ("word=N-2", ["N-2"]), ("word=TR-9", ["N-1"]),
     ("word=nothing", []), ("state=nonsense&before=x&word=%00", [])],
)  # fmt: skip
def test_the_list_is_narrowed_by_state_and_by_order_or_reference(agent_client, query, found):
    an_account("cash")
    confirm_cash(a_payment("cash", "purchase:1", order="N-1"), "staff:1", NOON, reference="TR-9")
    a_payment("cash", "purchase:2", order="N-2")
    shown = agent_client.get(f"/payments/?{query}")
    assert shown.status_code == 200
    if "nonsense" not in query:
        assert [each.order_ref for each in shown.context["payments"]] == found


def test_an_agent_writes_down_that_the_money_is_there(agent_client):
    an_account("cash")
    payment = a_payment("cash")
    assert "The money is there" in page_of(agent_client, payment.get_absolute_url())
    agent_client.post(f"/payments/{payment.public_id}/arrived/", {"reference": "TR-1"})
    payment.refresh_from_db()
    assert (payment.state, payment.reference) == ("paid", "TR-1")
    assert "TR-1" in page_of(agent_client, payment.get_absolute_url())
    assert agent_client.post(f"/payments/{payment.public_id}/owe/", {"amount": "1", "reason": "x"}).status_code == 403


def test_a_payment_at_a_gateway_is_not_written_down_as_paid_by_hand(agent_client):
    an_account()
    payment = at_the_gateway()
    assert agent_client.post(f"/payments/{payment.public_id}/arrived/", {}).status_code == 409
    assert Payment.objects.get().state == "waiting"


def test_the_gateway_is_asked_when_somebody_wants_to_know(agent_client):
    an_account()
    payment = at_the_gateway()
    agent_client.post(f"/payments/{payment.public_id}/ask/")
    assert Job.objects.get().task == "payments.reconcile"


@pytest.mark.parametrize(("counts", "state", "reason"), [("yes", "paid", ""), ("no", "failed", "amount")])
def test_an_owner_decides_about_a_payment_in_doubt(stripe, gateway, client, owner_client, counts, state, reason):
    payment = at_the_gateway("stripe", **EUROS)
    gateway.pay(payment.authority, amount=1)
    client.get(f"/pay/back/stripe/?session={payment.authority}")
    assert "Somebody must decide" in page_of(owner_client, payment.get_absolute_url())
    owner_client.post(f"/payments/{payment.public_id}/decide/", {"counts": counts})
    payment.refresh_from_db()
    assert (payment.state, payment.reason) == (state, reason)
    assert owner_client.post(f"/payments/{payment.public_id}/decide/", {"counts": "yes"}).status_code == 409


def test_an_owner_owes_a_part_in_toman_and_sends_it_by_hand(owner_client):
    an_account("cash")
    payment = confirm_cash(a_payment("cash", order="7"), "staff:1", NOON)
    there = f"/payments/{payment.public_id}/owe/"
    assert owner_client.post(there, {"amount": "۱۲٬۵۰۰", "reason": "damaged"}).status_code == 302
    refund = Refund.objects.get()
    assert (refund.amount_minor, refund.reason, refund.payment_id) == (125_000, "damaged", payment.pk)
    assert "damaged" in page_of(owner_client, "/refunds/")
    too_much = owner_client.post(there, {"amount": "999999999", "reason": "damaged"})
    assert (too_much.status_code, Refund.objects.count()) == (422, 1)
    assert owner_client.post(there, {"amount": "0.01", "reason": "damaged"}).status_code == 422


def test_an_owner_lets_the_gateway_give_the_money_back(stripe, gateway, owner_client, agent_client):
    payment = paid(gateway)
    refund = owe(Debt("return:1", "purchase:1", "7", 500, "EUR", reason="return", payment=payment), NOON)
    there = f"/refunds/{refund.pk}/back/"
    assert agent_client.post(there).status_code == 403
    assert "Give it back through the gateway" in page_of(owner_client, "/refunds/")
    owner_client.post(there)
    refund.refresh_from_db()
    assert (refund.state, Job.objects.get().task) == ("sending", "payments.send_back")
    assert "On its way" in page_of(owner_client, "/refunds/")
    assert owner_client.post(f"/refunds/{refund.pk}/given", {"reference": "TR-1"}).status_code == 422


# --- ways to pay
def test_an_owner_sets_up_a_gateway_whose_key_is_never_shown(owner_client, gateway):
    said = {**NAMES, "merchant_id": "secret-merchant", "host": gateway.address, "least": "1000", "most": ""}
    answer = owner_client.post("/payments/gateways/add/zarinpal/", said)
    account = the_account()
    assert answer["Location"] == account.get_absolute_url()
    assert (account.least_minor, account.most_minor, account.names["en"]) == (10_000, None, "By card")
    assert account.settings == {"host": gateway.address}
    page = page_of(owner_client, account.get_absolute_url())
    assert "secret-merchant" not in page + account.sealed
    owner_client.post(account.get_absolute_url(), {**said, "merchant_id": "", "most": "5000"})
    assert (try_out(account.pk), the_account().most_minor) == (True, 50_000)
    assert gateway.asked("/request.json")[0]["merchant_id"] == "secret-merchant"
    assert "Works" in page_of(owner_client, "/payments/gateways/")


@pytest.mark.parametrize(
    ("change", "field"),
    [({"merchant_id": ""}, "merchant_id"), ({"host": "http://gateway.example"}, "host"), ({"host": "https://"}, "host"),
     ({"host": "ftp://127.0.0.1"}, "host"), ({"least": "10", "most": "9"}, "most"), ({"least": "0.01"}, "least"),
     ({"name_fa": ""}, "name_fa"), ({"least": "x"}, "least")],
)  # fmt: skip
def test_what_cannot_be_is_said_at_its_field(owner_client, change, field):
    said = {**NAMES, "merchant_id": "m", "host": "https://payment.zarinpal.com", **change}
    answer = owner_client.post("/payments/gateways/add/zarinpal/", said)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert GatewayAccount.objects.count() == 0


def test_a_gateway_that_does_not_take_the_shops_currency_is_refused(owner_client):
    an_account("cash", "EUR")
    said = {**NAMES, "merchant_id": "m", "host": "https://payment.zarinpal.com"}
    save_settings(currency="EUR")
    assert owner_client.post("/payments/gateways/add/zarinpal/", said).status_code == 422
    assert GatewayAccount.objects.count() == 1


def test_a_trial_that_failed_says_what_the_gateway_said(owner_client, zarinpal, gateway):
    gateway.wrong = ['{"data": [], "errors": {"code": -11, "message": "Terminal is not active"}}']
    owner_client.post("/payments/gateways/zarinpal/try/")
    assert "It is being tried just now." in page_of(owner_client, "/payments/gateways/zarinpal/")
    assert try_out(Job.objects.get().arguments["account"]) is False
    assert "-11 Terminal is not active" in page_of(owner_client, "/payments/gateways/zarinpal/")


def test_the_order_of_ways_is_the_owners(owner_client):
    an_account("cash"), an_account("transfer", given={"holder": "Aram", "iban": "IR06"}), an_account("cash")
    owner_client.post("/payments/gateways/cash-2/up/")
    assert list(GatewayAccount.objects.order_by("position").values_list("code", flat=True)) == [
        "cash",
        "cash-2",
        "transfer",
    ]


def test_a_way_by_which_somebody_paid_stays_in_the_books(owner_client):
    an_account("cash"), an_account("sandbox")
    a_payment("cash")
    assert owner_client.post("/payments/gateways/cash/remove/").status_code == 409
    assert owner_client.post("/payments/gateways/sandbox/remove/").status_code == 302
    assert list(GatewayAccount.objects.values_list("code", flat=True)) == ["cash"]


def test_who_transfers_is_told_where_to(owner_client):
    from vafa.payments.queries import ways_to_pay

    an_account("transfer", given={"holder": "Aram Books", "iban": "IR062960000000100324200001"})
    [way] = ways_to_pay("IRR", TOTAL)
    assert [value for _label, value in way.details] == ["Aram Books", "IR062960000000100324200001"]


def test_the_sandbox_is_closed_where_the_owner_has_not_opened_it(client):
    account = an_account()
    payment = at_the_gateway()
    GatewayAccount.objects.filter(pk=account.pk).update(enabled=False)
    assert client.get(payment.address).status_code == 404
    assert client.post(payment.address, {"choice": "pay"}).status_code == 404


def test_a_key_that_cannot_be_read_any_more_is_said_so(owner_client, zarinpal, settings):
    payment = a_payment("zarinpal")
    settings.SECRET_KEY = "another key, as after a restore without it"
    assert try_out(zarinpal.pk) is False
    from vafa.kit.problems import Problem
    from vafa.payments.actions import open_at_gateway

    with pytest.raises(Problem):
        open_at_gateway(payment, NOON)
    assert Payment.objects.get().state == "started"
