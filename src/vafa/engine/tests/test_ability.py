"""What a shop is able to claim, and what it would take to claim more."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from vafa.engine.ability import Deliveries, effort, kept_within, shortest_within

DAY = 86_400.0
NOON = 20_000 * DAY + 12 * 3600


def deliveries(stages, *, now=400):
    """One order a day at noon (UTC), each with (handling, transit) in days; None = never arrived."""
    placed = NOON + np.arange(len(stages)) * DAY
    handling = np.array([np.nan if pair is None else pair[0] for pair in stages])
    transit = np.array([np.nan if pair is None else pair[1] for pair in stages])
    return Deliveries(
        placed, placed + handling * DAY, placed + (handling + transit) * DAY, NOON + now * DAY, zone="UTC"
    )


def test_what_arrived_in_time_is_counted_and_what_never_arrived_is_late():
    kept = kept_within(deliveries([(1, 1), (1, 2), None, (0, 0)]), 2)
    assert (kept.kept, kept.of, kept.share) == (2, 4, 0.5)


def test_orders_too_young_to_be_judged_do_not_count():
    orders = deliveries([(0, 1)] * 10, now=10)
    assert [kept_within(orders, days).of for days in (0, 1, 5)] == [10, 9, 5]


def test_the_shortest_number_of_days_reaches_the_level():
    orders = deliveries([(1, 1)] * 90 + [(1, 3)] * 8 + [None] * 2)
    shortest = [shortest_within(orders, level) for level in (0.5, 0.95, 0.99)]
    assert [found and found.days for found in shortest] == [2, 4, None]


def test_a_shortest_number_of_days_needs_its_least_orders():
    assert shortest_within(deliveries([(1, 1)] * 19), 0.9, least=20) is None
    assert shortest_within(deliveries([(1, 1)] * 20), 0.9, least=20).days == 2


def test_the_carrier_is_named_where_handling_cannot_help():
    found = effort(deliveries([(0.1, 4.0)] * 50), 2, 0.95)
    handling, transit, _both = found.stages
    assert (handling.factor, found.nearest) == (None, transit)
    # from noon on, 2 days end after 2.5: 0.1 of handling leaves 2.4 of 4.0 for the carrier
    assert transit.factor == 0.59
    assert transit.then == 4.0 * 0.59


def test_handling_is_named_where_it_is_the_smaller_change():
    found = effort(deliveries([(3.0, 1.0)] * 50), 2, 0.95)
    assert found.nearest.stage == "handling"
    assert found.nearest.faster_by == 1 - 0.49


def test_both_stages_are_needed_where_neither_is_enough():
    found = effort(deliveries([(3.0, 3.0)] * 50), 2, 0.95)
    assert [stage.factor for stage in found.stages] == [None, None, 0.41]
    assert found.nearest is None


def test_nothing_has_to_change_where_the_level_is_kept():
    found = effort(deliveries([(0.5, 1.0)] * 50), 2, 0.95)
    assert (found.is_reached, found.now) == (True, 1.0)


def test_no_speed_helps_where_too_many_never_arrive():
    found = effort(deliveries([(0.5, 3.0)] * 9 + [None]), 2, 0.95)
    assert [stage.factor for stage in found.stages] == [None, None, None]


def test_without_hand_overs_no_stage_is_named():
    orders = deliveries([(0.5, 3.0)] * 20)
    without = Deliveries(orders.placed, np.full(20, np.nan), orders.delivered, orders.now, "UTC")
    assert effort(without, 2, 0.9).stages == ()


times = st.lists(st.tuples(st.floats(0, 5), st.floats(0, 8)), min_size=1, max_size=40)


@given(times, st.integers(0, 6), st.floats(0.5, 0.99))
def test_what_is_needed_reaches_the_level_and_a_hundredth_more_does_not(stages, days, level):
    orders = deliveries(stages)
    for stage in effort(orders, days, level).stages:
        if stage.factor is None:
            continue
        handled, carried = stage.factor, stage.factor
        if stage.stage != "both":
            handled, carried = (stage.factor, 1.0) if stage.stage == "handling" else (1.0, stage.factor)
        moved = [(a * handled, b * carried) for a, b in stages]
        assert kept_within(deliveries(moved), days).share >= level - 1e-6


@given(times, st.integers(0, 6))
def test_a_shorter_claim_is_never_kept_more_often(stages, days):
    orders = deliveries(stages, now=1000)
    assert kept_within(orders, days).share <= kept_within(orders, days + 1).share
