"""Money owed back: never more than was paid, each debt once, by hand where the gateway cannot."""

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as some

from vafa.kit.problems import Problem
from vafa.kit.tests.together import at_once, refused
from vafa.payments.actions import Debt, confirm_cash, give, owe, send_back, take_over
from vafa.payments.models import Payment, Refund
from vafa.payments.tests.make import NOON, TOTAL, a_payment, an_account, later
from vafa.payments.tests.test_refunds import AFTER, refunds_due


def paid_in_cash(key="purchase:1", **other):
    return confirm_cash(a_payment("cash", key, **other), "staff:1", NOON)


def debt(payment, amount, key="return:1", currency="IRR"):
    return Debt(
        key=key, about="purchase:1", order="7", amount_minor=amount, currency=currency, reason="return", payment=payment
    )


def code_of(refusal):
    with pytest.raises(Problem) as raised:
        refusal()
    return raised.value.code


@pytest.mark.django_db
def test_parts_of_a_payment_go_back_until_nothing_is_left():
    an_account("cash")
    payment = paid_in_cash()
    owe(debt(payment, TOTAL - 1, "return:1"), NOON), owe(debt(payment, 1, "return:2"), NOON)
    assert code_of(lambda: owe(debt(payment, 1, "return:3"), NOON)) == "more-than-paid"
    payment.refresh_from_db()
    assert (payment.owed_back_minor, payment.left_minor, Refund.objects.count()) == (TOTAL, 0, 2)


@pytest.mark.django_db
def test_the_same_debt_is_owed_once():
    an_account("cash")
    payment = paid_in_cash()
    assert owe(debt(payment, 500), NOON).pk == owe(debt(payment, 500), NOON).pk
    payment.refresh_from_db()
    assert payment.owed_back_minor == 500


@pytest.mark.django_db
@pytest.mark.parametrize(("amount", "currency", "code"), [(0, "IRR", "bad-amount"), (1, "EUR", "other-currency")])
def test_a_debt_that_cannot_be_is_refused(amount, currency, code):
    an_account("cash")
    payment = paid_in_cash()
    assert code_of(lambda: owe(debt(payment, amount, currency=currency), NOON)) == code
    assert Refund.objects.count() == 0


@pytest.mark.django_db
def test_nothing_is_owed_of_what_was_not_paid():
    an_account("cash")
    assert code_of(lambda: owe(debt(a_payment("cash"), 1), NOON)) == "more-than-paid"
    assert Refund.objects.count() == 0


@pytest.mark.django_db
def test_money_that_came_in_elsewhere_is_owed_without_a_payment():
    assert owe(debt(None, 500), NOON).pk == owe(debt(None, 500), NOON).pk
    refund = give(Refund.objects.get(), by="staff:1", reference="TR-1", at=later(days=1))
    assert (refund.state, refund.reference) == ("given", "TR-1")
    assert code_of(lambda: send_back(refund, by="staff:1")) == "by-hand"


@pytest.mark.django_db
def test_the_database_refuses_to_owe_more_than_was_paid():
    an_account("cash")
    paid_in_cash()
    with pytest.raises(IntegrityError), transaction.atomic():
        Payment.objects.update(owed_back_minor=TOTAL + 1)


@pytest.mark.django_db
def test_a_remedys_refund_is_a_part_of_the_orders_payment():
    an_account("cash")
    payment = paid_in_cash(order="A-0")
    refunds_due()
    take_over(AFTER)
    payment.refresh_from_db()
    assert (Refund.objects.get().payment_id, payment.owed_back_minor) == (payment.pk, 100_000)


@pytest.mark.django_db
def test_a_remedys_refund_beyond_what_is_left_stands_by_itself():
    an_account("cash")
    payment = paid_in_cash(order="A-0", amount_minor=99_999)
    refunds_due()
    take_over(AFTER)
    payment.refresh_from_db()
    assert (Refund.objects.get().payment_id, payment.owed_back_minor) == (None, 0)


@pytest.mark.django_db(transaction=True)
def test_many_who_owe_at_once_owe_no_more_than_was_paid():
    an_account("cash")
    payment = paid_in_cash(amount_minor=1000)
    results = at_once(*[lambda n=n: owe(debt(payment, 300, f"return:{n}"), NOON) for n in range(5)])
    payment.refresh_from_db()
    assert refused(results) == ["more-than-paid"] * 2
    assert (payment.owed_back_minor, Refund.objects.count()) == (900, 3)


@pytest.mark.django_db(transaction=True)
def test_the_same_debt_written_by_many_at_once_is_one():
    an_account("cash")
    payment = paid_in_cash(amount_minor=1000)
    at_once(*[lambda: owe(debt(payment, 300), NOON)] * 4)
    payment.refresh_from_db()
    assert (payment.owed_back_minor, Refund.objects.count()) == (300, 1)


@pytest.mark.django_db
@given(some.lists(some.integers(-5, 400), max_size=12))
def test_whatever_is_asked_for_the_sum_of_debts_is_kept_and_never_above_what_was_paid(amounts):
    with transaction.atomic():
        an_account("cash")
        payment = paid_in_cash(amount_minor=1000)
        for number, amount in enumerate(amounts):
            try:
                owe(debt(payment, amount, f"return:{number}"), NOON)
            except Problem:
                continue
        payment.refresh_from_db()
        owed = sum(Refund.objects.values_list("amount_minor", flat=True))
        assert owed == payment.owed_back_minor <= 1000
        transaction.set_rollback(True)
