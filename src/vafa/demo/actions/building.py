"""The simulated year becomes rows, each room's through its own actions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, TypeVar

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from vafa.catalog.actions import rebuild_index
from vafa.customers.actions import remember_customers
from vafa.delivery.actions.options import OptionRow, remember_options
from vafa.delivery.actions.parcels import record_parcels
from vafa.delivery.actions.tracking import record_events
from vafa.delivery.actions.watching import save_watch_rules
from vafa.delivery.queries import history
from vafa.demo import carriers, people, rows
from vafa.demo.actions.agreeing import agree_and_rehearse
from vafa.demo.actions.apologising import apologise_in_time
from vafa.demo.actions.choosing import let_choose, let_wait
from vafa.demo.actions.delivering import STORE, WORKING_DAYS, fill_past_windows, fill_windows, offer_choices
from vafa.demo.actions.emptying import empty_simulated_shop
from vafa.demo.actions.figures import ask_for_figures
from vafa.demo.actions.guaranteeing import (
    draft_and_claim,
    is_covered,
    judge_day_by_day,
    promise_under,
    publish_guarantee,
    under,
    worth_of,
)
from vafa.demo.actions.shelving import fill_shelves
from vafa.demo.actions.sources import add_sources
from vafa.demo.events import Year
from vafa.demo.iran import CITIES
from vafa.demo.journeys import journey
from vafa.demo.models import Build
from vafa.demo.queries import holds_real_shop, the_build
from vafa.demo.simulation import CUT_OFF, Scenario, SimulatedOrder, digest, simulate
from vafa.engine.calendars import CutOff
from vafa.engine.curve import Curve
from vafa.engine.stated import PooledModel
from vafa.kit import clock
from vafa.kit.problems import Problem
from vafa.messages.actions import deliver, send
from vafa.messages.purposes import Purpose
from vafa.orders.actions import record_orders, record_reviews, remember_sellers
from vafa.promises.actions import import_promises, make_promise, revise_promise, tell_of_promise
from vafa.promises.models import GuaranteeVersion, Promise
from vafa.shop.actions import remember_places, save_settings
from vafa.shop.queries import stated_times, working_calendar

SHOP_NAME = "کتاب‌سرای وفا"
# Monday is 0; Thursday is half a day, Friday is off
WORKING_WEEK = {**{str(day): [["09:00", "17:00"]] for day in (5, 6, 0, 1, 2)}, "3": [["09:00", "13:00"]]}
STATED_TIMES: list[dict[str, Any]] = [
    {"place": "", "option": "", "seller": "", "days": 4},
    {"place": carriers.SHOP_ONLY_CITY, "option": "", "seller": "", "days": 2},
    {"place": carriers.SHOP_ONLY_CITY, "option": carriers.RIDER.code, "seller": "", "days": 1},
    {"place": carriers.SHOP_ONLY_CITY, "option": STORE, "seller": "", "days": 1},
]
CHUNK = 500
HOPELESS = 0.35
Progress = Callable[[float, str], None]
T = TypeVar("T")


def build_shop(scenario: Scenario, *, progress: Progress | None = None, at: datetime | None = None) -> Build:
    """Build the simulated shop with its first report, and ask the worker for its model and a backtest.

    A finished build is left as it is, an unfinished one begun anew.

    Problem `real-shop` (409) where the database holds anything that is not simulated.
    """
    at = at or clock.now()
    tell = progress or (lambda share, note: None)
    if holds_real_shop():
        raise Problem("real-shop", _("This database holds a real shop. The demo keeps its hands off it."), status=409)
    before = the_build()
    if before is not None and before.finished_at is not None:
        return before
    if before is not None:
        empty_simulated_shop()
    _begin(scenario, at)
    tell(0.02, str(_("Imagining a year of orders")))
    orders = simulate(scenario)
    _record(orders, scenario, tell, at)
    rebuild_index()
    tell(0.95, str(_("Writing the first report")))
    return _finish(orders, at)


@transaction.atomic
def _finish(orders: list[SimulatedOrder], at: datetime) -> Build:
    """Finished and asked for go together, so that the work is asked for exactly once."""
    ask_for_figures(at=at)
    Build.objects.filter(pk=1).update(orders=len(orders), digest=digest(orders), finished_at=at)
    return Build.objects.get(pk=1)


@transaction.atomic
def _begin(scenario: Scenario, at: datetime) -> None:
    """From the first row on the shop says that it is simulated."""
    year = Year(scenario.first_day, scenario.last_day)
    save_settings(
        name=SHOP_NAME,
        city="Tehran",
        zone=rows.ZONE_NAME,
        languages=["fa", "ar", "en"],
        default_language="fa",
        currency="IRR",
        shows_toman=True,
        working_week=WORKING_WEEK,
        holiday_country="IR",
        holidays_added=[day.isoformat() for day in year.closed_days],
        cut_off=CUT_OFF,
        stated_times=STATED_TIMES,
        publishes_record=True,
        simulated=True,
    )
    save_watch_rules(automatic=True)  # so that the visitor finds customers who have been told
    Build.objects.create(
        seed=scenario.seed,
        last_day=scenario.last_day,
        days=scenario.days,
        orders_a_day=scenario.orders_a_day,
        books=scenario.books,
        begun_at=at,
    )


def _record(orders: list[SimulatedOrder], scenario: Scenario, tell: Progress, at: datetime) -> None:
    remember_places([rows.place(city) for city in CITIES])
    remember_options(
        [
            OptionRow(
                option.code,
                option.names,
                price_minor=rows.rials(option.fee_toman),
                regions=option.regions,
                delivery_weekdays=WORKING_DAYS,
                kind=option.kind,
                free_from_minor=None if option.free_from_toman is None else rows.rials(option.free_from_toman),
            )
            for option in carriers.OPTIONS
        ]
    )
    offer_choices()
    remember_sellers([rows.SELLER])
    fill_shelves(scenario, lambda share: tell(0.04 + 0.06 * share, str(_("Filling the shelves"))))
    let_choose(at=scenario.until)
    for chunk in _told(orders, tell, 0.1, 0.45, str(_("Writing orders"))):
        remember_customers([people.person(each.customer, each.city) for each in chunk], at=at)
        record_orders([rows.order(each) for each in chunk])
        record_parcels([rows.parcel(each) for each in chunk])
        record_reviews([rows.review(each) for each in chunk if each.stars])
        record_events([row for each in chunk for row in journey(each, scenario.until)], at=at)
    add_sources(orders, scenario.until)
    version = publish_guarantee(scenario)
    over = [each for each in orders if rows.is_over(each, scenario)]
    past = [each for each in over if not is_covered(each, scenario)]
    for chunk in _told(past, tell, 0.45, 0.9, str(_("Writing promises"))):
        import_promises([rows.historic_promise(each) for each in chunk], known_until=scenario.until, at=at)
    promise_under(version, [each for each in over if is_covered(each, scenario)])
    _promise_the_rest([each for each in orders if not rows.is_over(each, scenario)], scenario, version)
    judge_day_by_day(scenario)
    apologise_in_time(scenario.until)
    fill_windows(orders, scenario)
    fill_past_windows(orders, scenario)
    draft_and_claim(scenario)
    agree_and_rehearse(scenario)
    let_wait(at=scenario.until)


def _promise_the_rest(orders: list[SimulatedOrder], scenario: Scenario, version: GuaranteeVersion) -> None:
    """Promises whose end is not known yet: made one by one, with receipts, as a shop with Vafa makes them.

    Their chance is what the history says of the shop's own naive date.
    """
    pooled = PooledModel.of(history(), scenario.until, stated_times(), CutOff(working_calendar(), CUT_OFF))
    curves = pooled.curves([rows.question(each) for each in orders])
    for each, curve in zip(orders, curves, strict=True):
        chance = None if curve is None else round(curve.chance(each.promised_on), 4)
        terms = under(version, each) if is_covered(each, scenario) else rows.promise(each)
        made = make_promise(at=each.placed_at, probability=chance, worth=worth_of(each), **terms)
        _write_to_the_customer(each, made)
        if curve is not None and chance is not None and chance < HOPELESS and each.promised_on > scenario.last_day:
            _tell_the_truth(made, curve, scenario)


def _write_to_the_customer(of: SimulatedOrder, made: Promise) -> None:
    """What the shop wrote when the order came in. It is kept in the outbox, for nobody is there to read it."""
    confirmed = send(
        key=f"orders.confirmed:{of.number}",
        purpose=Purpose.ORDER,
        template="orders.confirmed",
        customer_ref=of.customer,
        context=rows.confirmation(of),
        about=f"{rows.SUBJECT}:{of.number}",
        at=of.placed_at,
    )
    deliver(confirmed.public_id, at=of.placed_at)
    told = tell_of_promise(made, at=of.placed_at)
    if told is not None:
        deliver(told.public_id, at=of.placed_at)


def _tell_the_truth(promise: Promise, curve: Curve, scenario: Scenario) -> None:
    """The shop has told this customer early: not the day first promised, but one that can be kept."""
    day = curve.day_reaching(0.9)
    if day is not None and day > promise.due_on:
        chance = round(curve.chance(day), 4)
        revise_promise(promise, asked_by="shop", due_on=day, probability=chance, at=scenario.until)


def _told(items: Sequence[T], tell: Progress, begin: float, end: float, note: str) -> Iterator[Sequence[T]]:
    for first in _steps(len(items)):
        tell(begin + (end - begin) * first / max(len(items), 1), note)
        yield items[first : first + CHUNK]


def _steps(count: int) -> Iterable[int]:
    return range(0, count, CHUNK)
