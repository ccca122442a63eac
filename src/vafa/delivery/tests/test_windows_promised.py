"""A window is promised to its end, moved by its customer without a miss, and counted by what became of it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from vafa.customers.tests.make import sara
from vafa.delivery.actions.moving import move
from vafa.delivery.actions.noticing import tell_now
from vafa.delivery.actions.points import PointTerms, save_point
from vafa.delivery.actions.promising import Wanted, promise_from_quote
from vafa.delivery.actions.quotes import make_quote
from vafa.delivery.actions.slots import hold, keep
from vafa.delivery.models import DeliveryOption, Parcel, SlotHold, SlotPattern
from vafa.delivery.queries.choices import Need, choices_for
from vafa.delivery.queries.moving import movable
from vafa.delivery.queries.slots import kept_slot_of, today
from vafa.delivery.tests.windows import MONDAY_FIVE, MONDAY_TEN, NOW, SOON, TUESDAY_TEN, a_point, a_rider
from vafa.kit import clock
from vafa.kit.problems import Problem
from vafa.kit.tests.together import at_once, refused
from vafa.messages.models import Message
from vafa.messages.queries.rendering import letter_for
from vafa.orders.models import Order
from vafa.promises.actions import apologise, make_promise, settle_promise
from vafa.promises.models import Promise
from vafa.shop.actions import stamp_shop
from vafa.shop.queries import the_shop

pytestmark = pytest.mark.django_db
NEED = Need("Shiraz", 500_000)
NOON_MONDAY = datetime(2026, 3, 2, 8, 30, tzinfo=UTC)


def ordered(number: str = "N1", slot: str = MONDAY_TEN, party: str = "") -> Promise:
    """An order with a place in a window, promised."""
    Order.objects.create(number=number, placed_at=NOW)
    hold(slot=slot, key=number, until=SOON, at=NOW)
    keep(key=number, order=number, at=NOW)
    quote = make_quote(NEED.asked("rider"), at=NOW)
    return promise_from_quote(Wanted(quote.public_id, "rider", number, customer=party, slot=slot), key=number, at=NOW)[
        0
    ]


def test_promised_is_the_end_of_the_window():
    a_rider()
    promise = ordered()
    assert (promise.due_on, promise.due_at, promise.unit) == (date(2026, 3, 2), NOON_MONDAY, "moment")
    assert promise.text["en"] == "Delivered on Monday 2 March between 10:00 and 12:00."


@pytest.mark.parametrize(("minutes", "state"), [(0, "kept"), (1, "broken")])
def test_a_minute_after_its_end_it_is_broken(minutes, state):
    a_rider()
    came = NOON_MONDAY + timedelta(minutes=minutes)
    assert settle_promise(ordered(), fulfilled_at=came, at=came).state == state


def test_where_only_the_day_was_chosen_the_day_is_promised():
    a_rider()
    DeliveryOption.objects.update(kind="date")
    stamp_shop()
    promise = ordered()
    assert (promise.due_on, promise.unit) == (date(2026, 3, 2), "day")


def test_a_window_that_the_customer_moves_is_revised_and_no_miss():
    a_rider()
    first = ordered()
    moved = move(order="N1", slot=TUESDAY_TEN, at=NOW)
    assert move(order="N1", slot=TUESDAY_TEN, at=NOW).pk == moved.pk
    first.refresh_from_db()
    then = first.replaced_by
    assert (first.state, then.asked_by, then.due_on) == ("revised", "customer", date(2026, 3, 3))
    assert (then.original_due_at, then.unit) == (then.due_at, "moment")
    assert [hold.state for hold in SlotHold.objects.order_by("pk")] == ["moved", "kept"]
    assert kept_slot_of("N1").slot.day == date(2026, 3, 3)


@pytest.mark.parametrize("why", ["full", "handed over", "too late", "no slot", "unknown"])
def test_a_move_that_cannot_be_is_refused_and_nothing_changes(why):
    a_rider(capacity=1)
    ordered()
    ordered("N2", MONDAY_FIVE)
    number, slot, at = "N1", TUESDAY_TEN, NOW
    if why == "full":
        slot = MONDAY_FIVE
    elif why == "handed over":
        Parcel.objects.create(order=Order.objects.get(number="N1"), handed_over_at=NOW)
    elif why == "too late":
        at = NOW + timedelta(hours=11)
    elif why == "no slot":
        number = "N3"
    else:
        slot = "rider.fars.2026-03-03.1100"
    before = list(SlotHold.objects.order_by("pk").values()), list(Promise.objects.order_by("pk").values())
    with pytest.raises(Problem) as problem:
        move(order=number, slot=slot, at=at)
    codes = {"full": "slot-full", "no slot": "no-slot", "unknown": "unknown-slot"}
    assert problem.value.code == codes.get(why, "too-late")
    assert (list(SlotHold.objects.order_by("pk").values()), list(Promise.objects.order_by("pk").values())) == before


def test_from_twenty_on_it_is_told_how_often_windows_were_kept():
    a_rider(capacity=30)
    for number in range(20):
        came = NOON_MONDAY - timedelta(minutes=5) if number else NOON_MONDAY + timedelta(hours=1)
        settle_promise(ordered(f"N{number}"), fulfilled_at=came, at=NOON_MONDAY + timedelta(hours=2))
    later = NOW + timedelta(days=3)
    choice = choices_for(NEED, later).by("rider")
    assert (choice.answer.frequency.kept, choice.answer.frequency.of) == (19, 20)
    assert choice.frequency == "19 of the last 20 parcels with a chosen window came within it or before"
    assert choice.answer.probability == 0.95


def test_a_move_is_confirmed_by_a_message_and_offered_are_windows_that_cost_no_more():
    a_rider()
    SlotPattern.objects.filter(begins="17:00").update(surcharge_minor=50_000)
    stamp_shop()
    ordered()
    Order.objects.update(customer_ref="C-1")
    offered = movable("N1", NOW)
    assert {slot.begins.hour for slot in offered.slots} == {6}  # ten o'clock in Tehran
    assert offered.slots[0].id == MONDAY_TEN
    with pytest.raises(Problem) as problem:
        move(order="N1", slot=MONDAY_FIVE, at=NOW)
    assert (problem.value.code, Message.objects.count()) == ("costs-more", 0)
    move(order="N1", slot=TUESDAY_TEN, at=NOW)
    told = Message.objects.get(template="delivery.changed")
    assert told.context["said"]["en"] == "Delivered on Tuesday 3 March between 10:00 and 12:00."


def test_a_move_to_an_earlier_day_is_refused():
    a_rider()
    ordered(slot=TUESDAY_TEN)
    with pytest.raises(Problem) as problem:
        move(order="N1", slot=MONDAY_TEN, at=NOW)
    assert problem.value.code == "too-early"


def test_a_place_at_a_point_moves_to_another_point_with_the_day_promised():
    a_rider()
    a_point("bazaar", capacity=1)
    a_point("garden", capacity=1)
    Order.objects.create(number="N1", placed_at=NOW)
    hold(slot="fetch.@bazaar.2026-03-02.0000", key="N1", until=SOON, at=NOW)
    keep(key="N1", order="N1", at=NOW)
    make_promise(kind="delivery", key="N1", subject_type="order", subject_ref="N1", due_on=date(2026, 3, 2),
                 zone="Asia/Tehran", at=NOW)  # fmt: skip
    offered = movable("N1", NOW)
    days = {point.code: point.ready_on.day for point in offered.points}
    assert (offered.is_point, days) == (True, {"bazaar": 3, "garden": 2})
    move(order="N1", slot="fetch.@garden.2026-03-02.0000", at=NOW)
    assert kept_slot_of("N1").slot.point.code == "garden"
    assert Promise.objects.get().due_on == date(2026, 3, 2)  # the day is the same, so nothing was revised
    move(order="N1", slot="fetch.@bazaar.2026-03-03.0000", at=NOW)
    promise = Promise.objects.get(state="open")
    assert (promise.due_on, promise.unit) == (date(2026, 3, 3), "day")
    assert promise.text["en"] == "Delivered by Tuesday 3 March."


def test_a_point_that_takes_any_number_a_day_is_remembered_and_can_be_left_for_another():
    a_rider()
    a_point("bazaar")
    a_point("garden", capacity=1)
    Order.objects.create(number="N1", placed_at=NOW)
    for number in ("N1", "N2"):
        hold(slot="fetch.@bazaar.2026-03-02.0000", key=number, until=SOON, at=NOW)
    keep(key="N1", order="N1", at=NOW)
    assert kept_slot_of("N1").slot.point.code == "bazaar"
    assert [point.code for point in movable("N1", NOW).points] == ["garden"]
    move(order="N1", slot="fetch.@garden.2026-03-02.0000", at=NOW)
    assert kept_slot_of("N1").slot.point.code == "garden"
    move(order="N1", slot="fetch.@bazaar.2026-03-03.0000", at=NOW)
    assert (kept_slot_of("N1").slot.point.code, kept_slot_of("N1").slot.capacity) == ("bazaar", None)


def test_a_point_that_takes_fewer_from_now_on_does_so_on_days_with_orders_too():
    a_rider()
    point, at = a_point("bazaar"), clock.now()
    day, until = today(at) + timedelta(days=7), at + timedelta(minutes=5)
    hold(slot=f"fetch.@bazaar.{day}.0000", key="N1", until=until, at=at)
    terms = {name: getattr(point, name) for name in PointTerms.__annotations__}
    save_point("bazaar", **{**terms, "capacity": 1})
    with pytest.raises(Problem) as problem:
        hold(slot=f"fetch.@bazaar.{day}.0000", key="N2", until=until, at=at)
    assert problem.value.code == "slot-full"


@pytest.mark.django_db(transaction=True)
def test_one_who_moves_twice_at_once_has_one_place_and_frees_the_old_one(postgresql):
    a_rider(capacity=1)
    ordered()
    results = at_once(*(lambda slot=slot: move(order="N1", slot=slot, at=NOW) for slot in (MONDAY_FIVE, TUESDAY_TEN)))
    assert len(results) - len(refused(results)) in (1, 2)  # the second may be later than the first, or too early
    assert SlotHold.objects.filter(state="kept").count() == 1
    assert hold(slot=MONDAY_TEN, key="other", until=SOON, at=NOW).state == "held"


@pytest.mark.django_db(transaction=True)
def test_two_who_move_into_the_last_place_at_once_are_one():
    a_rider(capacity=2)
    ordered("N1")
    ordered("N2")
    hold(slot=TUESDAY_TEN, key="other", until=SOON, at=NOW)
    results = at_once(*(lambda number=number: move(order=number, slot=TUESDAY_TEN, at=NOW) for number in ("N1", "N2")))
    assert refused(results) == ["slot-full"]
    assert sorted(SlotHold.objects.values_list("state", flat=True)) == ["held", "kept", "kept", "moved"]


def test_news_and_apologies_name_the_hours_that_were_promised_in_every_language():
    a_rider()
    person, promise = sara(), ordered(party="C-1")
    hours = {"en": "10:00 – 12:00", "fa": "۱۰:۰۰ تا ۱۲:۰۰", "ar": "١٠:٠٠ إلى ١٢:٠٠"}
    tell_now(promise, by="staff:1", new_on=date(2026, 3, 3), at=NOW)
    settle_promise(promise, fulfilled_at=NOON_MONDAY + timedelta(hours=1), at=NOON_MONDAY + timedelta(hours=2))
    apologise(promise.public_id, at=NOON_MONDAY + timedelta(hours=3))
    news, apology = Message.objects.filter(purpose="promise").exclude(template="promises.made").order_by("pk")
    assert (news.context["hours"], apology.context["hours"]) == (hours, hours)
    assert "days" not in apology.context  # it was an hour late, which is no day
    for message in (news, apology):
        for message.language, shown in hours.items():
            assert shown in letter_for(message, person, the_shop(), "email").text
