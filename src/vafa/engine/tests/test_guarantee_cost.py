"""What a wording costs, and how sure the sums are."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vafa.engine.guarantee_cost import Cost, PastOrders, Range, cost_of, strongest_days


def past(took, *, days=None, promised=None, worth=100.0, remedy=10.0, last_day=400.0):
    took = np.array(took, dtype=float)
    count = len(took)
    return PastOrders(
        day=np.arange(count, dtype=float) if days is None else np.array(days, dtype=float),
        took=took,
        promised=np.full(count, np.nan) if promised is None else np.array(promised, dtype=float),
        worth=np.full(count, float(worth)),
        remedy=np.full(count, float(remedy)),
        last_day=last_day,
    )


def test_late_orders_are_paid_and_their_cost_is_a_share_of_all_sales():
    cost = cost_of(past([1, 2, 3, np.inf] * 25), 2)
    assert (cost.orders, cost.late.value, cost.cost.value, cost.sales) == (100, 50, 500, 10_000)
    assert cost.share is not None
    assert cost.share.value == 0.05


def test_the_promised_date_is_a_wording_too_and_orders_without_one_are_left_out():
    cost = cost_of(past([3, 3, 3, 3], promised=[2, 3, 4, np.nan]), None)
    assert (cost.orders, cost.late.value) == (3, 1)


def test_orders_too_young_to_be_judged_are_left_out():
    orders = past([np.inf] * 10, last_day=9.0)
    assert [cost_of(orders, days).orders for days in (0, 3, 9)] == [9, 6, 0]


def test_a_remedy_without_a_known_cost_is_counted_and_not_paid():
    cost = cost_of(past([5] * 20, remedy=np.nan), 2)
    assert (cost.late.value, cost.cost.value, cost.without_worth) == (20, 0, 20)


def test_a_short_history_has_no_range():
    assert cost_of(past([5] * 30), 2).late == Range(30, None, None)


def test_late_parcels_that_come_in_bunches_make_the_range_wider():
    """The same number of late orders: one week in ten all of them, or one order in ten of each week."""
    weeks, each = 50, 20
    days = np.repeat(np.arange(weeks) * 7.0, each)
    bunched = past(np.where(np.repeat(np.arange(weeks) % 10 == 0, each), 9, 1), days=days, last_day=1000)
    spread = past(np.where(np.tile(np.arange(each) % 10 == 0, weeks), 9, 1), days=days, last_day=1000)
    wide, narrow = cost_of(bunched, 2).late, cost_of(spread, 2).late
    assert wide.value == narrow.value == 100
    assert narrow.high - narrow.low == 0
    assert wide.high - wide.low > 80


def test_the_range_covers_the_truth_as_often_as_it_says():
    """200 simulated years, late with a chance of one in five: about nine of ten ranges hold the truth."""
    random = np.random.default_rng(3)
    held = 0
    for _ in range(200):
        took = np.where(random.random(52 * 20) < 0.2, 9, 1)
        found = cost_of(past(took, days=np.repeat(np.arange(52) * 7.0, 20), last_day=1000), 2, draws=400).late
        held += found.low <= 0.2 * 52 * 20 <= found.high
    assert 0.83 <= held / 200 <= 0.96


def test_the_same_orders_give_the_same_range():
    orders = past(np.random.default_rng(1).integers(0, 6, 300))
    assert cost_of(orders, 2) == cost_of(orders, 2)


@given(st.lists(st.integers(0, 20), min_size=1, max_size=80), st.integers(0, 19))
def test_a_longer_wording_never_leads_to_more_remedies_for_the_same_orders(took, days):
    orders = past(took, last_day=10_000)
    assert cost_of(orders, days + 1, draws=1).late.value <= cost_of(orders, days, draws=1).late.value


def cost(share, high=None):
    nothing = Range(0, None, None)
    return Cost(10, nothing, nothing, 1.0, None if share is None else Range(share, 0.0, high or share), 0)


@pytest.mark.parametrize(
    ("shares", "days", "surely"),
    [
        ({0: (0.05, 0.06), 1: (0.02, 0.03), 2: (0.009, 0.012), 3: (0.004, 0.005)}, 2, 3),
        ({0: (0.05, 0.06)}, None, None),
        ({0: (0.001, 0.002), 1: (0.02, 0.03), 2: (0.001, 0.002)}, 2, 2),
        ({0: (None, None)}, None, None),
    ],
)
def test_the_strongest_wording_holds_for_every_longer_one_too(shares, days, surely):
    costs = {number: cost(*pair) for number, pair in shares.items()}
    assert (strongest_days(costs, 0.01), strongest_days(costs, 0.01, surely=True)) == (days, surely)


def test_working_days_come_to_more_calendar_days_over_a_closed_one():
    working = np.array([0, 1, 2, 4, 5, 6, 7], dtype=float)  # closed on day 3
    orders = replace(past([1] * 4, days=[1, 2, 3, 4]), working=working)
    assert orders.allowed(1).tolist() == [1, 2, 1, 1]
    assert orders.allowed(2).tolist() == [3, 3, 2, 2]
    assert orders.allowed(0).tolist() == [0, 0, 1, 0]


def test_with_every_day_a_working_day_both_countings_are_the_same():
    orders = past([1, 2, 3, np.inf] * 25)
    every = replace(orders, working=np.arange(200, dtype=float))
    assert [cost_of(every, days) for days in (0, 1, 5)] == [cost_of(orders, days) for days in (0, 1, 5)]
