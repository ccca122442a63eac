"""The staff sends an order to another address, as its customer asked, and answers him."""

from __future__ import annotations

import pytest

from vafa.checkout import actions
from vafa.checkout.tests import make
from vafa.delivery.models import DeliveryOption, Parcel
from vafa.fulfilment.models import Credit, Note, OrderEvent
from vafa.kit import clock
from vafa.messages.models import Message
from vafa.orders.models import Order, Recipient
from vafa.payments.models import Payment
from vafa.promises.models import Promise
from vafa.requests.actions import report
from vafa.requests.models import Report
from vafa.shop.actions import save_settings, stamp_shop

pytestmark = pytest.mark.django_db
SHIRAZ = {"city": "Shiraz", "region": "Fars", "street": "Eram 7", "postal_code": "7193653472", "note": "Ring twice"}
TEHRAN = {**SHIRAZ, "city": "Tehran", "region": "Tehran"}


@pytest.fixture(autouse=True)
def shop(db):
    make.a_window(until=clock.now())
    save_settings(default_language="en", languages=["en", "fa", "ar"])


def ordered(**said: object) -> Order:
    """An order, to be paid at the door."""
    at = clock.now()
    purchase = make.submitted(make.a_basket(at=at, **said), at=at)
    actions.begin_payment(purchase, back_url="/shop/", at=at)
    return Order.objects.get(number=purchase.number)


def asked(order: Order) -> Report:
    """Its customer asks for another address."""
    return report(order, "change", "To Eram 7, please. I pay what it costs more.", at=clock.now())


def dear_tehran() -> None:
    DeliveryOption.objects.get(code="standard").prices.create(places=["Tehran"], price_minor=990_000)
    stamp_shop()


def page_of(order: Order) -> str:
    return f"/orders/{order.public_id}/address/"


def nothing_changed(order: Order) -> bool:
    return (
        Recipient.objects.get().street == "Zand 12"
        and not OrderEvent.objects.filter(kind="elsewhere").exists()
        and not Message.objects.filter(template="delivery.changed").exists()
    )


def test_the_page_of_the_order_and_of_what_the_customer_asked_lead_there(agent_client):
    order = ordered()
    told = asked(order)
    assert page_of(order) in agent_client.get(order.get_absolute_url()).content.decode()
    assert page_of(order) in agent_client.get(f"/reports/{told.public_id}/").content.decode()
    shown = agent_client.get(page_of(order)).content.decode()
    assert "I pay what it costs more." in shown
    assert 'value="Shiraz"' in shown


def test_what_it_means_is_seen_first_then_it_is_so_and_the_customer_has_his_answer(agent_client):
    order = ordered()
    Recipient.objects.update(language="en")
    told = asked(order)
    looked = agent_client.post(page_of(order), SHIRAZ)
    assert nothing_changed(order)
    assert looked.context["form"]["answer"].value() == "We send it to the address you named."
    sent = {**SHIRAZ, "agreed": looked.context["found"].agreed, "answer": "Gladly: it goes to Eram 7."}
    assert agent_client.post(page_of(order), sent)["Location"] == order.get_absolute_url()
    to, told = Recipient.objects.get(), Report.objects.get(pk=told.pk)
    assert (to.street, to.postal_code, to.note) == ("Eram 7", "7193653472", "Ring twice")
    assert (told.answer, told.answered_by) == ("Gladly: it goes to Eram 7.", "bita")
    assert Promise.objects.get(kind="answer").state == "kept"
    assert OrderEvent.objects.get(kind="elsewhere").by.startswith("staff:")
    told_customer = Message.objects.filter(template__in=["delivery.changed", "requests.answered"])
    assert sorted(told_customer.values_list("template", flat=True)) == ["delivery.changed", "requests.answered"]


def test_an_emptied_answer_leaves_what_was_asked_waiting(agent_client):
    order = ordered()
    asked(order)
    agent_client.post(page_of(order), {**SHIRAZ, "agreed": "same", "answer": " "})
    assert (Recipient.objects.get().street, Report.objects.get().answered_at) == ("Eram 7", None)


