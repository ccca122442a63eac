"""Days go by: the same ones for everybody, once, also after a kill, and nothing is seen before its time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.db.models import Max

from vafa.agreements.models import DownSpell, ProbeHour
from vafa.delivery.models import Parcel, TrackingEvent
from vafa.demo import rows
from vafa.demo.actions import ask_tick, build_shop, empty_simulated_shop, living
from vafa.demo.models import Build
from vafa.demo.queries import today_at
from vafa.demo.simulation import Scenario, digest, imagine, known, simulate
from vafa.demo.tests.make import SMALL, small_shop
from vafa.jobs.models import Job
from vafa.kit import clock
from vafa.kit.problems import Problem
from vafa.messages.models import Message
from vafa.orders.models import Order, Review
from vafa.promises.models import Promise, PromiseEvent
from vafa.shop.actions import move_clock, save_settings
from vafa.shop.models import Shop
from vafa.shop.queries.moved import clock_moved

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def the_shop_has_its_own_time(monkeypatch) -> Iterator[None]:
    """Noon (UTC) of the day up to which the small shop is built, moved by what the shop says."""
    monkeypatch.setattr(clock, "real_now", lambda: SMALL.until + timedelta(hours=3))
    monkeypatch.setattr(clock, "FRESH", 0)
    clock.follow(clock_moved)
    yield
    clock.follow(None)


def live(days: int, work=lambda: None) -> int:
    return living.live_until(SMALL.last_day + days * DAY, days_work=work, progress=lambda share, note: None)


def facts() -> list[list[tuple]]:
    """All that the simulation decides, without what the machine adds (numbers of rows, random ids, real time)."""
    parcels = ("order__number", "carrier", "tracking_number", "handed_over_at", "delivered_at", "status")
    confirmations = Message.objects.filter(template="orders.confirmed")  # others name rows by their random ids
    promises = ("subject_ref", "due_on", "state", "made_at", "fulfilled_at", "probability", "party_ref")
    return [
        sorted(Order.objects.values_list("number", "placed_at", "cancelled_at", "customer_ref", "price_minor")),
        sorted(map(str, Parcel.objects.values_list(*parcels))),
        sorted(map(str, Promise.objects.values_list(*promises))),
        sorted(TrackingEvent.objects.values_list("key", "status", "reason", "at", "place")),
        sorted(map(str, Review.objects.values_list("order__number", "stars", "given_at"))),
        sorted(map(str, confirmations.values_list("key", "customer_ref", "context"))),
        sorted(ProbeHour.objects.values_list("hour", "checks", "up", "milliseconds")),
        sorted(map(str, PromiseEvent.objects.values_list("promise__subject_ref", "kind", "step", "at"))),
    ]


def test_a_longer_life_has_all_the_rows_of_a_shorter_one_and_what_became_of_them():
    longer = replace(SMALL, lived=5)
    seen_before = [known(each, SMALL.until) for each in imagine(longer) if each.placed_at < SMALL.until]
    assert digest(seen_before) == digest(simulate(SMALL))


def test_a_day_brings_what_the_simulation_says():
    small_shop()
    assert live(1) == 1
    then = simulate(replace(SMALL, lived=1))
    assert Order.objects.count() == len(then) > len(simulate(SMALL))
    delivered = dict(Parcel.objects.exclude(delivered_at=None).values_list("order__number", "delivered_at"))
    assert delivered == {o.number: o.delivered_at for o in then if o.delivered_at}
    assert Order.objects.filter(cancelled=True).count() == sum(o.cancelled_at is not None for o in then)
    assert Promise.objects.filter(root=None, kind=rows.KIND).count() == len(then)


def test_new_orders_are_promised_by_quotes_and_confirmed_to_their_customers():
    small_shop()
    live(1)
    new = [o for o in simulate(replace(SMALL, lived=1)) if o.placed_at >= SMALL.until]
    assert len(new) >= 1
    promises = Promise.objects.filter(subject_ref__in=[o.number for o in new])
    assert {p.origin for p in promises} == {"quote"}
    confirmed = Message.objects.filter(template="orders.confirmed", created_at__gte=SMALL.until)
    assert set(confirmed.values_list("about", flat=True)) == {f"order:{o.number}" for o in new}


def test_it_is_the_next_day_then():
    small_shop()
    assert today_at(clock.now()) == SMALL.last_day
    live(3)
    assert today_at(clock.now()) == SMALL.last_day + 3 * DAY
    assert Shop.objects.get().clock_moved == 3 * DAY


def test_a_day_that_real_time_has_reached_by_itself_is_lived_without_moving_the_clock(monkeypatch):
    small_shop()
    monkeypatch.setattr(clock, "real_now", lambda: SMALL.until + timedelta(hours=27))
    live(1)
    assert Shop.objects.get().clock_moved == timedelta(0)
    assert Build.objects.get().today == SMALL.last_day + DAY


def test_nothing_of_the_future_is_in_any_room():
    small_shop()
    live(2)
    until = SMALL.until + 2 * DAY
    for model, *columns in (
        (Order, "placed_at", "cancelled_at"),
        (Parcel, "handed_over_at", "delivered_at", "last_seen_at"),
        (TrackingEvent, "at", "recorded_at"),
        (Review, "given_at"),
        (Promise, "made_at", "fulfilled_at", "settled_at"),
        (PromiseEvent, "at"),
        (ProbeHour, "hour"),
        (DownSpell, "began_at", "ended_at"),
    ):
        for column in columns:
            newest: datetime | None = model.objects.aggregate(newest=Max(column))["newest"]
            assert newest is None or newest <= until, (model, column)


def test_two_shops_that_lived_the_same_days_are_alike():
    small_shop()
    live(3)
    first = facts()
    with transaction.atomic():
        empty_simulated_shop()
    build_shop(SMALL)
    live(1)
    live(3)
    assert facts() == first


def test_a_day_asked_for_twice_is_lived_once():
    small_shop()
    live(2)
    before = facts()
    assert live(2) == 0
    assert facts() == before
    assert Shop.objects.get().clock_moved == 2 * DAY


def test_a_day_written_twice_is_there_once():
    build = small_shop()
    living.write_down(build.scenario_after(1))
    before = facts()
    living.write_down(build.scenario_after(1))
    assert facts() == before


@pytest.mark.parametrize("broken", ["record_parcels", "record_events", "_promise", "record_reviews", "move_clock"])
def test_a_day_that_was_killed_halfway_ends_as_if_nothing_had_happened(monkeypatch, broken):
    small_shop()
    live(2)
    whole = facts()
    with transaction.atomic():
        empty_simulated_shop()
    small_shop()

    def pull_the_plug(*_args, **_more):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(living, broken, pull_the_plug)
        with pytest.raises(KeyboardInterrupt):
            live(2)
    assert today_at(clock.now()) == SMALL.last_day
    live(2)
    assert facts() == whole
    assert Shop.objects.get().clock_moved == 2 * DAY


def test_the_work_of_a_day_is_done_once_a_day_and_again_where_it_was_killed():
    small_shop()
    days: list[date] = []

    def work() -> None:
        days.append(today_at(clock.now()))
        if len(days) == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        live(3, work)
    assert Build.objects.get().days_lived == 2
    live(3, work)
    assert [(day - SMALL.last_day).days for day in days] == [1, 2, 2, 3]


def test_more_than_ninety_days_at_once_are_refused():
    small_shop()
    waiting = Job.objects.count()
    with pytest.raises(Problem) as refused:
        ask_tick(SMALL.last_day + 91 * DAY)
    assert (refused.value.code, Job.objects.count()) == ("too-far", waiting)


def test_the_clock_of_a_real_shop_is_never_moved():
    save_settings(name="Aram's books")
    for refused, code in ((lambda: ask_tick(SMALL.last_day), "not-a-demo"), (lambda: move_clock(DAY), "not-simulated")):
        with pytest.raises(Problem) as problem:
            refused()
        assert problem.value.code == code
    with pytest.raises(IntegrityError), transaction.atomic():
        Shop.objects.update(clock_moved=DAY)
    assert clock.now() == clock.real_now()


def test_rows_say_what_is_known_and_never_that_an_order_was_not_cancelled():
    """A worker that was taken for dead and writes an older day must not undo a newer one."""
    assert {rows.order(each).cancelled for each in simulate(SMALL)} == {True, None}


def test_a_year_later_the_days_still_come():
    later = Scenario(SMALL.last_day, days=30, orders_a_day=1.0, lived=400)
    assert max(each.placed_at for each in simulate(later)) > later.until - 3 * DAY
