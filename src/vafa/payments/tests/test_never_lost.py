"""A payment that the gateway has is never lost and never counted twice, whoever dies and however many ask at once."""

import os
import signal
import subprocess
import sys
import threading

import pytest

from vafa.kit.tests.dying import process_that_answers
from vafa.kit.tests.together import at_once
from vafa.payments.actions import claim_settled, open_at_gateway, reconcile, start, verify
from vafa.payments.models import Payment, PaymentEvent
from vafa.payments.tests.make import NOON, a_payment, an_account, at_the_gateway, later, to_pay

pytestmark = pytest.mark.django_db(transaction=True)

VERIFY = """
import sys
import django; django.setup()
from vafa.payments.actions import verify
from vafa.payments.models import Payment
verify(Payment.objects.get(public_id=sys.argv[1]))
"""
VERIFY_AND_DIE = """
import django; django.setup()
from vafa.kit.tests.dying import answer_lines, dying_at
from vafa.payments.actions import verify
from vafa.payments.models import Payment

def asks(dies_at, public_id):
    with dying_at(int(dies_at)) as places:
        verify(Payment.objects.get(public_id=public_id))
    return places.passed

answer_lines(asks)
"""
PLACES = 20  # more than there are: the last ones live


def require_each_paid_once(count):
    assert set(Payment.objects.values_list("state", flat=True)) == {"paid"}
    assert PaymentEvent.objects.filter(kind="paid").count() == count
    assert len(claim_settled(later(days=1))) == count
    assert claim_settled(later(days=1)) == []


def test_killed_between_the_gateways_yes_and_our_row_the_payment_is_found(zarinpal, gateway, process_environment):
    payment = at_the_gateway("zarinpal")
    gateway.pay(payment.authority)
    gateway.late = True
    environment = {**process_environment, "DJANGO_SETTINGS_MODULE": "vafa.config.settings"}
    process = subprocess.Popen([sys.executable, "-c", VERIFY, str(payment.public_id)], env=environment)
    while not gateway.sessions[payment.authority].get("verified"):
        assert process.poll() is None
        threading.Event().wait(0.02)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    assert Payment.objects.get().state == "waiting"
    gateway.late = False
    gateway.answer_now.set()
    reconcile(later(minutes=2))
    require_each_paid_once(1)


def test_killed_at_any_place_the_payment_is_found(zarinpal, gateway, process_environment):
    payments = [at_the_gateway("zarinpal", f"purchase:{number}") for number in range(PLACES)]
    for payment in payments:
        gateway.pay(payment.authority)
    with process_that_answers(["-c", VERIFY_AND_DIE], process_environment) as ask:
        ends = [ask(place, payment.public_id) for place, payment in enumerate(payments, start=1)]
    places = int(ends[-1])
    assert ends == ["killed"] * places + [str(places)] * (PLACES - places)
    reconcile(later(minutes=2))
    require_each_paid_once(PLACES)


def test_many_who_ask_at_once_write_it_down_once(zarinpal, gateway):
    payment = at_the_gateway("zarinpal")
    gateway.pay(payment.authority)
    at_once(*[lambda: verify(Payment.objects.get(), NOON)] * 5, lambda: reconcile(later(minutes=2)))
    require_each_paid_once(1)


def test_many_who_claim_at_once_get_each_payment_once():
    an_account("cash")
    for number in range(12):
        a_payment("cash", f"purchase:{number}")
    claimed = at_once(*[lambda: [each.key for each in claim_settled(NOON)]] * 4)
    assert sorted(key for keys in claimed for key in keys) == sorted(f"purchase:{number}" for number in range(12))


def test_a_form_sent_twice_at_once_begins_one_payment():
    an_account("cash")
    begun = at_once(*[lambda: start(to_pay("cash"), NOON).payment.pk] * 5)
    assert (len(set(begun)), PaymentEvent.objects.count()) == (1, 1)


def test_two_windows_are_led_to_the_same_place(zarinpal, gateway):
    a_payment("zarinpal")
    places = at_once(*[lambda: open_at_gateway(Payment.objects.get(), NOON)] * 4)
    assert set(places) == {Payment.objects.get().address}
    assert PaymentEvent.objects.filter(kind="opened").count() == 1


def test_workers_at_once_ask_about_each_payment_once_a_round(zarinpal, gateway):
    for number in range(6):
        at_the_gateway("zarinpal", f"purchase:{number}")
    at_once(*[lambda: reconcile(later(minutes=2))] * 3)
    assert len(gateway.asked("/verify.json")) == 6
