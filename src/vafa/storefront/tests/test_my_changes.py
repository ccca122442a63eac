"""A customer moves his order to another window, and sends it to another address."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from vafa.checkout import actions
from vafa.checkout.models import Purchase
from vafa.checkout.tests import make
from vafa.delivery.models import DeliveryOption, Parcel, SlotHold
from vafa.delivery.tests.windows import a_point, a_rider
from vafa.fulfilment.actions.cancelling import cancel_order
from vafa.fulfilment.actions.elsewhere import Agreed, look_elsewhere, send_elsewhere
from vafa.fulfilment.models import Credit
from vafa.fulfilment.queries.money import delivery_left
from vafa.kit import clock
from vafa.kit.formats.dates import local_day
from vafa.kit.tests.together import at_once, refused
from vafa.messages.models import Message
from vafa.orders.links import order_word
from vafa.orders.models import Order, Recipient
from vafa.payments.actions import confirm_cash
from vafa.payments.models import Payment, Refund
from vafa.promises.models import Promise
from vafa.requests.models import Report
from vafa.shop.actions import save_settings, stamp_shop

pytestmark = pytest.mark.django_db
TO = {"city": "Shiraz", "region": "Fars", "street": "Eram 7", "postal_code": "7193653472", "note": "Ring twice"}


@pytest.fixture(autouse=True)
def shop(db):
    make.a_window(until=clock.now())
    save_settings(default_language="en", languages=["en", "fa", "ar"])


def ordered(**said: object) -> str:
    """An order, paid on delivery; its page."""
    at = clock.now()
    purchase = make.submitted(make.a_basket(at=at, **said), at=at)
    actions.begin_payment(purchase, back_url="/shop/", at=at)
    return f"/order/{order_word(purchase.number)}/"


def in_a_window() -> tuple[str, str, str]:
    """An order for Monday's ten o'clock: its page, that window and the one of five."""
    a_rider()
    today = local_day(clock.now())
    monday = today + timedelta(days=7 - today.weekday())
    ten, five = (f"rider.fars.{monday}.{hours}00" for hours in (10, 17))
    return ordered(option="rider", slot=ten), ten, five


def text(response) -> str:
    return response.content.decode()


def test_another_window_is_chosen_from_what_is_left(client):
    page, ten, five = in_a_window()
    assert f'href="{page}window/"' in text(client.get(page))
    shown = text(client.get(f"{page}window/"))
    assert f'value="{ten}" checked' in shown
    assert f'value="{five}"' in shown
    assert client.post(f"{page}window/", {"slot": five}, follow=True).status_code == 200
    kept = SlotHold.objects.get(state="kept")
    standing = Promise.objects.get(kind="delivery", state="open")
    assert (kept.slot.begins.hour, standing.asked_by) == (17, "customer")
    assert SlotHold.objects.get(state="moved").slot.begins.hour == 10
    assert Message.objects.filter(template="delivery.changed").count() == 1


def test_a_window_that_was_taken_meanwhile_is_refused_and_the_page_shown_again(client):
    page, _ten, _five = in_a_window()
    answer = client.post(f"{page}window/", {"slot": "rider.fars.nonsense"})
    assert answer.status_code == 422
    assert "no such window" in text(answer)
    assert SlotHold.objects.get().state == "kept"


def test_the_day_of_an_order_with_a_window_is_not_moved_without_it(client):
    page, _ten, _five = in_a_window()
    due = Promise.objects.get(kind="delivery").due_on
    assert client.post(f"{page}change", {"day": (due + timedelta(days=2)).isoformat()}).status_code == 409
    assert Promise.objects.get(kind="delivery").due_on == due


def test_an_order_without_a_window_has_no_page_to_move_it(client):
    page = ordered()
    assert client.get(f"{page}window/")["Location"] == page


def test_an_order_at_a_point_that_takes_any_number_says_where_and_is_moved_to_another(client):
    a_point("bazaar")
    a_point("garden", name={"en": "Kiosk garden"})
    page = ordered(option="fetch", point="bazaar")
    shown = text(client.get(page))
    assert ("Kiosk bazaar" in shown, "Kiosk garden" in shown) == (True, False)
    assert 'value="garden"' in text(client.get(f"{page}window/"))
    assert client.post(f"{page}window/", {"point": "garden"}, follow=True).status_code == 200
    assert SlotHold.objects.get(state="kept").slot.point.code == "garden"
    assert "Kiosk garden" in text(client.get(page))
    assert Message.objects.filter(template="delivery.changed").count() == 1


def test_another_street_of_the_city_changes_neither_date_nor_cost(client):
    page = ordered()
    due = Promise.objects.get(kind="delivery").due_on
    looked = client.post(f"{page}elsewhere/", TO)
    assert (looked.status_code, Recipient.objects.get().street) == (200, "Zand 12")
    assert "The promised date stays as it is." in text(looked)
    assert client.post(f"{page}elsewhere/", {**TO, "agreed": "same"}).status_code == 302
    to = Recipient.objects.get()
    assert (to.street, to.postal_code, to.note, to.phone) == ("Eram 7", "7193653472", "Ring twice", "+989121234567")
    assert Promise.objects.get(kind="delivery").due_on == due
    assert Message.objects.get(template="delivery.changed").context["elsewhere"] == 1


def test_a_place_that_costs_more_is_refused_with_the_sum(client):
    page, tehran = ordered(), {**TO, "city": "Tehran", "region": "Tehran"}
    dear_tehran()
    looked = client.post(f"{page}elsewhere/", tehran)
    assert (looked.context["found"].more_minor, "99,000" in text(looked)) == (990_000, True)
    assert client.post(f"{page}elsewhere/", {**tehran, "agreed": "same"}).status_code == 409
    assert Recipient.objects.get().city == "Shiraz"


def own_order() -> Order:
    return Order.objects.get(number=Purchase.objects.get().number)


def dear_tehran() -> None:
    DeliveryOption.objects.get(code="standard").prices.create(places=["Tehran"], price_minor=990_000)
    stamp_shop()


def test_what_costs_more_can_be_asked_for_at_once_with_the_words_already_there(client):
    page = ordered()
    dear_tehran()
    looked = text(client.post(f"{page}elsewhere/", {**TO, "city": "Tehran", "region": "Tehran"}))
    words = re.search(r'<textarea[^>]*name="words"[^>]*>([^<]*)', looked)[1]
    assert words.split("\n") == ["Eram 7", "Tehran 7193653472", "I pay the 99,000\xa0toman that it costs more."]
    assert f'action="{page}report"' in looked
    client.post(f"{page}report", {"matter": "change", "words": words})
    assert Report.objects.get().words.startswith("Eram 7")


def test_what_costs_less_there_is_asked_for_no_more_where_it_was_not_paid_yet(client):
    dear_tehran()
    page = ordered(city="Tehran", region="Tehran")
    found = client.post(f"{page}elsewhere/", TO).context["found"]
    assert found.less_minor == 990_000
    assert client.post(f"{page}elsewhere/", {**TO, "agreed": found.agreed.split("/")[0]}).status_code == 409
    assert client.post(f"{page}elsewhere/", {**TO, "agreed": found.agreed}).status_code == 302
    payment, credit = Payment.objects.get(), Credit.objects.get()
    assert (payment.amount_minor, payment.state) == (5_600_000, "promised")
    assert payment.events.get(kind="lowered").by_minor == 990_000
    assert (credit.total_minor, credit.delivery_minor, credit.why, credit.owed) == (
        990_000,
        990_000,
        "elsewhere",
        False,
    )
    assert Message.objects.get(template="delivery.changed").context["less"] == [990_000, "IRR"]
    assert "Taken off since you ordered" in text(client.get(page))


def test_what_costs_less_there_is_given_back_once_and_never_more_than_the_delivery_cost(client):
    dear_tehran()
    page = ordered(city="Tehran", region="Tehran")
    confirm_cash(Payment.objects.get(), "staff:1")
    agreed = client.post(f"{page}elsewhere/", TO).context["found"].agreed
    for _twice in range(2):
        assert client.post(f"{page}elsewhere/", {**TO, "agreed": agreed}).status_code == 302
    refund = Refund.objects.get()
    assert (refund.amount_minor, refund.state, refund.payment_id) == (990_000, "owed", Payment.objects.get().pk)
    assert Message.objects.get(template="delivery.changed").context["back"] == [990_000, "IRR"]
    order = own_order()
    assert delivery_left(order, order.bill) == 0
    cancel_order(order, why="customer", by="customer", at=clock.now())
    assert sum(Refund.objects.values_list("amount_minor", flat=True)) == order.bill.total_minor


@pytest.mark.django_db(transaction=True)
def test_sent_by_two_at_once_it_is_given_back_once():
    dear_tehran()
    ordered(city="Tehran", region="Tehran")
    confirm_cash(Payment.objects.get(), "staff:1")
    order, at = own_order(), clock.now()
    agreed = look_elsewhere(order, TO, at=at).agreed
    assert refused(at_once(*[lambda: send_elsewhere(order, TO, Agreed(agreed), at=at)] * 3)) == []
    assert (Refund.objects.get().amount_minor, Credit.objects.count()) == (990_000, 1)


def test_a_later_date_of_another_place_is_said_first_and_then_promised_as_he_asked(client):
    page = ordered(city="Tehran", region="Tehran")
    before = Promise.objects.get(kind="delivery").due_on
    found = client.post(f"{page}elsewhere/", TO).context["found"]
    assert found.day > before
    assert client.post(f"{page}elsewhere/", {**TO, "agreed": "same"}).status_code == 409
    assert client.post(f"{page}elsewhere/", {**TO, "agreed": found.agreed}).status_code == 302
    standing = Promise.objects.get(kind="delivery", state="open")
    assert (standing.due_on, standing.asked_by, Recipient.objects.get().city) == (found.day, "customer", "Shiraz")
    assert Order.objects.get(number=standing.subject_ref).place.city == "Shiraz"


def test_a_place_that_nobody_knows_is_asked_for(client):
    page = ordered()
    looked = text(client.post(f"{page}elsewhere/", {**TO, "city": "Nowhere at all"}))
    assert "No place is known by this code or name: Nowhere at all" in looked
    assert f'action="{page}report"' in looked
    assert "Did you mean Shiraz?" in text(client.post(f"{page}elsewhere/", {**TO, "city": "Shirazz"}))
    assert client.post(f"{page}elsewhere/", {**TO, "postal_code": "12"}).status_code == 422


def test_a_place_that_nobody_knows_is_said_to_be_counted_by_all_other_places_before_it_is_agreed_to(client):
    page = ordered()
    save_settings(stated_times=[{"place": "", "option": "", "seller": "", "days": 6}])
    looked = client.post(f"{page}elsewhere/", {**TO, "city": "Nowhereville"})
    assert looked.context["found"].unknown == "Nowhereville"
    assert "We do not know <bdi>Nowhereville</bdi> and have sent nothing there yet." in text(looked)


def test_what_is_packed_goes_where_it_was_addressed(client):
    page = ordered()
    order = Order.objects.get(number=Purchase.objects.get().number)
    Parcel.objects.create(order=order)
    assert "Another address" not in text(client.get(page))
    assert client.post(f"{page}elsewhere/", {**TO, "agreed": "same"}).status_code == 409
    assert Recipient.objects.get().street == "Zand 12"


def test_what_is_fetched_at_the_only_point_is_neither_moved_nor_sent_elsewhere(client):
    a_point("bazaar")
    page = ordered(option="fetch", point="bazaar")
    shown = text(client.get(page))
    assert "Another address" not in shown
    assert "There is no other point in your city." in text(client.get(f"{page}window/"))
