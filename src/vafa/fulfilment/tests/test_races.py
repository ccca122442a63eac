"""Several people at one order at the same moment."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from vafa.delivery.models import Parcel
from vafa.fulfilment.actions.cancelling import cancel_order
from vafa.fulfilment.actions.packing import pack
from vafa.fulfilment.actions.papers import write_invoice
from vafa.fulfilment.actions.shipping import Leaving, send_parcel
from vafa.fulfilment.models import Credit, Invoice, OrderEvent
from vafa.fulfilment.tests.make import BY, everything, ordered, shelf, stocked
from vafa.kit.clock import now
from vafa.kit.problems import Problem
from vafa.orders.models import OrderLine

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts):
    def run(act):
        try:
            act()
        except Problem as refused:
            return refused.code
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(len(acts)) as pool:
        return sorted(pool.map(run, acts))


def test_of_six_packers_one_packs():
    order = ordered()
    all_of_it = everything(order)
    found = at_once(*[lambda: pack(order, all_of_it, by=BY, at=now())] * 6)
    assert found == ["done", *["packed-already"] * 5]
    assert Parcel.objects.count() == 1


def test_a_parcel_that_six_send_leaves_once():
    order = stocked(ordered())
    parcel = pack(order, everything(order), by=BY, at=now())
    assert at_once(*[lambda: send_parcel(parcel, Leaving(), by=BY, at=now())] * 6) == ["done"] * 6
    assert (shelf("atlas"), OrderEvent.objects.filter(kind="sent").count()) == ((8, 0), 1)


def test_an_order_is_either_packed_or_cancelled():
    order = ordered()
    all_of_it = everything(order)
    at_once(
        lambda: pack(order, all_of_it, by=BY, at=now()),
        lambda: cancel_order(order, why="customer", by="customer", at=now()),
    )
    assert Credit.objects.count() == 1  # who cancels second unpacks first
    assert not OrderLine.objects.exclude(cancelled__gt=0, packed=0).exists()


def test_invoices_of_many_orders_written_at_once_are_numbered_without_a_gap():
    orders = [ordered(f"V-{number}") for number in range(8)]
    acts = [lambda order=order: write_invoice(order, by=BY, at=now()) for order in [*orders, *orders]]
    assert at_once(*acts) == ["done"] * 16
    assert sorted(Invoice.objects.values_list("number", flat=True)) == list(range(1, 9))
