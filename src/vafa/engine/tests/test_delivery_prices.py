"""What delivery costs by rule, for all rules there can be."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from vafa.engine.delivery_prices import Priced, PriceRule, begun_kilograms, delivery_price

AMOUNTS = st.integers(0, 10**12)
RULES = st.lists(
    st.builds(
        PriceRule, st.integers(0, 4), st.none() | st.integers(1, 50_000), st.integers(0, 1000), AMOUNTS,
        st.integers(0, 10**6),
    ),
    max_size=8,
)  # fmt: skip
GOODS, WEIGHT, SOME = st.integers(0, 1200), st.none() | st.floats(0, 60_000), st.none() | st.integers(0, 1200)
TEHRAN = PriceRule(3, 1000, 0, 50_000)
ELSEWHERE = PriceRule(0, None, 0, 70_000, 10_000)


def price(rules, goods=0, weight=500.0, otherwise=None, free=None) -> Priced:
    return delivery_price(rules, otherwise_minor=otherwise, free_from_minor=free, goods_minor=goods, weight_g=weight)


def test_the_closest_rule_that_carries_the_weight_counts():
    assert price([ELSEWHERE, TEHRAN]).price_minor == 50_000
    assert price([ELSEWHERE, TEHRAN], weight=1000.5).price_minor == 70_000 + 2 * 10_000


def test_no_price_entered_is_not_free():
    assert price([]) == Priced(None)
    assert price([], otherwise=0) == Priced(0)
    assert price([], goods=99, free=100) == Priced(None, 100)
    assert price([], goods=100, free=100) == Priced(0)


def test_a_value_of_goods_from_which_a_rule_makes_it_free_is_told():
    assert price([TEHRAN, PriceRule(3, 1000, 900, 0)], goods=100) == Priced(50_000, 900)


@given(RULES, GOODS, WEIGHT, SOME, SOME)
def test_a_price_is_an_integer_of_one_rule_and_their_order_means_nothing(rules, goods, weight, otherwise, free):
    found = price(rules, goods, weight, otherwise, free)
    speaking = [rule.price(weight or 0.0) for rule in rules if rule.holds(goods, weight or 0.0)]
    is_free = free is not None and goods >= free
    assert found.price_minor == 0 if is_free else found.price_minor in (speaking or [otherwise])
    assert isinstance(found.price_minor, int | None)
    assert price(rules[::-1], goods, weight, otherwise, free) == found


@given(RULES, GOODS, WEIGHT, SOME, SOME)
def test_what_is_told_to_be_free_from_is_free_there_and_nowhere_before(rules, goods, weight, otherwise, free):
    found = price(rules, goods, weight, otherwise, free)
    steps = sorted({goods + 1, *(rule.from_minor for rule in rules), *([free] if free is not None else [])})
    first = next((step for step in steps if step > goods and price(rules, step, weight, otherwise, free).price_minor == 0), None)  # fmt: skip  # noqa: E501
    assert found.free_from_minor == (None if found.price_minor == 0 else first)


@given(st.integers(0, 10**10).map(lambda tenths: tenths / 10))
def test_every_kilogram_begun_counts(weight):
    kilograms = begun_kilograms(weight)
    assert 1000 * (kilograms - 1) < weight <= 1000 * kilograms or weight == kilograms == 0
