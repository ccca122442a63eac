from __future__ import annotations

from datetime import UTC, datetime

import pytest

from vafa.delivery.actions.parcels import ParcelRow, record_parcels
from vafa.delivery.models import Parcel
from vafa.kit.bulk import Recorded
from vafa.orders.actions import OrderRow, record_orders

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def orders() -> None:
    record_orders([OrderRow("A1", NOON), OrderRow("A2", NOON)])


def test_a_parcel_is_recorded_once_and_brought_up_to_date(orders):
    sent = [ParcelRow("A1", carrier="post", handed_over_at=NOON), ParcelRow("A2")]
    assert record_parcels(sent) == Recorded(created=2)
    assert record_parcels(sent) == Recorded(unchanged=2)
    assert record_parcels([ParcelRow("A1", delivered_at=NOON)]) == Recorded(updated=1)
    parcel = Parcel.objects.get(order__number="A1")
    assert (parcel.carrier, parcel.handed_over_at, parcel.delivered_at) == ("post", NOON, NOON)


def test_a_parcel_of_an_unknown_order_refuses_the_whole_batch(orders):
    with pytest.raises(LookupError):
        record_parcels([ParcelRow("A1"), ParcelRow("B7")])
    assert Parcel.objects.count() == 0
