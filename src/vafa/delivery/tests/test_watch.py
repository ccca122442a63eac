"""Open promises are watched: looked at again when something happens and by the hour; settled ones no more."""

from datetime import timedelta

import pytest

from vafa.delivery.actions.estimating import estimate_all, estimate_due
from vafa.delivery.actions.parcels import ParcelRow, record_parcels
from vafa.delivery.actions.tracking import TrackingRow, record_events
from vafa.delivery.actions.watching import watch
from vafa.delivery.models import Parcel, ToWatch, Watched
from vafa.delivery.queries import pooled
from vafa.delivery.tests.make import NOW, a_shop, orders, promised
from vafa.engine.parcel_state import Status
from vafa.orders.models import Order
from vafa.promises.actions import settle_promise
from vafa.shop.actions import save_settings

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def shop(monkeypatch):
    monkeypatch.setattr(pooled, "_quick", None)  # each test has a history of its own
    a_shop()
    orders(120)


def test_each_open_promise_has_one_estimate(shop):
    promised("W1", days=9)
    promised("W2", days=2, placed=NOW - 10 * DAY, handed=NOW - 9 * DAY)
    assert estimate_all(at=NOW) == 2
    good, bad = Watched.objects.order_by("promise_id")
    assert good.probability > 0.9
    assert bad.probability == 0.0
    assert bad.reasons[0] == {"code": "overdue", "days": 8}
    assert (bad.region, bad.carrier, bad.at) == ("Fars", "post", NOW)
    assert bad.loss_minor == 200_000


def test_what_was_looked_at_within_the_hour_is_left_alone(shop):
    promised()
    assert estimate_due(at=NOW) == 1
    assert estimate_due(at=NOW + timedelta(minutes=59)) == 0
    assert estimate_due(at=NOW + timedelta(minutes=60)) == 1


def test_what_something_happened_to_is_looked_at_at_once(shop):
    promised("W1")
    promised("W2")
    estimate_due(at=NOW)
    record_parcels([ParcelRow("W1", handed_over_at=NOW - timedelta(hours=2))])
    assert ToWatch.objects.count() == 1
    assert estimate_due(at=NOW + timedelta(minutes=1)) == 1
    assert ToWatch.objects.count() == 0
    assert Watched.objects.get(promise__subject_ref="W1").handed_on == NOW.date()


def test_a_settled_promise_is_no_longer_watched(shop):
    promise = promised()
    watch(at=NOW)
    settle_promise(promise, fulfilled_at=NOW, at=NOW)
    watch(at=NOW)
    assert Watched.objects.count() == 0


def test_a_tracking_event_calls_the_watch(shop):
    promised("W1", handed=NOW - DAY)
    estimate_due(at=NOW)
    held = TrackingRow("test", NOW, Status.ON_HOLD, order_number="W1", reason="customs_delay")
    record_events([held], at=NOW)
    assert list(ToWatch.objects.values_list("order_number", flat=True)) == ["W1"]
    estimate_due(at=NOW + timedelta(minutes=1))
    reasons = Watched.objects.get().reasons
    assert {"code": "exception", "status": "on_hold", "reason": "customs_delay"} in reasons


def test_what_happens_to_orders_without_an_open_promise_calls_nobody(shop):
    record_parcels([ParcelRow("A0", handed_over_at=NOW)])
    assert ToWatch.objects.count() == 0


def test_an_overdue_hand_over_is_a_reason_with_its_days(shop):
    promised("W1", days=9, placed=NOW - 5 * DAY)
    estimate_all(at=NOW)
    assert Watched.objects.get().reasons[0] == {"code": "hand_over_overdue", "days": 4, "usual": 0.8}


def test_a_promise_of_a_cancelled_order_is_not_judged(shop):
    promised()
    Order.objects.filter(number="W1").update(cancelled=True, cancelled_at=NOW)
    assert estimate_all(at=NOW) == 0


def test_a_promise_whose_order_nobody_recorded_is_judged_by_its_place(shop):
    promised()
    Order.objects.filter(number="W1").delete()
    estimate_all(at=NOW)
    assert 0 < Watched.objects.get().probability < 1


def test_a_look_later_knows_that_nothing_has_come(shop):
    promised("W1", days=4)
    estimate_all(at=NOW)
    first = Watched.objects.get().probability
    estimate_all(at=NOW + 2 * DAY)
    assert Watched.objects.get().probability < first


def test_what_says_a_little_is_a_reason_where_nothing_grave_is_known(shop):
    save_settings(holidays_added=[(NOW + DAY).date().isoformat()])
    promised("W1", days=3, placed=NOW - timedelta(hours=7))
    promised("W2", days=9, placed=NOW - timedelta(hours=9))
    estimate_all(at=NOW)
    soon, far = Watched.objects.order_by("promise_id")
    assert soon.probability < 0.8
    assert soon.reasons == [{"code": "holidays_ahead", "days": 1}, {"code": "not_handed_over", "days": 3}]
    assert far.probability > 0.9
    assert far.reasons == []


def test_what_arrived_late_says_so_until_its_promise_is_settled(shop):
    promised("W1", days=2, placed=NOW - 9 * DAY, handed=NOW - 8 * DAY)
    Parcel.objects.filter(order__number="W1").update(delivered_at=NOW - DAY)
    estimate_all(at=NOW)
    assert Watched.objects.get().reasons == [{"code": "arrived_late", "days": 6}]
