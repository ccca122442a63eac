"""What leaves is what was ordered, once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from vafa.checkout.models import Hold
from vafa.delivery.models import Parcel
from vafa.fulfilment.actions.packing import pack, unpack
from vafa.fulfilment.actions.shipping import Leaving, send_parcel, take_parcel_back, tell_arrived
from vafa.fulfilment.models import OrderEvent, ParcelLine
from vafa.fulfilment.queries.listing import orders_in
from vafa.fulfilment.tests.make import BY, everything, keys, ordered, paid, promised, shelf, stocked
from vafa.kit.clock import now
from vafa.kit.problems import Problem
from vafa.messages.models import Message
from vafa.orders.models import Order, OrderLine
from vafa.promises.models import Promise, State

pytestmark = pytest.mark.django_db


def stage(order):
    return Order.objects.get(pk=order.pk).stage


def code_of(refused) -> str:
    return refused.value.code


def packed(order, **pieces):
    line = keys(order)
    return pack(order, {line[sku]: count for sku, count in pieces.items()} or everything(order), by=BY, at=now())


def test_an_order_is_packed_and_sent_whole():
    order = stocked(ordered())
    parcel = packed(order)
    assert stage(order) == "packed"
    send_parcel(parcel, Leaving("Post", "RX123456789IR"), by=BY, at=now())
    parcel.refresh_from_db()
    assert (stage(order), parcel.status, parcel.number_key) == ("sent", "picked_up", "RX123456789IR")
    assert (shelf("atlas"), shelf("novel")) == ((8, 0), (9, 0))
    assert [event.kind for event in OrderEvent.objects.all()] == ["packed", "sent"]


def test_the_customer_is_told_once_what_left_and_what_follows():
    order = ordered()
    parcel = packed(order, atlas=2)
    for _twice in range(2):
        send_parcel(parcel, Leaving("Post", "RX1"), by=BY, at=now())
    message = Message.objects.get(template="fulfilment.sent")
    assert {name: message.context[name] for name in ("items", "rest", "number")} == {
        "items": 2, "rest": 1, "number": "RX1",
    }  # fmt: skip


def test_a_part_that_arrived_is_not_the_order():
    order = ordered()
    promise = promised(order)
    parcel = packed(order, atlas=2)
    send_parcel(parcel, Leaving(), by=BY, at=now())
    tell_arrived(parcel, by=BY, at=now())
    promise.refresh_from_db()
    assert (stage(order), promise.state) == ("part", State.OPEN)
    rest = packed(order)
    send_parcel(rest, Leaving(), by=BY, at=now())
    tell_arrived(rest, by=BY, at=now())
    promise.refresh_from_db()
    assert (stage(order), promise.state) == ("arrived", State.KEPT)


def test_a_later_day_for_the_rest_is_a_revision_asked_by_the_shop():
    order = ordered()
    promise = promised(order)
    later = promise.due_on + timedelta(days=3)
    send_parcel(packed(order, novel=1), Leaving(rest_by=later), by=BY, at=now())
    promise.refresh_from_db()
    assert promise.state == State.REVISED
    assert Promise.objects.get(state=State.OPEN).due_on == later


def test_no_more_is_packed_than_is_wanted_and_nothing_is_written():
    order = ordered()
    packed(order, atlas=1)
    with pytest.raises(Problem) as refused:
        packed(order, atlas=2, novel=1)
    assert code_of(refused) == "packed-already"
    assert (Parcel.objects.count(), ParcelLine.objects.count()) == (1, 1)
    assert dict(order.lines.values_list("sku", "packed")) == {"atlas": 1, "novel": 0}


def test_the_database_refuses_to_pack_or_send_what_is_not_there():
    line = OrderLine.objects.filter(order=ordered(), sku="novel")
    for wrong in ({"packed": 2}, {"sent": 1}, {"packed": 1, "cancelled": 1}):
        with pytest.raises(IntegrityError), transaction.atomic():
            line.update(**wrong)


def test_nothing_is_no_parcel():
    with pytest.raises(Problem) as refused:
        pack(ordered(), {}, by=BY, at=now())
    assert code_of(refused) == "nothing"


@pytest.mark.parametrize(("kind", "code"), [("transfer", "not-paid"), ("cash", None)])
def test_an_order_that_waits_for_a_transfer_does_not_leave_one_paid_at_the_door_does(kind, code):
    order = ordered()
    paid(order, state="promised", kind=kind)
    if code is None:
        assert packed(order).position == 0
        return
    with pytest.raises(Problem) as refused:
        packed(order)
    assert (code_of(refused), Parcel.objects.count()) == (code, 0)


def test_a_parcel_is_unpacked_until_it_leaves():
    order = ordered()
    parcel = packed(order)
    for _twice in range(2):
        unpack(parcel, by=BY, at=now())
    assert (stage(order), Parcel.objects.count(), len(everything(order))) == ("to_pack", 0, 2)
    again = packed(order)
    send_parcel(again, Leaving(), by=BY, at=now())
    with pytest.raises(Problem) as refused:
        unpack(again, by=BY, at=now())
    assert (code_of(refused), Parcel.objects.count()) == ("has-left", 1)


def test_what_left_by_mistake_is_taken_back_with_its_stock():
    order = stocked(ordered())
    parcel = packed(order)
    send_parcel(parcel, Leaving("Post", "RX1"), by=BY, at=now())
    for _twice in range(2):
        take_parcel_back(parcel, by=BY, at=now())
    parcel.refresh_from_db()
    assert (stage(order), shelf("atlas"), parcel.handed_over_at) == ("packed", (10, 2), None)


def test_after_two_hours_a_parcel_is_gone():
    order = ordered()
    parcel = packed(order)
    send_parcel(parcel, Leaving(), by=BY, at=now())
    with pytest.raises(Problem) as refused:
        take_parcel_back(parcel, by=BY, at=now() + timedelta(hours=3))
    assert (code_of(refused), stage(order)) == ("too-late", "sent")


def test_two_parcels_of_an_order_do_not_have_one_number():
    order = ordered()
    first, second = packed(order, atlas=2), packed(order, novel=1)
    send_parcel(first, Leaving("Post", "RX 1"), by=BY, at=now())
    with pytest.raises(Problem) as refused:
        send_parcel(second, Leaving("Post", "rx1"), by=BY, at=now())
    assert (code_of(refused), stage(order)) == ("number-taken", "packed")


def test_an_order_that_is_held_for_a_check_is_not_packed_until_it_is_released():
    order = ordered()
    hold = Hold.objects.create(
        order_number=order.number, made_at=now(), due_at=now() + timedelta(hours=4), ending="release"
    )
    with pytest.raises(Problem) as refused:
        packed(order)
    assert (code_of(refused), Parcel.objects.count()) == ("held", 0)
    assert [list(orders_in(tab)) for tab in ("held", "to_pack")] == [[order], []]
    Hold.objects.filter(pk=hold.pk).update(state="released", decided_at=now(), decided_by="aram")
    assert list(orders_in("to_pack")) == [order]
    assert packed(order).position == 0
