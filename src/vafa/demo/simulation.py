"""A year of a bookshop that never was: pure numbers from a seed and the last day, no Django, no clock.

The shop promised the same few working days everywhere. Its packing bench has a capacity, its carriers have distances,
and the year has seasons (see `events`): what goes wrong is recorded with each order as its causes.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from vafa.demo import baskets, carriers, payments
from vafa.demo.baskets import Basket
from vafa.demo.carriers import BIKE, CHAPAR, EXPRESS, PISHTAZ, POST, RIDER, TIPAX, Carrier, Option
from vafa.demo.events import FAIR, POST_FULL, SHOP_CLOSED, STRIKE_FALLBACK, THURSDAY, Year
from vafa.demo.iran import CITIES, City
from vafa.demo.payments import Payment

ZONE = ZoneInfo("Asia/Tehran")
CUT_OFF = time(14)
OPENS, CLOSES, CLOSES_THURSDAY = time(9), time(17), time(13)
PACKED_A_DAY, PACKED_THURSDAY = 29, 14
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Scenario:
    """What to simulate: the same scenario gives the same rows, always. Facts end at 09:00 (Tehran) of `today`.

    `last_day` is the day it was built; `lived` counts the days that have gone by since. A scenario that has lived
    longer has all the rows of one that lived less, and what became of them later. `books` lie on the shelves.
    """

    last_day: date
    seed: int = 1404
    days: int = 365
    orders_a_day: float = 9.6
    books: int = 2000
    lived: int = 0

    @property
    def today(self) -> date:
        return self.last_day + timedelta(days=self.lived)

    @property
    def first_day(self) -> date:
        return self.last_day - timedelta(days=self.days)

    @property
    def until(self) -> datetime:
        """The moment after which nothing is known, aware UTC."""
        return _utc(self.today, 9.0)


@dataclass(frozen=True)
class SimulatedOrder:
    """One order with everything that happened to it up to the scenario's end; times are aware UTC, None = not (yet).

    `causes` says what held it up: holiday, nowruz, snow, strike, peak, payment, publisher, lost.
    """

    number: str
    placed_at: datetime
    city: City
    customer: str
    basket: Basket
    option: Option
    payment: Payment
    carrier: str
    fee_toman: int
    promised_on: date
    tracking: str
    cancelled_at: datetime | None = None
    handed_over_at: datetime | None = None
    delivered_at: datetime | None = None
    stars: int | None = None
    reviewed_at: datetime | None = None
    causes: tuple[str, ...] = ()

    @property
    def delivered_on(self) -> date | None:
        """The day of delivery in Tehran."""
        return None if self.delivered_at is None else self.delivered_at.astimezone(ZONE).date()


def simulate(scenario: Scenario) -> list[SimulatedOrder]:
    """All that is known at the scenario's end, in the order of placement."""
    return [known(each, scenario.until) for each in imagine(scenario)]


def imagine(scenario: Scenario) -> list[SimulatedOrder]:
    """The orders placed up to the scenario's end with all that will ever become of them. No row may be made of it."""
    world = _World(scenario)
    orders: list[SimulatedOrder] = []
    for k in range(scenario.days + scenario.lived + 1):
        day = scenario.first_day + k * DAY
        for moment in world.moments_of(day):
            if moment < scenario.until:
                orders.append(world.order(len(orders), moment))
    return orders


def known(order: SimulatedOrder, until: datetime) -> SimulatedOrder:
    """The order as everybody knows it at `until`: what happens then or later is not there."""
    cancelled, handed_over, delivered, reviewed = (
        at if at is not None and at < until else None
        for at in (order.cancelled_at, order.handed_over_at, order.delivered_at, order.reviewed_at)
    )
    return replace(
        order,
        cancelled_at=cancelled,
        handed_over_at=handed_over,
        delivered_at=delivered,
        reviewed_at=reviewed,
        stars=order.stars if reviewed else None,
    )


def digest(orders: list[SimulatedOrder]) -> str:
    """SHA-256 over all rows: equal digests, equal years."""
    return hashlib.sha256("\n".join(map(repr, orders)).encode()).hexdigest()


