from datetime import timedelta
from uuid import uuid4

import pytest

from vafa.customers.tests.make import sara
from vafa.delivery.actions.promising import Wanted, promise_from_quote
from vafa.delivery.actions.quotes import make_quote
from vafa.delivery.models import PromiseRequest, Quote
from vafa.delivery.questions import Asked
from vafa.delivery.tests import make
from vafa.delivery.tests.make import NOW
from vafa.kit.problems import Problem
from vafa.messages.models import Message
from vafa.promises.models import Promise

pytestmark = pytest.mark.django_db


@pytest.fixture
def quote() -> Quote:
    make.a_shop()
    make.orders(120)
    return make_quote(Asked(to="Shiraz"), at=NOW)


def wish(answered: Quote, **changes: object) -> Wanted:
    return Wanted(**{"quote": answered.public_id, "option": "standard", "order": "N1", **changes})


def refusal_of(wanted: Wanted, *, key: str = "k", at=NOW) -> tuple[str, int]:
    before = (Promise.objects.count(), PromiseRequest.objects.count())
    with pytest.raises(Problem) as refused:
        promise_from_quote(wanted, key=key, at=at)
    assert (Promise.objects.count(), PromiseRequest.objects.count()) == before
    return refused.value.code, refused.value.status


def test_a_quote_becomes_the_promise_it_answered(quote):
    promise, is_new = promise_from_quote(wish(quote, customer="c7"), key="k", at=NOW)
    answer = quote.answers[0]
    assert is_new
    assert (promise.kind, promise.subject_ref, promise.party_ref) == ("delivery", "N1", "c7")
    assert promise.due_on.isoformat() == answer["promised_on"]
    assert promise.probability == answer["probability"]
    assert (promise.place, promise.region, promise.zone, promise.origin) == ("Shiraz", "Fars", "Asia/Tehran", "quote")


def test_the_same_key_and_wish_again_is_the_same_promise(quote):
    first, _new = promise_from_quote(wish(quote), key="k", at=NOW)
    again, is_new = promise_from_quote(wish(quote), key="k", at=NOW + timedelta(hours=9))
    assert (again.pk, is_new, Promise.objects.count()) == (first.pk, False, 1)


def test_the_same_key_with_another_wish_is_refused(quote):
    promise_from_quote(wish(quote), key="k", at=NOW)
    assert refusal_of(wish(quote, order="N2")) == ("idempotency-key-reused", 409)


def test_an_expired_quote_is_refused(quote):
    assert refusal_of(wish(quote), at=NOW + timedelta(hours=3)) == ("quote-expired", 410)


def test_an_unknown_quote_is_refused(quote):
    assert refusal_of(wish(quote, quote=uuid4())) == ("unknown-quote", 404)


def test_an_option_that_the_quote_does_not_hold_is_refused(quote):
    assert refusal_of(wish(quote, option="rocket")) == ("unknown-option", 422)


def test_a_refused_option_cannot_be_promised():
    make.a_shop()
    empty = make_quote(Asked(to="Shiraz"), at=NOW)
    assert refusal_of(wish(empty)) == ("no-date", 422)


def test_a_key_whose_request_was_refused_can_be_used_again(quote):
    refusal_of(wish(quote, option="rocket"))
    assert promise_from_quote(wish(quote), key="k", at=NOW)[1]


def test_a_customer_who_is_known_is_told_in_the_same_transaction(quote):
    sara(ref="c7")
    promise, _new = promise_from_quote(wish(quote, customer="c7"), key="k", at=NOW)
    promise_from_quote(wish(quote, customer="c7"), key="k", at=NOW)
    message = Message.objects.get()
    assert (message.key, message.customer_ref) == (f"promises.made:{promise.public_id}", "c7")
