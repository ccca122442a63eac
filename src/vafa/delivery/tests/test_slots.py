"""Places in a window are given away once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from vafa.delivery.actions.slots import hold, keep, release
from vafa.delivery.models import Slot, SlotHold
from vafa.delivery.queries.slots import kept_slot_of, taken_of
from vafa.delivery.tests.windows import MONDAY_FIVE, MONDAY_TEN, NOW, SOON, a_rider
from vafa.kit.problems import Problem
from vafa.kit.tests.together import at_once, refused

pytestmark = pytest.mark.django_db
LATER = SOON + timedelta(seconds=1)


def refusal(**wanted: object) -> tuple[str, int, dict[str, str]]:
    before = list(SlotHold.objects.order_by("pk").values())
    with pytest.raises(Problem) as problem:
        hold(**{"slot": MONDAY_TEN, "key": "other", "until": SOON, "at": NOW, **wanted})
    assert list(SlotHold.objects.order_by("pk").values()) == before
    return problem.value.code, problem.value.status, problem.value.about


def test_a_full_window_names_free_ones_near_it():
    a_rider(capacity=1)
    hold(slot=MONDAY_TEN, key="first", until=SOON, at=NOW)
    code, status, about = refusal()
    assert (code, status) == ("slot-full", 409)
    assert about["instead"].split(",") == [MONDAY_FIVE, "rider.fars.2026-03-03.1000", "rider.fars.2026-03-03.1700"]


def test_a_held_place_is_free_again_when_its_time_is_over():
    a_rider(capacity=1)
    hold(slot=MONDAY_TEN, key="first", until=SOON, at=NOW)
    assert refusal(at=SOON - timedelta(seconds=1))[0] == "slot-full"
    assert hold(slot=MONDAY_TEN, key="other", until=LATER + timedelta(minutes=5), at=LATER).key == "other"
    assert keep(key="first", order="N1", at=LATER) is None
    assert kept_slot_of("N1") is None


def test_who_pays_late_keeps_his_place_while_nobody_else_wanted_it():
    a_rider(capacity=1)
    hold(slot=MONDAY_TEN, key="first", until=SOON, at=NOW)
    kept = keep(key="first", order="N1", at=LATER)
    assert keep(key="first", order="N1", at=LATER).pk == kept.pk == kept_slot_of("N1").pk
    assert refusal(at=LATER)[0] == "slot-full"


def test_the_same_key_holds_one_place_and_moves_with_it():
    a_rider(capacity=1)
    first = hold(slot=MONDAY_TEN, key="first", until=SOON, at=NOW)
    assert hold(slot=MONDAY_TEN, key="first", until=LATER, at=NOW).pk == first.pk
    second = hold(slot=MONDAY_FIVE, key="first", until=SOON, at=NOW)
    assert [taken_of(slot, NOW) for slot in Slot.objects.order_by("begins")] == [0, 1]
    assert release(key="first", at=NOW)
    assert not release(key="first", at=NOW)
    assert taken_of(second.slot, NOW) == 0


@pytest.mark.parametrize(
    "name", ["", "rider", "rider.fars.2026-03-02.1100", "rider.north.2026-03-02.1000", "other.fars.2026-03-02.1000",
             "rider.fars.2026-02-30.1000", "rider.fars.2026-03-02.2500", "fetch.@none.2026-03-02.0000", "a.\x00.b.c"]
)  # fmt: skip
def test_a_window_that_does_not_exist_is_refused(name):
    a_rider()
    assert refusal(slot=name)[:2] == ("unknown-slot", 422)


def test_a_window_is_closed_once_its_last_order_time_is_over():
    a_rider()
    assert refusal(slot="rider.fars.2026-03-01.1700")[:2] == ("slot-closed", 409)


@pytest.mark.django_db(transaction=True)
def test_two_hundred_at_once_for_five_places_give_five_and_the_others_an_alternative():
    a_rider(capacity=5)

    def wanting(number: int):
        return lambda: hold(slot=MONDAY_TEN, key=f"shopper-{number}", until=SOON, at=NOW)

    results = []
    for first in range(0, 200, 40):  # so many connections does a database allow
        results += at_once(*(wanting(first + number) for number in range(40)))
    assert refused(results) == ["slot-full"] * 195
    assert SlotHold.objects.count() == 5
    assert all(each.about["instead"].startswith(MONDAY_FIVE) for each in results if isinstance(each, Problem))
