"""A carrier strikes: its parcels stay where they are, the others go on, and afterwards all of them arrive."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from vafa.delivery.actions.slipping import find_slips
from vafa.delivery.actions.watching import watch
from vafa.delivery.models import Parcel, Slip, TrackingEvent
from vafa.demo.actions import begin_strike, build_shop, end_strike
from vafa.demo.carriers import POST, TIPAX
from vafa.demo.events import Year
from vafa.demo.models import Strike
from vafa.demo.queries import running_strike
from vafa.demo.simulation import ZONE, imagine
from vafa.demo.standstills import REASON, Standstill, story
from vafa.demo.tests.make import SMALL, small_shop
from vafa.demo.tests.test_living import DAY, facts, live, the_shop_has_its_own_time
from vafa.jobs.models import Job
from vafa.kit import clock
from vafa.kit.problems import Problem
from vafa.shop.actions import save_settings

pytestmark = pytest.mark.django_db
__all__ = ["the_shop_has_its_own_time"]
STOP = Standstill(POST.name, SMALL.until, SMALL.until + 5 * DAY)
LATER = replace(SMALL, lived=6)
LONG = SMALL.until + 400 * DAY
YEAR = Year(SMALL.first_day, LATER.today)


def posted():
    return [each for each in imagine(LATER) if each.carrier == POST.name and each.delivered_at]


def test_what_was_before_the_strike_stays_and_what_comes_comes_after_it():
    for each in posted():
        struck = story(each, [STOP], YEAR).order
        for before, after in ((each.handed_over_at, struck.handed_over_at), (each.delivered_at, struck.delivered_at)):
            assert after == before if before < STOP.begins_at else after >= STOP.ends_at


def test_after_a_strike_too_nobody_delivers_on_a_day_off():
    struck = [story(each, [STOP], YEAR).order.delivered_at for each in posted()]
    moved = [at for at in struck if at >= STOP.ends_at]
    assert len(moved) >= 5
    assert all(YEAR.carriers_work(at.astimezone(ZONE).date()) for at in moved)


def test_other_carriers_do_not_notice():
    for each in imagine(LATER):
        if each.carrier != POST.name:
            assert story(each, [STOP], YEAR) == story(each, [], YEAR)


def test_a_strike_that_ends_early_contradicts_nothing_that_was_seen():
    early = replace(STOP, ends_at=SMALL.until + 2 * DAY)
    for each in posted():
        seen, now = story(each, [STOP], YEAR), story(each, [early], YEAR)
        assert seen.told_until(early.ends_at) == now.told_until(early.ends_at)


def test_while_the_carrier_stands_still_nothing_of_it_arrives():
    small_shop()
    begin_strike("post", days=7)
    before = Parcel.objects.filter(carrier=POST.name, delivered_at__isnull=False).count()
    others = Parcel.objects.exclude(carrier=POST.name).filter(delivered_at__isnull=False).count()
    live(3)
    assert Parcel.objects.filter(carrier=POST.name, delivered_at__isnull=False).count() == before
    assert Parcel.objects.exclude(carrier=POST.name).filter(delivered_at__isnull=False).count() > others


def test_of_what_it_has_or_was_to_fetch_it_says_so_at_once():
    small_shop()
    begin_strike("post", days=5)
    told = TrackingEvent.objects.filter(reason=REASON, carrier=POST.name)
    waiting = [
        each
        for each in imagine(SMALL)
        if each.carrier == POST.name
        and each.placed_at < SMALL.until
        and each.handed_over_at
        and (each.delivered_at or LONG) >= Strike.objects.get().begins_at
    ]
    assert sorted(told.values_list("order_number", flat=True)) == sorted(each.number for each in waiting)
    assert {each.at for each in told} == {Strike.objects.get().begins_at}
    before = set(told.values_list("key", flat=True))
    live(1)
    assert set(told.filter(order_number__in=[each.number for each in waiting]).values_list("key", flat=True)) == before


@pytest.mark.parametrize("carrier", [TIPAX, POST])
def test_the_one_alert_of_a_strike_names_the_carrier(carrier):
    build_shop(replace(SMALL, orders_a_day=12.0))
    assert [slip.common for slip in find_slips()] == []
    begin_strike({TIPAX: "tipax", POST: "post"}[carrier], days=5)
    watch(everything=True)
    (slip,) = Slip.objects.all()
    assert slip.common["carrier"] == carrier.name
    assert "origin" not in slip.common


def test_when_it_ends_what_had_waited_arrives():
    small_shop()
    begin_strike("post", days=30)
    live(2)
    waiting = set(
        Parcel.objects.filter(carrier=POST.name, delivered_at=None, handed_over_at__isnull=False).values_list(
            "order__number", flat=True
        )
    )
    assert waiting
    assert end_strike()
    assert not end_strike()
    live(12)
    there = Parcel.objects.filter(order__number__in=waiting, delivered_at__isnull=False)
    assert there.count() >= len(waiting) - 1  # one of them may be lost


def test_pressed_twice_it_is_one_strike_and_a_second_carrier_is_refused():
    small_shop()
    first = begin_strike("post", days=5)
    events = facts()
    assert begin_strike("post", days=5) == first
    with pytest.raises(Problem) as refused:
        begin_strike("tipax", days=5)
    assert refused.value.code == "strike-running"
    assert facts() == events
    assert running_strike(clock.now()) == first


@pytest.mark.parametrize(("carrier", "days", "code"), [("dhl", 5, "unknown-carrier"), ("post", 0, "out-of-range")])
def test_what_cannot_be_is_refused_with_a_sentence(carrier, days, code):
    small_shop()
    with pytest.raises(Problem) as refused:
        begin_strike(carrier, days=days)
    assert refused.value.code == code
    assert not Strike.objects.exists()


def test_while_days_go_by_carriers_stay_as_they_are():
    small_shop()
    Job.objects.create(task="demo.tick", asked_at=clock.now(), free_at=clock.now())
    for refused in (lambda: begin_strike("post", days=5), end_strike):
        with pytest.raises(Problem) as problem:
            refused()
        assert problem.value.code == "time-moves"
    assert not Strike.objects.exists()


def test_no_carrier_of_a_real_shop_strikes():
    save_settings(name="Aram's books")
    for refused in (lambda: begin_strike("post", days=5), end_strike):
        with pytest.raises(Problem) as problem:
            refused()
        assert problem.value.code == "not-a-demo"


def test_a_strike_lasts_no_longer_than_was_said():
    small_shop()
    strike = begin_strike("post", days=3)
    assert strike.ends_at - strike.begins_at == timedelta(days=3)
    live(4)
    assert running_strike(clock.now()) is None
