"""One more day of the simulated shop: what happens on it is written down, then the shop's own time moves on.

Everything is written through the rooms' own actions and may be written again: a day that was interrupted is gone
through once more and ends as if nothing had happened. The day counts, and the clock moves, in one conditional update.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from vafa.customers.actions import remember_customers
from vafa.delivery.actions.parcels import record_parcels
from vafa.delivery.actions.promising import Wanted, promise_from_quote
from vafa.delivery.actions.quotes import make_quote
from vafa.delivery.actions.tracking import follow, record_events
from vafa.demo import people, rows
from vafa.demo.actions.agreeing import keep_asking
from vafa.demo.actions.apologising import apologise_in_time
from vafa.demo.actions.shelving import take_in
from vafa.demo.events import Year
from vafa.demo.models import Build
from vafa.demo.queries import finished_build, standstills, today_at
from vafa.demo.simulation import Scenario, SimulatedOrder, imagine, known
from vafa.demo.standstills import DAY, Story, story
from vafa.kit import clock
from vafa.kit.formats import format_date
from vafa.kit.problems import Problem
from vafa.messages.actions import send
from vafa.messages.purposes import Purpose
from vafa.orders.actions import record_orders, record_reviews
from vafa.promises.actions import cancel_promise, make_promise, tell_of_promise
from vafa.promises.models import Promise, State
from vafa.shop.actions import move_clock

TEMPLATE = "orders.confirmed"
CHUNK = 200
Progress = Callable[[float, str], None]


def live_until(day: date, *, days_work: Callable[[], None], progress: Progress) -> int:
    """Live the days up to `day`, one by one, each with the work that a shop's day brings; how many there were.

    A day that is lived already is not lived again: asking twice, or again after a kill, is safe.
    """
    build = finished_build()
    days, first = (day - build.last_day).days, build.days_worked
    while (build := finished_build()).days_worked < days:
        note = _("Living the day %(day)s") % {"day": format_date(build.last_day + DAY * (build.days_worked + 1))}
        progress((build.days_worked - first) / (days - first), note)
        if build.days_lived == build.days_worked:
            live_next_day(build)
            progress((build.days_worked - first + 0.5) / (days - first), note)
        days_work()
        apologise_in_time(clock.now())
        Build.objects.filter(pk=1, days_lived=build.days_worked + 1, days_worked=build.days_worked).update(
            days_worked=F("days_lived")
        )
    return max(days - first, 0)


def live_next_day(build: Build) -> None:
    """Write down what happens until 09:00 of the next day; then it is that day."""
    write_down(build.scenario_after(1))
    _move_on(build)


@transaction.atomic
def _move_on(build: Build) -> None:
    """Whoever comes second finds the day counted, and moves nothing."""
    before = Build.objects.filter(pk=1, days_lived=build.days_lived)
    if not before.update(days_lived=build.days_lived + 1):
        return
    behind = (build.today + DAY - today_at(clock.now())).days
    if behind > 0:  # else real time has come so far by itself
        move_clock(timedelta(days=behind))


def write_down(scenario: Scenario) -> None:
    """Bring every room to what is known at the end of `scenario`, from what it was a day before."""
    since, until = scenario.until - DAY, scenario.until
    year, stops = Year(scenario.first_day, scenario.today), standstills(until)
    stories = [story(each, stops, year) for each in imagine(scenario)]
    happening = [each for each in stories if each.ends_at >= since]
    for first in range(0, len(happening), CHUNK):
        _write(happening[first : first + CHUNK], until)
    take_in(scenario.today, at=until)
    keep_asking(scenario)


def _write(stories: Sequence[Story], until: datetime) -> None:
    orders = [known(each.order, until) for each in stories]
    remember_customers([people.person(each.customer, each.city) for each in orders], at=until)
    record_orders([rows.order(each) for each in orders])
    promised = set(Promise.objects.filter(**_of_orders(orders)).values_list("subject_ref", flat=True))
    for each in orders:
        if each.number not in promised:
            _promise(each)
    _cancel([each for each in orders if each.cancelled_at])
    record_parcels([rows.parcel(each) for each in orders])
    follow([each.number for each in orders], at=until)
    record_events([row for each in stories for row in each.told_until(until)], at=until)
    record_reviews([rows.review(each) for each in orders if each.stars])


def _of_orders(orders: Sequence[SimulatedOrder]) -> dict[str, object]:
    return {"kind": rows.KIND, "subject_type": rows.SUBJECT, "subject_ref__in": [each.number for each in orders]}


@transaction.atomic
def _promise(of: SimulatedOrder) -> None:
    """A new order is promised as Vafa's shops do, and its customer has it in writing."""
    promise = _promised(of)
    send(
        key=f"{TEMPLATE}:{of.number}",
        purpose=Purpose.ORDER,
        template=TEMPLATE,
        customer_ref=of.customer,
        context={
            "order": of.number,
            "total": [rows.rials(of.basket.price_toman + of.fee_toman), "IRR"],
            "items": len(of.basket.titles),
            "due_on": promise.due_on.isoformat(),
        },
        about=f"order:{of.number}",
        at=of.placed_at,
    )
    tell_of_promise(promise, at=of.placed_at)


def _promised(of: SimulatedOrder) -> Promise:
    """By a quote; where that gives no date, the shop promises what it always did."""
    try:
        quote = make_quote(rows.asked(of), at=of.placed_at)
        wanted = Wanted(quote.public_id, of.option.code, of.number, of.customer, rows.CHANNEL)
        return promise_from_quote(wanted, key=f"demo:{of.number}", at=of.placed_at)[0]
    except Problem as refused:
        if refused.status == 409:  # it has a promise
            raise
        return make_promise(at=of.placed_at, **rows.promise(of))


def _cancel(orders: Sequence[SimulatedOrder]) -> None:
    moments = {each.number: each.cancelled_at for each in orders}
    for promise in Promise.objects.filter(state=State.OPEN, **_of_orders(orders)).order_by("pk"):
        cancel_promise(promise, at=moments[promise.subject_ref])
