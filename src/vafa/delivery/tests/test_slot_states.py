"""Whatever customers do in whatever order: a window never has more than it takes, and nobody has two places."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as some

from vafa.delivery.actions.moving import move
from vafa.delivery.actions.slots import hold, keep, release
from vafa.delivery.models import HoldState, Slot, SlotHold
from vafa.delivery.queries.moving import movable
from vafa.delivery.queries.slots import offer_of, taken_of
from vafa.delivery.tests.windows import MONDAY_FIVE, MONDAY_TEN, NOW, TUESDAY_TEN, a_rider
from vafa.kit.problems import Problem
from vafa.orders.models import Order

CAPACITY = 2
SLOTS = [MONDAY_TEN, MONDAY_FIVE, TUESDAY_TEN]
WHO = [f"N{number}" for number in range(4)]  # key and order alike
ENDED = {HoldState.RELEASED, HoldState.MOVED}
Step = tuple[str, str, str]


class Shop:
    """Four customers, three windows of two places each; time goes on with each step."""

    def __init__(self) -> None:
        a_rider(capacity=CAPACITY)
        Order.objects.bulk_create(Order(number=number, placed_at=NOW) for number in WHO)
        self.at = NOW
        self.ended: dict[int, str] = {}

    def take(self, step: Step) -> None:
        what, who, slot = step
        self.at += timedelta(minutes=20 if what == "wait" else 1)
        before = self.rows()
        try:
            getattr(self, what)(who, slot)
        except Problem:
            assert self.rows() == before

    def wait(self, who: str, slot: str) -> None:
        """The time of what is held runs out."""

    def hold(self, who: str, slot: str) -> None:
        hold(slot=slot, key=who, until=self.at + timedelta(minutes=15), at=self.at)

    def keep(self, who: str, slot: str) -> None:
        keep(key=who, order=who, at=self.at)

    def release(self, who: str, slot: str) -> None:
        release(key=who, at=self.at)
        assert not SlotHold.objects.filter(key=who).exclude(state__in=ENDED).exists()

    def move(self, who: str, slot: str) -> None:
        was_offered = movable(who, self.at)
        moved = move(order=who, slot=slot, at=self.at)
        assert was_offered is not None
        assert slot in {each.id for each in was_offered.slots if each.places_left or each.id == was_offered.now.id}
        assert movable(who, self.at).now.day == moved.slot.day

    @staticmethod
    def rows() -> list[dict[str, object]]:
        return list(SlotHold.objects.order_by("pk").values())

    def require_sound(self) -> None:
        for slot in Slot.objects.select_related("option", "zone"):
            taken = taken_of(slot, self.at)
            offer = offer_of(slot, taken)
            assert 0 <= taken <= CAPACITY
            assert (offer.places_left, offer.over) == (CAPACITY - taken, 0)
        rows = self.rows()
        taking = [row for row in rows if row["state"] not in ENDED]
        assert max(Counter(row["key"] for row in taking).values(), default=0) <= 1
        assert all(bool(row["order_number"]) == (row["state"] == HoldState.KEPT) for row in taking)
        assert self.ended.items() <= {row["id"]: row["state"] for row in rows}.items()  # what has ended stays so
        self.ended = {row["id"]: row["state"] for row in rows if row["state"] in ENDED}


@pytest.mark.django_db
@settings(max_examples=30)
@given(
    some.lists(
        some.tuples(
            some.sampled_from(["hold", "hold", "keep", "keep", "release", "move", "move", "wait"]),
            some.sampled_from(WHO),
            some.sampled_from(SLOTS),
        ),
        max_size=25,
    )
)
def test_a_window_never_has_more_than_it_takes_and_nobody_two_places(steps):
    with transaction.atomic():
        shop = Shop()
        for step in steps:
            shop.take(step)
            shop.require_sound()
        transaction.set_rollback(True)
