"""The simulated shop has orders of its own, placed as its visitors would."""

from __future__ import annotations

import pytest

from vafa.catalog.models import Stock
from vafa.catalog.tests import make as goods
from vafa.checkout.models import Basket, Hold, Purchase
from vafa.checkout.tests import make
from vafa.demo import rows
from vafa.demo.actions.ordering import place_own_orders
from vafa.demo.iran import CITIES
from vafa.orders.models import Order
from vafa.promises.models import Promise
from vafa.shop.actions import remember_places, save_settings

pytestmark = pytest.mark.django_db


def test_own_orders_are_placed_once_and_leave_something_to_decide():
    make.a_window()
    remember_places([rows.place(city) for city in CITIES])
    save_settings(simulated=True, stated_times=[{"place": "", "option": "", "seller": "", "days": 4}])
    for number in range(6):
        goods.book(f"book-{number}", pieces=60)
    placed = place_own_orders(at=make.NOON)
    assert placed >= 30
    assert place_own_orders(at=make.NOON) == 0
    assert Purchase.objects.filter(state="waiting").count() == 1
    assert sorted(set(Hold.objects.values_list("state", flat=True))) == ["open", "refused", "released"]
    assert Basket.objects.filter(state="open").count() >= 8
    assert Order.objects.filter(bill__isnull=False).count() == placed
    confirmations = Promise.objects.filter(kind="confirmation").values_list("state", flat=True)
    assert [*confirmations] == ["kept"] * placed
    assert not Stock.objects.filter(reserved__lt=0).exists()