def test_a_later_date_is_a_revision_that_the_customer_asked_for(agent_client):
    order = ordered(city="Tehran", region="Tehran")
    before = Promise.objects.get(kind="delivery").due_on
    found = agent_client.post(page_of(order), SHIRAZ).context["found"]
    assert found.day > before
    assert agent_client.post(page_of(order), {**SHIRAZ, "agreed": "same"}).status_code == 409
    assert nothing_changed(order)
    agent_client.post(page_of(order), {**SHIRAZ, "agreed": found.agreed})
    standing = Promise.objects.get(kind="delivery", state="open")
    assert (standing.due_on, standing.asked_by) == (found.day, "customer")


def test_what_costs_more_is_the_shops_only_with_a_reason_and_stands_in_the_story(agent_client):
    order = ordered()
    dear_tehran()
    looked = agent_client.post(page_of(order), TEHRAN)
    assert "99,000" in looked.content.decode()
    agreed = looked.context["found"].agreed
    refused = agent_client.post(page_of(order), {**TEHRAN, "agreed": agreed, "reason": " "})
    assert (refused.status_code, list(refused.context["form"].errors)) == (409, ["reason"])
    assert nothing_changed(order)
    agent_client.post(page_of(order), {**TEHRAN, "agreed": agreed, "reason": "We wrote the wrong city."})
    assert Recipient.objects.get().city == "Tehran"
    assert OrderEvent.objects.get(kind="elsewhere").detail == {"amount": 990_000, "currency": "IRR", "on": "shop"}
    assert Note.objects.get().text == "We wrote the wrong city."
    assert Payment.objects.get().amount_minor == order.bill.total_minor
    shown = agent_client.get(order.get_absolute_url()).content.decode()
    assert "at the cost of the shop" in shown


def test_a_sum_that_has_grown_since_it_was_shown_is_not_taken_on_unseen(agent_client):
    order = ordered()
    dear_tehran()
    agreed = agent_client.post(page_of(order), TEHRAN).context["found"].agreed
    DeliveryOption.objects.get(code="standard").prices.update(price_minor=1_500_000)
    stamp_shop()
    late = agent_client.post(page_of(order), {**TEHRAN, "agreed": agreed, "reason": "Our mistake."})
    assert (late.status_code, "150,000" in late.content.decode()) == (409, True)
    assert nothing_changed(order)


def test_the_customer_can_be_asked_whether_he_pays_it_in_his_own_language(agent_client):
    order = ordered()
    Recipient.objects.update(language="fa")
    dear_tehran()
    told = asked(order)
    looked = agent_client.post(page_of(order), TEHRAN)
    words = looked.context["form"]["answer"].value()
    assert "۹۹٬۰۰۰" in words
    agent_client.post(page_of(order), {**TEHRAN, "doing": "ask", "answer": words})
    assert Report.objects.get(pk=told.pk).answer == words
    assert nothing_changed(order)
    again = agent_client.post(page_of(order), {**TEHRAN, "doing": "ask", "answer": f"{words}!", "reason": "x"})
    assert again.status_code == 409
    assert nothing_changed(order)


def test_what_costs_less_is_given_back_as_when_the_customer_does_it_himself(agent_client):
    dear_tehran()
    order = ordered(city="Tehran", region="Tehran")
    found = agent_client.post(page_of(order), SHIRAZ).context["found"]
    agent_client.post(page_of(order), {**SHIRAZ, "agreed": found.agreed})
    credit = Credit.objects.get()
    assert (credit.total_minor, credit.why, credit.by.split(":")[0]) == (990_000, "elsewhere", "staff")
    assert Payment.objects.get().amount_minor == order.bill.total_minor - 990_000


def test_what_is_packed_has_no_such_page_and_is_refused(agent_client):
    order = ordered()
    Parcel.objects.create(order=order)
    late = agent_client.post(page_of(order), {**SHIRAZ, "agreed": "same"})
    assert (late.status_code, "Unpack it first." in late.content.decode()) == (409, True)
    assert nothing_changed(order)
    Order.objects.update(stage="packed")
    assert page_of(order) not in agent_client.get(order.get_absolute_url()).content.decode()


def test_a_wrong_postal_code_is_told_at_its_field_and_nothing_known_is_a_page_that_is_not_there(agent_client):
    order = ordered()
    wrong = agent_client.post(page_of(order), {**SHIRAZ, "postal_code": "12", "agreed": "same"})
    assert (wrong.status_code, list(wrong.context["form"].errors)) == (422, ["postal_code"])
    assert nothing_changed(order)
    Recipient.objects.all().delete()
    assert agent_client.get(page_of(order)).status_code == 404
