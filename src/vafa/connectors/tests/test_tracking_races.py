"""Several workers at once, and an event that comes at the same moment as its parcel."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from vafa.connectors.actions.inbox import read_items, receive
from vafa.connectors.models import InboxItem, InboxState, Through
from vafa.connectors.tests.carrier import PLACED, a_promise, a_source, an_order, told
from vafa.delivery.actions.parcels import ParcelRow, record_parcels
from vafa.delivery.actions.tracking import follow
from vafa.delivery.models import Parcel, TrackingEvent
from vafa.orders.models import Order
from vafa.promises.models import Promise
from vafa.promises.queries import events_of

pytestmark = pytest.mark.django_db(transaction=True)


def apart(do, *given):
    """In a thread with a connection of its own."""
    try:
        return do(*given)
    finally:
        connection.close()


def test_four_workers_with_the_same_messages_do_them_once():
    a_promise(an_order().number)
    source = a_source()
    for hours, status in ((3, "picked_up"), (20, "in_transit"), (50, "delivered")):
        receive(source, told(status, hours), through=Through.WEBHOOK)
    keys = list(InboxItem.objects.values_list("pk", flat=True))
    with ThreadPoolExecutor(4) as workers:
        list(workers.map(lambda _number: apart(read_items, keys), range(4)))
    assert (TrackingEvent.objects.count(), InboxItem.objects.filter(state=InboxState.DONE).count()) == (3, 3)
    assert [event.kind for event in events_of(Promise.objects.get())] == ["made", "kept"]


def test_parcels_of_one_order_that_are_told_of_at_once_are_all_there():
    Order.objects.create(number="VF-30001", placed_at=PLACED)
    source = a_source()
    for number in range(6):
        receive(source, told("in_transit", 5, f"RX{number}", order="VF-30001"), through=Through.WEBHOOK)
    keys = list(InboxItem.objects.values_list("pk", flat=True))
    with ThreadPoolExecutor(3) as workers:
        list(workers.map(lambda key: apart(read_items, [key]), keys))
    assert sorted(Parcel.objects.values_list("position", "status")) == [(number, "in_transit") for number in range(6)]


def test_an_event_that_comes_while_its_parcel_is_being_written_is_not_overlooked(postgresql):
    Order.objects.create(number="VF-30001", placed_at=PLACED)
    source = a_source()
    receive(source, told("delivered"), through=Through.WEBHOOK)
    keys = list(InboxItem.objects.values_list("pk", flat=True))
    with transaction.atomic():
        record_parcels([ParcelRow("VF-30001", tracking_number="RX1")])
        with ThreadPoolExecutor(1) as worker:  # it sees no parcel yet, and the parcel sees no event
            worker.submit(apart, read_items, keys).result(timeout=60)
    assert Parcel.objects.get().status == "pending"
    follow(["VF-30001"])
    assert Parcel.objects.get().status == "delivered"
