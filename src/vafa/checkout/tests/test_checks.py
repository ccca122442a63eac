"""Orders that are looked at first, and taxes."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vafa.checkout import actions
from vafa.checkout.addresses import COUNTRIES, tidy_mobile, tidy_postal_code
from vafa.checkout.models import Hold, HoldState
from vafa.checkout.queries import hold_of, is_held, summary, tax_of
from vafa.checkout.queries.holds import to_cancel
from vafa.checkout.sums import contained_tax, shared, with_tax
from vafa.checkout.tests import make
from vafa.checkout.tests.make import NOON, refused
from vafa.messages.models import Message
from vafa.orders.models import Order
from vafa.promises.models import Promise


@pytest.fixture
def held(db) -> Hold:
    """An order above what leaves without a look."""
    make.a_window()
    actions.keep_check_rules({"total_over_minor": 1_000_000, "hours": 4, "ending": "cancel"})
    purchase = actions.place_purchase(make.submitted(make.a_basket()), at=NOON)
    return hold_of(purchase.number)


def code() -> str:
    return Message.objects.get(template="checkout.check_code").context["code"]


def test_an_order_above_the_limit_is_held_with_its_reason_and_deadline(held):
    assert (held.reasons, held.due_at, is_held(held.order_number)) == (["total"], NOON + timedelta(hours=4), True)
    assert Promise.objects.get(kind="check").due_at == held.due_at


def test_the_time_of_the_check_is_in_the_date(held):
    basket = make.a_basket(phone="+989350000000")
    assert summary(basket, at=NOON).ready_at >= NOON + timedelta(hours=4)


def test_the_customer_confirms_by_the_code_that_was_sent(held):
    with refused("wrong-code"):
        actions.confirm_by_code(held, "x", at=NOON)
    actions.confirm_by_code(held, code(), at=NOON)
    assert (is_held(held.order_number), Promise.objects.get(kind="check").state) == (False, "kept")


def test_a_code_is_not_guessed(held):
    for _try in range(5):
        with refused("wrong-code"):
            actions.confirm_by_code(held, "1", at=NOON)
    with refused("code-used-up"):
        actions.confirm_by_code(held, code(), at=NOON)
    assert is_held(held.order_number)


def test_at_the_deadline_happens_what_the_rules_say(held):
    assert actions.end_overdue_holds(at=held.due_at - timedelta(seconds=1)) == 0
    assert actions.end_overdue_holds(at=held.due_at) == 1
    held.refresh_from_db()
    assert (held.state, held.decided_by) == (HoldState.REFUSED, "clock")
    assert [each.pk for each in to_cancel()] == [held.pk]  # fulfilment cancels it, as it cancels every order


def test_what_was_decided_stays_decided(held):
    actions.decide(held, release=True, by="kian", at=NOON)
    with refused("decided"):
        actions.decide(held, release=False, by="mina", at=NOON)
    assert not Order.objects.get(number=held.order_number).cancelled


def test_staff_decide_on_their_page(held, agent_client):
    page = agent_client.get("/holds/").content.decode()
    assert re.search(r"above what leaves without a look|بدون بررسی", page)
    agent_client.post(f"/holds/{held.order_number}/", {"wish": "release"})
    assert not is_held(held.order_number)


def test_the_owner_sets_the_rules(db, owner_client):
    owner_client.post("/holds/rules/", {"active": "on", "total_over": "۵۰۰", "hours": "6", "ending": "release"})
    make.a_window()
    assert summary(make.a_basket(), at=NOON).reasons == ("total",)


def test_the_owner_sets_taxes_and_the_nearest_shelf_holds(db, owner_client):
    make.a_window()
    owner_client.post("/taxes/", {"country": "ir", "percent": "10"})
    owner_client.post("/taxes/", {"country": "IR", "category": "books", "percent": "0"})
    assert (tax_of("IR", "poetry").bp, tax_of("IR", "phones").bp, tax_of("DE", "phones").bp) == (0, 1000, 0)
    assert "10" in owner_client.get("/taxes/").content.decode()


def test_a_tax_that_is_added_is_in_what_the_customer_sees(db):
    make.a_window()
    actions.keep_tax(country="IR", category="", bp=1000, contained=False)
    shown = summary(make.a_basket("golestan-1"), at=NOON)
    assert (shown.inside.goods_minor, shown.taxes) == (990_000, (90_000,))


@given(st.integers(0, 10**12), st.integers(0, 10_000))
def test_a_tax_that_was_added_is_contained(amount, bp):
    whole = with_tax(amount, bp)
    assert amount + contained_tax(whole, bp) == whole


@given(st.lists(st.integers(0, 10**10), min_size=1, max_size=30), st.data())
def test_parts_add_up_and_none_is_larger_than_its_line(weights, data):
    amount = data.draw(st.integers(0, sum(weights)))
    parts = shared(amount, weights)
    assert sum(parts) == amount
    assert all(0 <= part <= weight for part, weight in zip(parts, weights, strict=True))


@pytest.mark.parametrize("country", COUNTRIES)
def test_a_sample_is_a_postal_code_of_its_country(country):
    sample = COUNTRIES[country].sample
    assert tidy_postal_code(sample, country) == sample


@given(st.text(max_size=30), st.sampled_from(sorted(COUNTRIES)))
def test_what_was_tidied_once_stays_as_it_is(written, country):
    postal, mobile = tidy_postal_code(written, country), tidy_mobile(written, country)
    assert postal is None or tidy_postal_code(postal, country) == postal
    assert mobile is None or tidy_mobile(mobile, country) == mobile


@pytest.mark.parametrize(
    ("written", "country", "tidy"),
    [
        ("۰۹۱۲۱۲۳۴۵۶۷", "IR", "+989121234567"),
        ("0912 123 4567", "IR", "+989121234567"),
        ("02188776655", "IR", None),
        ("٠٥٠ ١٢٣ ٤٥٦٧", "SA", "+966501234567"),
        ("00971501234567", "AE", "+971501234567"),
        ("+4915112345678", "IR", "+4915112345678"),
    ],
)
def test_mobile_numbers_are_read_as_people_write_them(written, country, tidy):
    assert tidy_mobile(written, country) == tidy
