"""A paid order is never lost and never made twice, wherever a process is killed with -9 between payment and order.

Nor is what goes back of one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from vafa.catalog.models import Stock
from vafa.checkout import actions
from vafa.checkout.models import Hold, Purchase
from vafa.checkout.queries.links import purchase_word
from vafa.checkout.tests import make
from vafa.config.tasks import TASKS
from vafa.config.tests.order_process import TO
from vafa.customers.models import Consent
from vafa.delivery.models import DeliveryOption, SlotHold
from vafa.delivery.tests.windows import a_rider
from vafa.fulfilment.actions.elsewhere import look_elsewhere
from vafa.fulfilment.models import Credit
from vafa.jobs.doing import do_all
from vafa.kit import clock
from vafa.kit.formats.dates import local_day
from vafa.kit.tests.dying import process_that_answers
from vafa.messages.actions import add_gateway
from vafa.messages.models import Message
from vafa.messages.tests.make import letting_go
from vafa.orders.links import order_word
from vafa.orders.models import Order
from vafa.orders.queries import recipient_of
from vafa.payments.actions import confirm_cash, open_at_gateway
from vafa.payments.models import Payment, Refund
from vafa.payments.tests.gateway_server import GatewayServer
from vafa.payments.tests.make import an_account
from vafa.promises.models import Promise
from vafa.promises.queries import faults
from vafa.shop.actions import stamp_shop

pytestmark = pytest.mark.django_db(transaction=True)
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
WORKER = "worker"
EVERY = 1 if connection.vendor == "sqlite" else 4  # places lie closer together than what the database keeps at once
Process = Callable[[int, str], str]


@pytest.fixture
def gateway() -> Iterator[GatewayServer]:
    with GatewayServer() as server:
        yield server


@pytest.fixture
def process(process_environment) -> Iterator[Process]:
    """Lets a browser or a worker do something and die at the place whose number is given."""
    with process_that_answers(["-m", "vafa.config.tests.order_process"], process_environment) as ask:

        def one(dies_at: int, what: str) -> str:
            Payment.objects.filter(ask_at__isnull=False).update(ask_at=LONG_AGO)  # a gateway's next time has come
            return ask(dies_at, what)

        yield one


def a_shop(gateway: GatewayServer, at: datetime) -> None:
    """With windows, a check of big orders, a gateway that answers, and one that would write to telephones."""
    make.a_window(until=at)
    letting_go()
    add_gateway("own", "own", {"address": "https://sms.example/take", "bearer": "secret"})
    a_rider()
    actions.keep_check_rules({"total_over_minor": 1_000_000, "hours": 4, "ending": "cancel"})
    an_account("zarinpal", given={"merchant_id": "secret-merchant", "host": gateway.address})


def paid(gateway: GatewayServer, at: datetime) -> Purchase:
    """Somebody chose a window and paid at the gateway; we do not know of it yet."""
    number = Purchase.objects.count()
    monday = local_day(at) + timedelta(days=7 - local_day(at).weekday())
    said = {"option": "rider", "slot": f"rider.fars.{monday}.1000", "consents": ["marketing"], "way": "zarinpal"}
    purchase = make.submitted(make.a_basket(at=at, phone=f"+98912123456{number}", **said), at=at)
    actions.begin_payment(purchase, back_url=f"/shop/checkout/done/{purchase_word(purchase)}/", at=at)
    open_at_gateway(payment_of(purchase), at=at)
    gateway.pay(payment_of(purchase).authority)
    return purchase


def payment_of(purchase: Purchase) -> Payment:
    return Payment.objects.get(order_ref=purchase.number)


def way_back(purchase: Purchase) -> str:
    """Where the gateway sends its customer."""
    return f"/pay/back/zarinpal/?Authority={payment_of(purchase).authority}"


def follows(purchase: Purchase) -> list[int]:
    """How many there are of each that an order brings with it."""
    promises = Promise.objects.filter(subject_ref=purchase.number).values_list("kind", flat=True)
    counted = [Counter(promises)[kind] for kind in ("delivery", "check", "confirmation")]
    of_order, of_customer = {"order_number": purchase.number}, {"customer_ref": purchase.customer_ref}
    return [
        *counted,
        Order.objects.filter(number=purchase.number).count(),
        Message.objects.filter(template="orders.confirmed", **of_customer).count(),
        SlotHold.objects.filter(state="kept", **of_order).count(),
        Hold.objects.filter(**of_order).count(),
        Consent.objects.filter(customer__ref=purchase.customer_ref, given=True).count(),
    ]


def state(purchase: Purchase) -> str:
    """How far it has come, each step whole: known to be paid; ordered with all that follows, once."""
    payment = payment_of(purchase)
    purchase.refresh_from_db()
    is_placed = purchase.state == "placed"
    assert follows(purchase) == [int(is_placed)] * 8
    assert (payment.claimed_at is not None) == is_placed
    return purchase.state if is_placed else payment.state


def killed_everywhere(process: Process, what: str, purchase: Purchase, every: int = 1) -> Counter[str]:
    """Let it die at its first place, its second … until it lives; from the first again when a step was taken, so that
    it dies at every place of every step; of those after the money is known, at one of `every`. How often it died in
    each state.
    """
    deaths: Counter[str] = Counter()
    place, before = 1, state(purchase)
    while (end := process(place, what)) == "killed":
        deaths[before] += 1
        further = 1 if before == "waiting" else every
        place, before = (place + further, before) if state(purchase) == before else (1, state(purchase))
    assert end.isdigit()
    return deaths


def test_whoever_dies_at_whatever_place_between_payment_and_order_it_is_ordered_once(gateway, process):
    at = clock.now() - timedelta(minutes=10)
    a_shop(gateway, at)
    undisturbed = paid(gateway, at)
    places = int(process(0, way_back(undisturbed)))
    assert state(undisturbed) == "placed"
    by_customer = paid(gateway, at)
    deaths = killed_everywhere(process, way_back(by_customer), by_customer, every=EVERY)
    assert set(deaths) == {"waiting", "paid", "placed"}
    assert EVERY * deaths.total() >= places > 50
    by_worker = paid(gateway, at)
    deaths = killed_everywhere(process, WORKER, by_worker, every=7)
    assert set(deaths) >= {"waiting", "paid"}
    do_all(TASKS)
    assert process(0, WORKER).isdigit()
    assert [state(each) for each in Purchase.objects.all()] == ["placed"] * 3
    assert Stock.objects.get(variant__sku="divan-1").reserved == 3
    assert list(faults()) == []


def cheaper(order: Order) -> tuple[int, ...]:
    """What goes with an order's way to a cheaper address: credit, refund, message, what the payment owes back."""
    refunds = Refund.objects.filter(order_ref=order.number)
    return (
        Credit.objects.filter(order=order).count(),
        refunds.count(),
        Message.objects.filter(template="delivery.changed", customer_ref=order.customer_ref).count(),
        sum(Payment.objects.filter(order_ref=order.number).values_list("owed_back_minor", flat=True)),
    )


