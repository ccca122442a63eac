"""A voucher is issued once for each key and redeemed once, whoever tries how often."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from vafa.kit.problems import Problem
from vafa.kit.tests.together import at_once, refused
from vafa.vouchers.actions import Basket, Value, issue, redeem
from vafa.vouchers.codes import SIGNS, new_code, read_code
from vafa.vouchers.models import Voucher
from vafa.vouchers.queries import voucher_by

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
MONTH = timedelta(days=30)
HALF_A_MILLION = Value.of_amount(500_000)


def a_voucher(key="remedy:1", value=HALF_A_MILLION, **changes):
    terms = {"customer_ref": "C-1", "currency": "IRR", "valid_until": NOON + MONTH, "reason": "remedy", "at": NOON}
    return issue(key=key, value=value, **{**terms, **changes})


def basket(order="9001", goods=2_000_000, delivery=300_000, currency="IRR"):
    return Basket(order, goods, delivery, currency)


@pytest.mark.django_db
def test_the_same_key_is_the_same_voucher():
    first, again = a_voucher(), a_voucher(value=Value.of_amount(900_000))
    assert (first.pk, first.code, again.amount_minor) == (again.pk, again.code, 500_000)
    assert Voucher.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("value", "off"),
    [
        (Value.of_amount(500_000), 500_000),
        (Value.of_amount(9_000_000), 2_300_000),
        (Value.of_percent(15), 300_000),
        (Value.of_free_delivery(), 300_000),
    ],
)
def test_what_comes_off_is_never_more_than_the_order(value, off):
    assert redeem(a_voucher(value=value).code, basket(), at=NOON).redeemed_minor == off


@pytest.mark.django_db
def test_a_voucher_is_redeemed_for_one_order_only():
    code = a_voucher().code
    assert redeem(code, basket(), at=NOON).redeemed_order == "9001"
    assert redeem(code.lower().replace("-", " "), basket(), at=NOON).redeemed_minor == 500_000
    with pytest.raises(Problem) as refused:
        redeem(code, basket("9002"), at=NOON)
    assert refused.value.code == "voucher-used"
    assert voucher_by(code).redeemed_order == "9001"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("code", "given", "at", "refusal"),
    [
        ("7KMQ-2XHP-D94C", basket(), NOON, "unknown-voucher"),
        ("", basket(), NOON + MONTH, "voucher-over"),
        ("", basket(currency="EUR"), NOON, "other-currency"),
        ("", basket(order=" "), NOON, "bad-basket"),
        ("", basket(goods=-1), NOON, "bad-basket"),
    ],
)
def test_a_refused_redemption_changes_nothing(code, given, at, refusal):
    voucher = a_voucher()
    with pytest.raises(Problem) as refused:
        redeem(code or voucher.code, given, at=at)
    assert refused.value.code == refusal
    assert not Voucher.objects.filter(redeemed_at__isnull=False).exists()


@pytest.mark.django_db
@pytest.mark.parametrize("value", [Value.of_amount(0), Value.of_percent(101), Value("amount"), Value("gold", 5)])
def test_a_voucher_without_a_value_is_refused(value):
    with pytest.raises(Problem) as refused:
        a_voucher(value=value)
    assert refused.value.code == "bad-value"
    assert not Voucher.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("changes", [{"percent": 5}, {"redeemed_at": NOON}, {"redeemed_minor": 3}, {"currency": ""}])
def test_the_database_refuses_a_voucher_that_cannot_be(changes):
    voucher = a_voucher()
    with pytest.raises(IntegrityError), transaction.atomic():
        Voucher.objects.filter(pk=voucher.pk).update(**changes)


@pytest.mark.django_db(transaction=True)
def test_four_tills_at_once_redeem_it_once():
    code = a_voucher().code
    said = at_once(*[lambda n=number: redeem(code, basket(f"{n}"), at=NOON) for number in range(4)])
    assert refused(said) == ["voucher-used"] * 3


@given(st.lists(st.sampled_from(SIGNS), min_size=12, max_size=12).map("".join), st.sampled_from(["", "-", " "]))
def test_a_code_is_read_however_it_is_typed(signs, between):
    typed = between.join(signs[first : first + 4] for first in (0, 4, 8))
    assert read_code(typed.lower()) == read_code(signs) == "-".join(signs[first : first + 4] for first in (0, 4, 8))


def test_codes_do_not_repeat():
    assert len({new_code() for _ in range(1000)}) == 1000


@pytest.mark.django_db
def test_the_list_shows_codes_to_staff_only(agent_client, client):
    code = a_voucher().code
    assert code in agent_client.get("/vouchers/").content.decode()
    assert code not in agent_client.get("/vouchers/?code=7KMQ-2XHP-D94C").content.decode()
    assert client.get("/vouchers/").status_code == 302