def first_day_of(placed_at: datetime) -> date:
    """The day from which an order counts: after the cut-off, the next."""
    placed = placed_at.astimezone(ZONE)
    return placed.date() if placed.time() < CUT_OFF else placed.date() + DAY


def _utc(day: date, hour: float) -> datetime:
    return (datetime.combine(day, time(), ZONE) + timedelta(seconds=round(hour * 3600))).astimezone(UTC)


@dataclass
class _World:
    """What one order leaves behind for the next: the packing bench, the customers, the random numbers."""

    scenario: Scenario
    customers: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    packed: dict[date, int] = field(default_factory=lambda: defaultdict(int))

    def __post_init__(self) -> None:
        self.rng = np.random.default_rng([self.scenario.seed, self.scenario.last_day.toordinal()])
        self.year = Year(self.scenario.first_day, self.scenario.today)
        # a smaller simulated shop has a smaller bench, so that its story stays the same
        self.size = self.scenario.orders_a_day / Scenario.orders_a_day
        weights = np.array([city.weight for city in CITIES])
        self.city_shares = np.cumsum(weights / weights.sum())
        self.customers_seen = 0

    # --- what is ordered

    def moments_of(self, day: date) -> list[datetime]:
        """When the day's orders come in: mostly around noon and in the evening."""
        count = int(self.rng.poisson(self.scenario.orders_a_day * self.year.demand(day)))
        hours = np.where(
            self.rng.random(count) < 0.4, self.rng.normal(12.0, 2.0, count), self.rng.normal(20.5, 2.2, count)
        )
        return [_utc(day, float(hour)) for hour in np.sort(np.clip(hours, 0.5, 23.9))]

    def order(self, position: int, placed_at: datetime) -> SimulatedOrder:
        city = CITIES[int(np.searchsorted(self.city_shares, self.rng.random()))]
        basket = baskets.draw(self.rng)
        option = self.chosen_option(city, basket)
        day = placed_at.astimezone(ZONE).date()
        carrier = self.carrier_for(option, city, day)
        new = SimulatedOrder(
            number=f"VF-{20001 + position}",
            placed_at=placed_at,
            city=city,
            customer=self.customer_in(city),
            basket=basket,
            option=option,
            payment=payments.draw(self.rng, city),
            carrier=carrier.name,
            fee_toman=option.fee_toman if city.country == "IR" else carriers.ABROAD_FEE_TOMAN,
            promised_on=self.promised(option, city, placed_at),
            tracking=str(self.rng.integers(10**11, 10**12)),
        )
        if self.rng.random() < new.payment.given_up:
            return self.cancelled(new)
        return self.travelled(new, carrier)

    def chosen_option(self, city: City, basket: Basket) -> Option:
        chance = self.rng.random()
        if city.country != "IR":
            return PISHTAZ
        if city.name == carriers.SHOP_ONLY_CITY and chance < 0.42:
            return RIDER
        return EXPRESS if chance > (0.15 if basket.has_phone else 0.62) else PISHTAZ

    def carrier_for(self, option: Option, city: City, day: date) -> Carrier:
        if option is not EXPRESS:
            return BIKE if option is RIDER else POST
        moved = carriers.is_far(city) or STRIKE_FALLBACK.holds(day)
        return CHAPAR if moved and self.rng.random() < 0.6 else TIPAX

    def customer_in(self, city: City) -> str:
        known = self.customers[city.code]
        if known and self.rng.random() < 0.45:
            return known[int(self.rng.integers(len(known)))]
        self.customers_seen += 1
        known.append(f"C-{1000 + self.customers_seen}")
        return known[-1]

    def promised(self, option: Option, city: City, placed_at: datetime) -> date:
        """The naive promise: so many working days from the day that counts, the same for everyone in the country."""
        day = first_day_of(placed_at)
        left = option.promised if city.country == "IR" else carriers.ABROAD_PROMISED
        while left:
            day += DAY
            left -= self.year.shop_works(day)
        return day

    # --- what becomes of it

    def cancelled(self, order: SimulatedOrder) -> SimulatedOrder:
        at = order.placed_at + timedelta(minutes=int(self.rng.integers(20, 600)))
        return replace(order, cancelled_at=at)

    def travelled(self, order: SimulatedOrder, carrier: Carrier) -> SimulatedOrder:
        causes: list[str] = []
        handed = self.packed_on(order, causes)
        lost = self.rng.random() < 0.005
        arrives = self.arrival(order, carrier, handed, causes)
        if lost:
            causes = [*causes, "lost"]
        result = replace(
            order,
            handed_over_at=handed,
            delivered_at=None if lost else arrives,
            causes=tuple(dict.fromkeys(causes)),
        )
        return self.reviewed(result)

    def packed_on(self, order: SimulatedOrder, causes: list[str]) -> datetime:
        """When the carrier takes it: after the cut-off the next day counts, and the bench takes only so many.

        Nothing is packed before the shop is sure of its money; what it had promised counts from the order all the same.
        """
        waited = timedelta(hours=payments.hours_until_sure(self.rng, order.payment))
        sure = order.placed_at.astimezone(ZONE) + waited
        day = first_day_of(sure)
        if day > first_day_of(order.placed_at):
            causes.append("payment")
        waits = int(self.rng.choice(4, p=[0.82, 0.13, 0.04, 0.01]))
        if not order.basket.has_phone and self.rng.random() < 0.04:
            waits += int(self.rng.integers(2, 5))
            causes.append("publisher")
        while not self.bench_takes(day, waits, causes):
            waits -= self.year.shop_works(day) and waits > 0
            day += DAY
        closes = CLOSES_THURSDAY if day.weekday() == THURSDAY else CLOSES
        opening = max(sure, datetime.combine(day, OPENS, ZONE))
        closing = datetime.combine(day, closes, ZONE)
        at = closing - (closing - opening) * float(self.rng.random() ** 2) * 0.6
        return max(at, sure + timedelta(minutes=15)).replace(microsecond=0).astimezone(UTC)

    def bench_takes(self, day: date, waits: int, causes: list[str]) -> bool:
        if not self.year.shop_works(day):
            causes.extend(self.why_closed(day))
            return False
        if waits > 0:
            return False
        capacity = (PACKED_THURSDAY if day.weekday() == THURSDAY else PACKED_A_DAY) * self.size
        if self.packed[day] >= max(capacity, 1.0):
            causes.extend(["peak"] if FAIR.holds(day) or POST_FULL.holds(day) else [])
            return False
        self.packed[day] += 1
        return True

    def why_closed(self, day: date) -> list[str]:
        if SHOP_CLOSED.holds(day):
            return ["nowruz"]
        return ["holiday"] if day in self.year.holidays else []

    def arrival(self, order: SimulatedOrder, carrier: Carrier, handed: datetime, causes: list[str]) -> datetime:
        """Day by day along the road; the last leg happens in daylight."""
        needed = carriers.days_on_road(carrier, order.city, float(self.rng.normal()))
        day = handed.astimezone(ZONE).date()
        done = 0.35 if carrier is BIKE else 0.0
        for _ in range(90):
            if done >= needed:
                break
            day += DAY
            made, held_up_by = carriers.progress(carrier, order.city, day, self.year)
            done += made
            if held_up_by:
                causes.append(held_up_by)
        at = _utc(day, float(np.clip(self.rng.normal(13.5, 2.4), 9.2, 20.5)))
        return max(at, handed + timedelta(minutes=int(self.rng.integers(35, 150))))

    def reviewed(self, order: SimulatedOrder) -> SimulatedOrder:
        """Some write a review, and the later the parcel the fewer the stars."""
        if order.delivered_at is None or order.delivered_on is None:
            return order
        late = (order.delivered_on - order.promised_on).days
        if self.rng.random() > (0.36 if late <= 0 else 0.48):
            return order
        at = order.delivered_at + timedelta(minutes=int(self.rng.integers(90, 6 * 1440)))
        stars = 1 + int(np.searchsorted(np.cumsum(_stars_when(late)), self.rng.random()))
        return replace(order, stars=min(stars, 5), reviewed_at=at)


def _stars_when(late: int) -> list[float]:
    if late < 0:
        return [0.01, 0.02, 0.06, 0.23, 0.68]
    if late == 0:
        return [0.02, 0.03, 0.10, 0.31, 0.54]
    if late <= 2:
        return [0.14, 0.18, 0.25, 0.26, 0.17]
    return [0.42, 0.24, 0.17, 0.11, 0.06]
