"""Whatever people press in whatever order: the books agree with each other after every step."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vafa.fulfilment.actions.cancelling import cancel_order, give_back
from vafa.fulfilment.actions.crediting import GivenBack
from vafa.fulfilment.actions.packing import pack, unpack
from vafa.fulfilment.actions.shipping import Leaving, send_parcel, take_parcel_back
from vafa.fulfilment.models import Credit, Packing, ParcelLine
from vafa.fulfilment.tests.make import BY, ordered, paid, shelf, stocked
from vafa.kit.clock import now
from vafa.kit.problems import Problem
from vafa.orders.actions.packing import stage_of
from vafa.orders.models import Order, OrderLine
from vafa.payments.models import Payment

STEPS = st.tuples(
    st.sampled_from(["pack", "unpack", "send", "take_back", "waiting", "had_left", "cancel"]),
    st.integers(0, 1),
    st.integers(1, 2),
)


def press(order, step, which, pieces) -> None:
    line = order.lines.all()[which]
    parcels = [packing.parcel for packing in Packing.objects.order_by("pk").select_related("parcel__order")]
    if step == "pack":
        pack(order, {line.pk: pieces}, by=BY, at=now())
    elif step in {"unpack", "send", "take_back"}:
        for parcel in parcels[which : which + 1]:
            {
                "unpack": unpack,
                "send": lambda parcel, **said: send_parcel(parcel, Leaving(), **said),
                "take_back": take_parcel_back,
            }[step](parcel, by=BY, at=now() + timedelta(minutes=1))
    elif step == "cancel":
        cancel_order(order, why="customer", by=BY, at=now())
    else:
        give_back(order, GivenBack("other", **{step: {line.pk: pieces}}), by=BY, at=now())


def require_agreement(order) -> None:
    lines, packed = list(OrderLine.objects.filter(order=order)), Counter()
    for pk, count in ParcelLine.objects.values_list("line_id", "quantity"):
        packed[pk] += count
    for line in lines:
        assert 0 <= line.sent <= line.packed <= line.wanted
        assert line.packed == packed[line.pk]
        assert shelf(line.sku) == (10 - line.sent, line.wanted - line.sent)
    told = Order.objects.get(pk=order.pk)
    assert told.stage == stage_of(lines)
    assert told.cancelled == (not any(line.wanted for line in lines))
    given_back = sum(Credit.objects.values_list("total_minor", flat=True))
    assert Payment.objects.get().owed_back_minor == given_back <= order.bill.total_minor


@pytest.mark.django_db
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEPS, max_size=8))
def test_the_books_agree_after_every_step(db, steps):
    with transaction.atomic():
        order = stocked(ordered())
        paid(order)
        for step in steps:
            with suppress(Problem):  # a refusal; anything else is a fault
                press(order, *step)
            require_agreement(order)
        transaction.set_rollback(True)
