"""A refund that came due is taken over once and given once."""

import pytest
from django.db import IntegrityError, transaction

from vafa.kit.problems import Problem
from vafa.kit.tests.together import at_once
from vafa.payments.actions import give, take_over
from vafa.payments.models import Refund
from vafa.promises.actions import Worth, judge_covers, settle_promise
from vafa.promises.models import PromiseEvent, Remedy
from vafa.promises.tests.make import tehran
from vafa.promises.tests.make_guarantees import REFUND, VOUCHER, a_guarantee, a_word

AFTER = tehran(6)


def refunds_due(count=1, remedy=REFUND):
    version = a_guarantee(remedy=remedy)
    for number in range(count):
        promise = a_word(version, number, worth=Worth(1_000_000))
        settle_promise(promise, fulfilled_at=tehran(5), at=tehran(5, 13))
    judge_covers(tehran(5, 14))


@pytest.mark.django_db
def test_a_refund_is_taken_over_once():
    refunds_due()
    assert [take_over(AFTER), take_over(AFTER)] == [1, 0]
    refund = Refund.objects.get()
    assert (refund.order_ref, refund.customer_ref, refund.amount_minor, refund.state) == ("A-0", "C-0", 100_000, "owed")


@pytest.mark.django_db
def test_vouchers_are_not_taken_over():
    refunds_due(remedy=VOUCHER)
    assert (take_over(AFTER), Refund.objects.count()) == (0, 0)


@pytest.mark.django_db
def test_a_refund_given_gives_its_remedy_once():
    refunds_due()
    take_over(AFTER)
    give(Refund.objects.get(), by="staff:1", reference="TR-77", at=AFTER)
    give(Refund.objects.get(), by="staff:2", reference="TR-78", at=AFTER)
    refund, remedy = Refund.objects.get(), Remedy.objects.get()
    assert (refund.state, refund.reference, refund.given_by) == ("given", "TR-77", "staff:1")
    assert (remedy.state, remedy.reference) == ("given", "TR-77")
    assert PromiseEvent.objects.filter(kind="remedied").count() == 2


@pytest.mark.django_db
def test_a_refund_without_a_reference_stays_owed():
    refunds_due()
    take_over(AFTER)
    with pytest.raises(Problem) as refused:
        give(Refund.objects.get(), by="staff:1", reference=" ", at=AFTER)
    assert (refused.value.code, Refund.objects.get().state) == ("no-reference", "owed")


@pytest.mark.django_db
@pytest.mark.parametrize("change", [{"state": "given"}, {"amount_minor": 0}, {"given_at": AFTER}])
def test_the_database_refuses_a_refund_that_cannot_be(change):
    refunds_due()
    take_over(AFTER)
    with pytest.raises(IntegrityError), transaction.atomic():
        Refund.objects.update(**change)


@pytest.mark.django_db(transaction=True)
def test_three_workers_at_once_take_each_refund_over_once():
    refunds_due(12)
    taken = at_once(*[lambda: sum(iter(lambda: take_over(AFTER, limit=2), 0))] * 3)
    assert (sum(taken), Refund.objects.count()) == (12, 12)


@pytest.mark.django_db
def test_owners_write_down_refunds_and_agents_only_see_them(owner_client, agent_client):
    refunds_due()
    take_over(AFTER)
    page = f"/refunds/{Refund.objects.get().pk}/given"
    assert agent_client.post(page, {"reference": "TR-1"}).status_code == 403
    assert "A-0" in agent_client.get("/refunds/").content.decode()
    assert owner_client.post(page, {"reference": ""}).status_code == 422
    assert Refund.objects.get().state == "owed"
    assert owner_client.post(page, {"reference": "TR-1"}).status_code == 302
    assert Refund.objects.get().state == "given"
