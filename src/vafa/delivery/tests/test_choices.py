"""What can be chosen: dates, prices, windows, points, and whether it is there before the festival."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.http import HttpRequest

from vafa.delivery.actions.slots import hold, keep
from vafa.delivery.models import DeliveryOption, DeliveryPrice, Festival, PickupPoint
from vafa.delivery.queries.choices import Need, choices_for
from vafa.delivery.queries.picking import picked
from vafa.delivery.tests import make
from vafa.delivery.tests.windows import MONDAY_TEN, NOW, SOON, TODAY, TUESDAY_TEN, a_point, a_rider
from vafa.kit.problems import Problem
from vafa.shop.actions import stamp_shop
from vafa.shop.memory import ShopMiddleware

pytestmark = pytest.mark.django_db
STATED = [{"place": "Shiraz", "option": "", "seller": "", "days": 2}]
NEED = Need("Shiraz", 500_000)
DAY = timedelta(days=1)


def choice(option: str, need: Need = NEED, at: datetime = NOW):
    return choices_for(need, at).by(option)


def refusal(option: str, **fields: str) -> tuple[str, int]:
    with pytest.raises(Problem) as refused:
        picked(choices_for(NEED, NOW), option, **fields)
    return refused.value.code, refused.value.status


def post(**terms: object) -> DeliveryOption:
    option = DeliveryOption.objects.create(**{"code": "post", "name": {"en": "Post"}, **terms})
    stamp_shop()
    return option


def test_windows_are_those_of_the_pattern_that_can_still_be_ordered():
    a_rider(surcharge=30_000)
    found = choice("rider")
    assert (found.slots[0].id, found.slots[0].surcharge_minor) == (MONDAY_TEN, 30_000)
    assert len(found.slots) == 28
    assert (found.answer.promised_on, found.answer.frequency, found.frequency) == (TODAY + DAY, None, "")
    assert found.order_before == datetime(2026, 3, 1, 16, 30, tzinfo=UTC)  # eight in the evening before, in Tehran
    chosen = picked(choices_for(NEED, NOW), "rider", slot=TUESDAY_TEN)
    assert (chosen.hold, chosen.price_minor, chosen.due_on) == (TUESDAY_TEN, 130_000, TODAY + 2 * DAY)


def test_what_takes_time_to_make_goes_with_a_later_window():
    a_rider()
    late = choice("rider", Need("Shiraz", 500_000, lead_days=2))
    assert late.slots[0].id == "rider.fars.2026-03-04.1000"  # ready when Tuesday begins: Monday evening is over
    held = choice("rider", Need("Shiraz", 500_000, ready_at=NOW + timedelta(hours=11)))
    assert held.slots[0].id == TUESDAY_TEN


def test_a_full_window_is_shown_as_full_and_cannot_be_picked():
    a_rider(capacity=1)
    hold(slot=MONDAY_TEN, key="first", until=SOON, at=NOW)
    found = choice("rider")
    assert [slot.places_left for slot in found.slots[:2]] == [0, 1]
    assert refusal("rider", slot=MONDAY_TEN) == ("slot-full", 409)
    assert refusal("rider", slot="rider.fars.2026-03-01.1700") == ("choose-slot", 422)
    assert refusal("rider") == ("choose-slot", 422)
    assert refusal("rocket") == ("choose-option", 422)


def test_outside_its_zone_an_option_with_windows_is_refused():
    a_rider()
    make.remember_places([make.TEHRAN])
    assert choice("rider", Need("Tehran", 500_000)).answer.reason == "option_not_here"


def test_lead_days_and_a_check_move_the_honest_date():
    make.a_shop(stated_times=STATED, working_week={str(day): [["08:00", "20:00"]] for day in range(7)})
    post()
    plain = choice("post").answer
    later = choice("post", Need("Shiraz", 500_000, lead_days=3)).answer
    checked = choice("post", Need("Shiraz", 500_000, ready_at=NOW + 2 * DAY)).answer
    assert (later.promised_on - plain.promised_on, checked.promised_on - plain.promised_on) == (3 * DAY, 2 * DAY)
    assert later.days == plain.days + 3
    assert later.sentence["en"].startswith("It can be packed from Wednesday 4 March on.")


def test_prices_follow_place_weight_and_value_and_an_unstated_one_is_not_free():
    make.a_shop(stated_times=STATED)
    option = post()
    assert choice("post").price_minor is None
    DeliveryPrice.objects.create(option=option, price_minor=90_000)
    DeliveryPrice.objects.create(option=option, places=["Fars"], most_g=1000, price_minor=50_000)
    DeliveryPrice.objects.create(option=option, places=["713"], most_g=1000, price_minor=40_000)
    DeliveryPrice.objects.create(option=option, places=["شیراز"], most_g=500, price_minor=1)
    DeliveryOption.objects.update(free_from_minor=800_000)
    stamp_shop()
    light, heavy = (choice("post", Need("Shiraz", 500_000, weight_g=grams)) for grams in (900, 1500))
    assert (light.price_minor, heavy.price_minor) == (40_000, 90_000)
    assert (light.free_from_minor, light.missing_to_free_minor) == (800_000, 300_000)
    assert choice("post", Need("Shiraz", 800_000)).price_minor == 0


def test_the_cut_off_of_today_is_told_while_it_counts():
    make.a_shop(stated_times=STATED, cut_off=time(14))
    post(cut_off=time(12))
    assert choice("post").order_before == datetime(2026, 3, 1, 8, 30, tzinfo=UTC)
    assert choice("post").order_within == timedelta(hours=2)
    assert choice("post", at=NOW + timedelta(hours=3)).order_before is None


def test_what_cannot_come_today_is_not_called_same_day_and_what_is_too_heavy_is_refused():
    make.a_shop(stated_times=STATED)
    post(kind="same_day")
    assert choice("post").answer.reason == "too_slow"
    DeliveryOption.objects.update(kind="courier", most_weight_g=1000)
    stamp_shop()
    assert choice("post", Need("Shiraz", 500_000, weight_g=1001)).answer.reason == "too_heavy"
    assert not choice("post", Need("Shiraz", 500_000, weight_g=1000)).is_refused


def test_points_of_the_city_come_first_then_those_of_the_region():
    make.a_shop(stated_times=STATED, holiday_country="")
    a_point("jahrom", city="Jahrom")
    only = choice("fetch")
    assert [(point.code, point.is_near) for point in only.points] == [("jahrom", False)]
    a_point("bazaar")
    near = choice("fetch")
    assert [(point.code, point.is_near) for point in near.points] == [("bazaar", True)]
    assert near.answer.promised_on == near.points[0].ready_on == date(2026, 3, 4)
    PickupPoint.objects.filter(code="bazaar").update(closed_on=["2026-03-04", "2026-03-05"])
    stamp_shop()
    assert choice("fetch").points[0].ready_on == date(2026, 3, 7)  # Friday it never opens
    assert refusal("fetch", point="none") == ("choose-point", 422)


def test_a_point_that_is_full_on_a_day_offers_the_next():
    make.a_shop(stated_times=STATED)
    a_point(capacity=1)
    first = picked(choices_for(NEED, NOW), "fetch", point="bazaar")
    hold(slot=first.hold, key="first", until=SOON, at=NOW)
    keep(key="first", order="N1", at=NOW)
    then = picked(choices_for(NEED, NOW), "fetch", point="bazaar")
    assert then.due_on == first.due_on + DAY


def test_before_nowruz_it_arrives_by_the_surest_way_and_the_last_moment_to_order_is_told():
    make.a_shop(stated_times=STATED, working_week={str(day): [["08:00", "20:00"]] for day in range(7)})
    post()
    nowruz = next(each for each in choices_for(NEED, NOW).in_time if each.day == date(2026, 3, 21))
    assert (str(nowruz.name), nowruz.choice.option, nowruz.is_certain) == ("Nowruz", "post", True)
    assert choices_for(NEED, nowruz.order_until).by("post").answer.promised_on <= date(2026, 3, 20)
    assert choices_for(NEED, nowruz.order_until + DAY).by("post").answer.promised_on > date(2026, 3, 20)
    Festival.objects.create(code="nowruz", shown=False)
    Festival.objects.create(code="fair", name={"en": "Book fair"}, day=date(2026, 3, 2))
    stamp_shop()
    fair = choices_for(NEED, NOW).in_time[0]
    assert (fair.name, fair.choice, fair.earliest) == ("Book fair", None, date(2026, 3, 4))


def test_what_is_remembered_costs_one_query_for_the_windows(django_assert_num_queries):
    a_rider()
    a_point(capacity=3)
    post()
    ask = ShopMiddleware(lambda _request: choices_for(NEED, NOW))
    ask(HttpRequest())
    with django_assert_num_queries(2):  # the settings row, which a page has read already, and the windows
        ask(HttpRequest())


def test_a_place_that_nobody_knows_has_no_choices():
    a_rider()
    assert choices_for(Need("Atlantis", 1), NOW).problem.startswith("No place is known")
