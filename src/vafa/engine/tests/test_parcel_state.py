from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vafa.engine.parcel_state import (
    FAMILIES,
    REASONS,
    ParcelState,
    Scan,
    Status,
    order_delivered_at,
    state_of,
)

START = datetime(2026, 5, 4, 8, tzinfo=UTC)


def after(hours: float) -> datetime:
    return START + timedelta(hours=hours)


def scan(hours: float, status: str, reason: str = "") -> Scan:
    return Scan(after(hours), Status(status), reason)


SCANS = st.lists(
    st.builds(
        scan, st.integers(0, 6), st.sampled_from([str(each) for each in Status]), st.sampled_from(["", *REASONS])
    ),
    max_size=7,
)


@given(SCANS, st.randoms(use_true_random=False), st.integers(0, 3))
def test_every_order_and_every_repetition_of_the_scans_gives_the_same_state(scans, chance, repeated):
    shuffled = [*scans, *scans[:repeated]]
    chance.shuffle(shuffled)
    assert state_of(shuffled) == state_of(scans)


@given(SCANS)
def test_nothing_is_delivered_before_it_was_handed_over(scans):
    state = state_of(scans)
    if state.delivered_at and state.handed_over_at:
        assert state.handed_over_at <= state.delivered_at


@given(SCANS, SCANS)
def test_a_parcel_that_left_the_shop_has_left_it_whatever_comes_later(scans, more):
    if state_of(scans).is_under_way:
        assert state_of([*scans, *more]).is_under_way


def test_nothing_told_is_a_parcel_that_waits():
    assert state_of([]) == ParcelState(Status.PENDING)


def test_the_whole_way_of_a_parcel():
    way = [
        scan(0, "pending"),
        scan(3, "picked_up"),
        scan(9, "in_transit"),
        scan(26, "out_for_delivery"),
        scan(29, "delivered"),
    ]
    assert state_of(way) == ParcelState(Status.DELIVERED, "", after(3), after(29), after(29))


def test_a_scan_that_comes_after_the_delivery_changes_nothing_but_when_it_was_last_seen():
    state = state_of([scan(3, "picked_up"), scan(29, "delivered"), scan(31, "in_transit")])
    assert state == ParcelState(Status.DELIVERED, "", after(3), after(29), after(31))


def test_the_earliest_delivery_counts():
    assert state_of([scan(30, "delivered"), scan(29, "delivered")]).delivered_at == after(29)


def test_what_arrives_after_the_way_back_began_has_arrived_at_the_sender():
    state = state_of([scan(1, "in_transit"), scan(20, "return_to_sender", "consignee_refused"), scan(50, "delivered")])
    assert (state.status, state.reason, state.delivered_at) == (Status.RETURN_TO_SENDER, "consignee_refused", None)


def test_what_goes_back_after_its_delivery_was_delivered_nevertheless():
    state = state_of([scan(1, "in_transit"), scan(20, "delivered"), scan(50, "return_to_sender")])
    assert (state.status, state.delivered_at) == (Status.RETURN_TO_SENDER, after(20))


def test_a_label_does_not_hide_where_the_parcel_is():
    assert state_of([scan(1, "in_transit"), scan(2, "pending"), scan(3, "unknown")]).status == Status.IN_TRANSIT


def test_who_only_holds_or_delays_it_may_not_have_it_yet():
    assert not state_of([scan(1, "on_hold", "retailer_not_ready"), scan(2, "delivery_delayed")]).is_under_way


def test_an_order_has_arrived_with_the_last_of_its_parcels():
    one, two = state_of([scan(5, "delivered")]), state_of([scan(1, "in_transit"), scan(9, "delivered")])
    assert order_delivered_at([one, two]) == after(9)


def test_an_order_has_not_arrived_while_one_of_its_parcels_is_under_way():
    assert order_delivered_at([state_of([scan(5, "delivered")]), state_of([scan(1, "in_transit")])]) is None


def test_a_label_that_never_left_the_shop_is_not_waited_for():
    assert order_delivered_at([state_of([scan(5, "delivered")]), state_of([scan(1, "pending")])]) == after(5)


def test_an_order_without_parcels_has_not_arrived():
    assert order_delivered_at([]) is None


@pytest.mark.parametrize("reason", REASONS)
def test_every_reason_belongs_to_a_family(reason):
    assert REASONS[reason] in FAMILIES
