"""A payment that the gateway has is never lost and never counted twice, whoever dies and however many ask at once."""

import os
import signal
import subprocess
import sys
import threading

import pytest

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
# Each child asks about one payment and dies without a word (as by kill -9) at the statement of its number.
DIE_AT_EACH = """
import os, signal, sys
import django; django.setup()
from django.db import connection
from vafa.payments.actions import verify
from vafa.payments.models import Payment
def one(number, public_id):
    left = number
    def counting(execute, sql, params, many, context):
        nonlocal left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(sql, params, many, context)
    with connection.execute_wrapper(counting):
        verify(Payment.objects.get(public_id=public_id))
for number, public_id in enumerate(sys.argv[1:], start=1):
    child = os.fork()
    if child == 0:
        one(number, public_id)
        os._exit(0)
    print(os.waitpid(child, 0)[1])
"""
STATEMENTS = 12  # more than there are: the last ones live


def program(code, environment, *arguments, **how):
    environment = {**environment, "DJANGO_SETTINGS_MODULE": "vafa.config.settings"}
    return subprocess.Popen([sys.executable, "-c", code, *map(str, arguments)], env=environment, **how)


def require_each_paid_once(count):
    assert set(Payment.objects.values_list("state", flat=True)) == {"paid"}
    assert PaymentEvent.objects.filter(kind="paid").count() == count
    assert len(claim_settled(later(days=1))) == count
    assert claim_settled(later(days=1)) == []


def test_killed_between_the_gateways_yes_and_our_row_the_payment_is_found(zarinpal, gateway, process_environment):
    payment = at_the_gateway("zarinpal")
    gateway.pay(payment.authority)
    gateway.late = True
    process = program(VERIFY, process_environment, payment.public_id)
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


def test_killed_at_any_statement_the_payment_is_found(zarinpal, gateway, process_environment):
    payments = [at_the_gateway("zarinpal", f"purchase:{number}") for number in range(STATEMENTS)]
    for payment in payments:
        gateway.pay(payment.authority)
    ids = [payment.public_id for payment in payments]
    worker = program(DIE_AT_EACH, process_environment, *ids, stdout=subprocess.PIPE, text=True)
    ends = [int(line) for line in worker.communicate()[0].split()]
    assert (ends[0], ends[-1], len(ends)) == (signal.SIGKILL, 0, STATEMENTS)
    assert signal.SIGKILL in ends[3:]  # also inside of the transaction
    reconcile(later(minutes=2))
    require_each_paid_once(STATEMENTS)


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
