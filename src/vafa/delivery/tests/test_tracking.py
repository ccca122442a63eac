"""Events come in any order, as often as they like, before or after their parcel: the end is the same."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vafa.delivery.actions.parcels import ParcelRow, add_parcel, record_parcels
from vafa.delivery.actions.tracking import TrackingRow, follow, record_events
from vafa.delivery.models import Parcel, TrackingEvent
from vafa.delivery.queries.history import shipments
from vafa.engine.parcel_state import Status
from vafa.kit.bulk import Recorded
from vafa.kit.problems import Problem
from vafa.orders.models import Order
from vafa.promises.actions import break_overdue, cancel_promise, make_promise
from vafa.promises.models import Promise, State
from vafa.promises.queries import events_of, faults
from vafa.shop.queries import the_shop

pytestmark = pytest.mark.django_db
PLACED = datetime(2026, 5, 4, 8, tzinfo=UTC)
DUE = date(2026, 5, 6)
LATER = PLACED + timedelta(days=30)
many = settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])


def after(hours: float) -> datetime:
    return PLACED + timedelta(hours=hours)


def event(hours: float, status: str, number: str = "RX-1", **more: str) -> TrackingRow:
    return TrackingRow("post", after(hours), Status(status), tracking_number=number, place="Tehran", **more)


def an_order(number: str = "A1") -> Order:
    return Order.objects.create(number=number, placed_at=PLACED)


def a_promise(number: str = "A1") -> Promise:
    return make_promise(
        kind="delivery", key=f"test:{number}", subject_type="order", subject_ref=number, party_ref="C-1",
        text={"en": "by Wednesday"}, due_on=DUE, zone="Asia/Tehran", at=PLACED,
    )  # fmt: skip


def tell(*rows: TrackingRow) -> Recorded:
    return record_events(rows, at=LATER)


def outcome() -> list[tuple[object, ...]]:
    """Everything that must not depend on the order in which things were told."""
    parcels = Parcel.objects.order_by("number_key").values_list(
        "number_key", "status", "reason", "handed_over_at", "delivered_at", "last_seen_at"
    )
    promises = Promise.objects.order_by("key").values_list("key", "state", "fulfilled_at", "margin_days")
    return [*parcels, *promises]


def test_events_bring_a_parcel_and_its_promise_to_their_end():
    a_promise(an_order().number)
    record_parcels([ParcelRow("A1", tracking_number="rx 1")])
    told = [event(4, "picked_up"), event(20, "in_transit"), event(50, "delivered")]
    assert tell(*told) == Recorded(created=3)
    parcel, promise = Parcel.objects.get(), Promise.objects.get()
    assert (parcel.status, parcel.handed_over_at, parcel.delivered_at) == ("delivered", after(4), after(50))
    assert (promise.state, promise.fulfilled_at) == (State.KEPT, after(50))


def test_told_again_nothing_is_written():
    a_promise(an_order().number)
    record_parcels([ParcelRow("A1", tracking_number="RX1")])
    tell(event(50, "delivered"))
    assert tell(event(50, "delivered"), event(50, "delivered")) == Recorded(unchanged=2)
    assert [each.kind for each in events_of(Promise.objects.get())] == ["made", "kept"]


def test_events_wait_for_their_parcel():
    tell(event(4, "picked_up"), event(50, "delivered"))
    a_promise(an_order().number)
    record_parcels([ParcelRow("A1", tracking_number="RX1")])
    assert Parcel.objects.get().delivered_at == after(50)
    follow(["A1"], at=LATER)
    assert Promise.objects.get().state == State.KEPT


def test_an_event_that_names_its_order_brings_the_parcel_into_the_world():
    an_order()
    tell(event(4, "picked_up", order_number="A1", carrier="post"))
    parcel = Parcel.objects.get()
    assert (parcel.order.number, parcel.tracking_number, parcel.carrier) == ("A1", "RX-1", "post")
    assert (parcel.position, parcel.status) == (0, "picked_up")


def test_an_event_may_name_an_order_only():
    an_order()
    tell(event(4, "picked_up", number="", order_number="A1"), event(9, "delivered", number="", order_number="A1"))
    assert Parcel.objects.get().delivered_at == after(9)


def test_an_order_of_two_parcels_is_delivered_with_the_last_of_them():
    order = an_order()
    a_promise()
    record_parcels([ParcelRow("A1", tracking_number="RX1")])
    add_parcel(order, tracking_number="RX2")
    tell(event(2, "picked_up"), event(30, "delivered"), event(2, "picked_up", "RX2"))
    assert Promise.objects.get().state == State.OPEN
    tell(event(90, "delivered", "RX2"))
    promise = Promise.objects.get()
    assert (promise.state, promise.fulfilled_at) == (State.BROKEN, after(90))


def test_the_history_counts_an_order_of_two_parcels_once_and_with_the_last():
    order = an_order()
    add_parcel(order, tracking_number="RX1")
    add_parcel(order, tracking_number="RX2")
    tell(event(2, "picked_up"), event(30, "delivered"), event(5, "picked_up", "RX2"), event(90, "delivered", "RX2"))
    [shipment] = shipments(the_shop())
    assert (shipment.handed_over_at, shipment.delivered_at) == (after(2), after(90))


def test_proof_that_comes_after_the_promise_was_broken_corrects_it():
    a_promise(an_order().number)
    record_parcels([ParcelRow("A1", tracking_number="RX1")])
    break_overdue(LATER)
    tell(event(50, "delivered"))
    promise = Promise.objects.get()
    assert (promise.state, promise.corrected) == (State.KEPT, True)


def test_a_number_that_is_used_again_a_year_later_belongs_to_the_new_order():
    an_order()
    record_parcels([ParcelRow("A1", tracking_number="RX1")])
    Order.objects.create(number="B1", placed_at=PLACED + timedelta(days=365))
    tell(event(365 * 24 + 5, "picked_up", order_number="B1"))
    statuses = dict(Parcel.objects.values_list("order__number", "status"))
    assert statuses == {"A1": "pending", "B1": "picked_up"}


def test_what_an_export_tells_counts_beside_the_events():
    an_order()
    record_parcels([ParcelRow("A1", tracking_number="RX1", handed_over_at=after(3), delivered_at=after(40))])
    tell(event(4, "picked_up"), event(44, "delivered"))
    parcel = Parcel.objects.get()
    assert (parcel.handed_over_at, parcel.delivered_at) == (after(3), after(40))


def test_an_export_told_again_does_not_undo_what_events_tell():
    an_order()
    record_parcels([ParcelRow("A1", tracking_number="RX1", handed_over_at=after(6))])
    tell(event(4, "picked_up"), event(44, "delivered"))
    assert record_parcels([ParcelRow("A1", tracking_number="RX1", handed_over_at=after(6))]) == Recorded(unchanged=1)
    assert Parcel.objects.get().delivered_at == after(44)


def test_a_cancelled_promise_stays_cancelled():
    cancel_promise(a_promise(an_order().number), at=after(1))
    record_parcels([ParcelRow("A1", tracking_number="RX1")])
    tell(event(50, "delivered"))
    assert Promise.objects.get().state == State.CANCELLED


def test_a_parcel_is_added_once():
    order = an_order()
    assert add_parcel(order, tracking_number="RX-1") == add_parcel(order, tracking_number="rx1")
    with pytest.raises(Problem, match="letters or digits"):
        add_parcel(order, tracking_number=" -- ")
    assert Parcel.objects.count() == 1


def test_an_event_without_a_name_is_refused_and_nothing_is_written():
    with pytest.raises(ValueError, match="names"):
        tell(event(1, "picked_up"), event(2, "picked_up", number=""))
    with pytest.raises(ValueError, match="reason"):
        tell(event(1, "picked_up", reason="bad mood"))
    assert TrackingEvent.objects.count() == 0


TOLD = [
    event(2, "picked_up"),
    event(30, "delivered"),
    event(3, "in_transit", "RX2"),
    event(20, "on_hold", "RX2", reason="customs_delay"),
    event(70, "delivered", "RX2"),
]


def run_through(steps):
    """Let things happen in this order, in a shop of its own; what it comes to."""
    with transaction.atomic():
        order = an_order()
        a_promise()
        record_parcels([ParcelRow("A1", tracking_number="RX1")])
        for step in steps:
            if step == "second parcel":
                add_parcel(order, tracking_number="RX2")
                follow(["A1"], at=LATER)
            else:
                tell(*step)
        found = outcome()
        assert list(faults()) == []
        transaction.set_rollback(True)
    return found


def test_every_order_of_all_that_happens_comes_to_the_same():
    steps = [*([each] for each in TOLD), "second parcel"]
    ends = {repr(run_through(order)) for order in itertools.islice(itertools.permutations(steps), 0, 720, 9)}
    assert len(ends) == 1


@many
@given(
    st.lists(
        st.tuples(st.integers(0, 80), st.sampled_from([str(each) for each in Status]), st.sampled_from(["RX1", "RX2"])),
        min_size=1,
        max_size=6,
    ),
    st.randoms(use_true_random=False),
)
def test_any_events_doubled_and_reordered_come_to_the_same(db, drawn, chance):
    rows = [event(hours, status, number) for hours, status, number in drawn]
    steps = ["second parcel", *([row] for row in rows)]
    shuffled = [*steps, *([row] for row in rows[:2])]
    chance.shuffle(shuffled)
    assert run_through(shuffled) == run_through(steps)
    assert run_through(["second parcel", rows]) == run_through(steps)
