"""The simulated year: the same from the same seed and day, and with a story in it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from statistics import mean

import pytest

from vafa.demo.iran import CITIES, FAR_REGIONS, SNOWY_REGIONS, TEHRAN
from vafa.demo.payments import AT_THE_DOOR, ONLINE, TRANSFER, Payment
from vafa.demo.simulation import ZONE, Scenario, SimulatedOrder, digest, simulate

LAST_DAY = date(2026, 11, 22)
SMALL = Scenario(LAST_DAY, orders_a_day=1.0)


@pytest.fixture(scope="module")
def year() -> list[SimulatedOrder]:
    return simulate(Scenario(LAST_DAY))


@pytest.fixture(scope="module")
def settled(year) -> list[SimulatedOrder]:
    return [o for o in year if not o.cancelled_at and (o.delivered_on or o.promised_on < LAST_DAY)]


def is_late(order: SimulatedOrder) -> bool:
    return order.delivered_on is None or order.delivered_on > order.promised_on


def late_share(orders: list[SimulatedOrder]) -> float:
    assert len(orders) >= 15
    return mean(is_late(order) for order in orders)


def days(orders: list[SimulatedOrder]) -> float:
    return mean((o.delivered_on - local_day(o.placed_at)).days for o in orders if o.delivered_on)


def local_day(moment: datetime) -> date:
    return moment.astimezone(ZONE).date()


def placed(orders: list[SimulatedOrder], first: date, last: date) -> list[SimulatedOrder]:
    return [order for order in orders if first <= local_day(order.placed_at) <= last]


def test_the_same_seed_and_day_give_the_same_rows():
    assert digest(simulate(SMALL)) == digest(simulate(SMALL))


def test_another_seed_gives_another_year():
    assert digest(simulate(SMALL)) != digest(simulate(Scenario(LAST_DAY, seed=1405, orders_a_day=1.0)))


def test_another_last_day_gives_another_year():
    assert digest(simulate(SMALL)) != digest(simulate(Scenario(LAST_DAY - timedelta(days=1), orders_a_day=1.0)))


@pytest.mark.parametrize("last_day", [date(2026, 3, 25), date(2026, 8, 3), date(2027, 2, 1), date(2028, 2, 29)])
def test_any_last_day_gives_three_to_five_thousand_orders(last_day):
    assert 3000 <= len(simulate(Scenario(last_day))) <= 5000


def test_nothing_is_known_after_the_last_morning(year):
    known = [
        moment
        for o in year
        for moment in (o.placed_at, o.cancelled_at, o.handed_over_at, o.delivered_at, o.reviewed_at)
        if moment
    ]
    assert max(known) < datetime(2026, 11, 22, 9, tzinfo=ZONE)
    assert max(known) > datetime(2026, 11, 21, 9, tzinfo=ZONE)


def test_what_happens_to_an_order_happens_in_its_order(year):
    for o in year:
        steps = [moment for moment in (o.placed_at, o.handed_over_at, o.delivered_at, o.reviewed_at) if moment]
        assert steps == sorted(steps), o


def test_numbers_are_given_once(year):
    assert len({order.number for order in year}) == len(year)


def test_nobody_hands_over_or_delivers_on_a_friday(year):
    moments = [moment for o in year for moment in (o.handed_over_at, o.delivered_at) if moment]
    assert not [moment for moment in moments if moment.astimezone(ZONE).weekday() == 4]


def test_all_thirty_one_provinces_are_served():
    assert len({city.region for city in CITIES if city.country == "IR"}) == 31


def test_city_codes_are_given_once():
    assert len({city.code for city in CITIES}) == len(CITIES)


def test_the_promise_is_kept_in_most_cases_and_broken_too_often(settled):
    assert 0.15 < late_share(settled) < 0.35


def test_far_provinces_are_disappointed_far_more_often_than_tehran(settled):
    tehran = late_share([o for o in settled if o.city.region == TEHRAN])
    far = late_share([o for o in settled if o.city.region in FAR_REGIONS])
    assert tehran < 0.25
    assert far > tehran + 0.35


def test_the_weeks_before_and_of_nowruz_are_slower(settled):
    nowruz = placed(settled, date(2026, 3, 12), date(2026, 3, 28))
    assert days(nowruz) > days(settled) + 3
    assert sum("nowruz" in order.causes for order in nowruz) > 0.8 * len(nowruz)


def test_the_strike_is_seen_with_the_struck_carrier_only(settled):
    weeks = placed(settled, date(2026, 7, 25), date(2026, 8, 2))
    struck = [order for order in weeks if order.carrier == "تیپاکس"]
    others = [order for order in weeks if order.carrier != "تیپاکس"]
    assert late_share(struck) > late_share(others) + 0.2
    assert not [order for order in others if "strike" in order.causes]


def test_the_book_fair_fills_the_bench(settled):
    fair = placed(settled, date(2026, 5, 9), date(2026, 5, 18))
    assert len(fair) > 1.7 * len(placed(settled, date(2026, 4, 20), date(2026, 4, 29)))
    assert sum("peak" in order.causes for order in fair) > 0.4 * len(fair)


def test_who_pays_by_transfer_gets_the_parcel_later_and_more_often_too_late(settled):
    slow = [order for order in settled if order.payment is TRANSFER]
    others = [order for order in settled if order.payment is ONLINE]
    assert 0.13 < len(slow) / len(settled) < 0.23
    assert days(slow) > days(others) + 0.3
    assert late_share(slow) > late_share(others) + 0.05
    assert sum("payment" in order.causes for order in slow) > 0.2 * len(slow)
    assert not [order for order in others if "payment" in order.causes]


def test_only_tehran_pays_at_the_door_and_abroad_only_through_the_gateway(year):
    assert {order.city.region for order in year if order.payment is AT_THE_DOOR} == {TEHRAN}
    assert {order.payment for order in year if order.city.country != "IR"} == {ONLINE}


def test_orders_that_wait_for_a_transfer_are_given_up_most(year):
    def given_up(payment: Payment) -> float:
        return mean(order.cancelled_at is not None for order in year if order.payment is payment)

    assert given_up(TRANSFER) > 2 * given_up(ONLINE) > 0


def test_snow_falls_in_the_north_west_only(year):
    snowed_in = [order for order in year if "snow" in order.causes]
    assert len(snowed_in) >= 10
    assert {order.city.region for order in snowed_in} <= SNOWY_REGIONS


def test_late_parcels_get_fewer_stars(settled):
    reviewed = [order for order in settled if order.stars]
    assert len(reviewed) > 1000
    assert mean(o.stars for o in reviewed if is_late(o)) < mean(o.stars for o in reviewed if not is_late(o)) - 1


def test_some_promises_are_open_now(year):
    still_open = [o for o in year if not o.cancelled_at and o.delivered_at is None and o.promised_on >= LAST_DAY]
    assert 10 <= len(still_open) <= 80