def from_tehran(at: datetime) -> tuple[Order, str]:
    """A paid order whose delivery to Shiraz costs less; the page to say so on, with what its customer agrees to."""
    number = Purchase.objects.count()
    basket = make.a_basket(at=at, city="Tehran", region="Tehran", phone=f"+98912123456{number}")
    purchase = make.submitted(basket, at=at)
    actions.begin_payment(purchase, back_url="/shop/", at=at)
    confirm_cash(payment_of(purchase), "staff:1", at)
    order = Order.objects.get(number=purchase.number)
    agreed = look_elsewhere(order, TO, at=clock.now()).agreed
    return order, f"/order/{order_word(order.number)}/elsewhere/ {agreed}"


def test_whoever_dies_while_an_order_goes_to_a_cheaper_address_gets_the_difference_once(process):
    at = clock.now() - timedelta(minutes=10)
    make.a_window(until=at)
    DeliveryOption.objects.get(code="standard").prices.create(places=["Tehran"], price_minor=990_000)
    stamp_shop()
    (undisturbed, asks), (order, asks_too) = from_tehran(at), from_tehran(at)
    assert process(0, WORKER).isdigit()
    places = int(process(0, asks))
    assert cheaper(undisturbed) == (1, 1, 1, 990_000)
    for place in (1, places // 2, places - 10, places - 1):
        assert (process(place, asks_too), recipient_of(order).city) == ("killed", "Tehran")
        assert cheaper(order) == (0, 0, 0, 0)
    assert (process(places, asks_too), recipient_of(order).city) == ("killed", "Shiraz")  # after it was written
    assert cheaper(order) == (1, 1, 1, 990_000)
    assert process(0, asks_too).isdigit()  # the same once more is right, and changes nothing
    assert cheaper(order) == (1, 1, 1, 990_000)
