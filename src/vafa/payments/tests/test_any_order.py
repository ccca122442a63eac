"""Whatever happens to a payment in whatever order: it is paid exactly if the gateway has the money."""

from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as some

from vafa.kit.problems import Problem
from vafa.payments.actions import Debt, call_off, claim_settled, confirm_cash, open_at_gateway, owe, reconcile, verify
from vafa.payments.actions.sandbox import decide
from vafa.payments.models import Payment, PaymentEvent, PaymentState, SandboxVisit
from vafa.payments.tests.make import NOON, TOTAL, a_payment, an_account

STEPS = ["open", "pay", "refuse", "come back", "clock", "call off", "claim", "cash", "owe", "an hour"]


class Life:
    """One payment at the sandbox; business time goes on with each step."""

    def __init__(self) -> None:
        an_account()
        self.at, self.claimed, self.owed = NOON, [], 0
        self.pk = a_payment().pk

    @property
    def payment(self) -> Payment:
        return Payment.objects.get(pk=self.pk)

    def take(self, step: str) -> None:
        self.at += timedelta(hours=1) if step == "an hour" else timedelta(minutes=1)
        with suppress(Problem):
            getattr(self, f"_{step.replace(' ', '_')}", lambda: None)()

    def _open(self) -> None:
        open_at_gateway(self.payment, self.at)

    def _pay(self) -> None:
        for visit in SandboxVisit.objects.all():
            decide(visit, "paid")

    def _refuse(self) -> None:
        for visit in SandboxVisit.objects.all():
            decide(visit, "refused")

    def _come_back(self) -> None:
        verify(self.payment, self.at)

    def _clock(self) -> None:
        reconcile(self.at)

    def _call_off(self) -> None:
        call_off(self.payment, self.at)

    def _claim(self) -> None:
        self.claimed += [each.state for each in claim_settled(self.at)]

    def _cash(self) -> None:
        confirm_cash(self.payment, "staff:1", self.at)

    def _owe(self) -> None:
        owe(Debt(f"{self.at}", "purchase:1", "7", TOTAL // 3, "IRR", reason="test", payment=self.payment), self.at)
        self.owed += TOTAL // 3

    def to_its_end(self) -> None:
        """The clock goes on until nothing more can happen by itself."""
        for hours in (1, 3, 26, 26, 26):
            self.at += timedelta(hours=hours)
            reconcile(self.at)
        self._claim()


@pytest.mark.django_db
@settings(max_examples=40)
@given(some.lists(some.sampled_from(STEPS), max_size=14))
def test_a_payment_is_paid_exactly_if_the_gateway_has_the_money(steps):
    with transaction.atomic():
        life, was_paid = Life(), False
        for step in steps:
            life.take(step)
            now_paid = life.payment.state == PaymentState.PAID
            assert now_paid or not was_paid
            was_paid = now_paid
        life.to_its_end()
        payment = life.payment
        has_money = SandboxVisit.objects.filter(outcome="paid").exists()
        assert payment.state == ("paid" if has_money else "failed")
        assert PaymentEvent.objects.filter(kind="paid").count() == int(has_money)
        assert life.claimed.count("paid") == int(has_money)
        assert life.claimed[-1] == payment.state
        assert payment.owed_back_minor == life.owed <= TOTAL
        transaction.set_rollback(True)
