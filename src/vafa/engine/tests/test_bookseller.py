"""The case the product began with: who needs two days most of the time says three, and can show why."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from vafa.engine.decision import Cost, Decision, Rule, Target, decide
from vafa.engine.history import History, Place, Question, Shipment
from vafa.engine.stated import PooledModel, StatedTime

FIRST = datetime(2024, 1, 6, 8, tzinfo=UTC)
TEHRAN = Place("11", "Tehran", "Tehran", "IR")
NOW = FIRST + timedelta(days=420)
# of fifty orders 35 need two days, 11 three, 3 four, one five
NEEDED = [2] * 35 + [3] * 11 + [4] * 3 + [5]


def orders(count: int) -> list[Shipment]:
    """Two a day; what they need is spread evenly over them."""
    found = []
    for number in range(count):
        placed = FIRST + timedelta(hours=12 * number)
        days = NEEDED[number * 17 % 50]
        found.append(Shipment(f"{number}", placed, TEHRAN, delivered_at=placed + timedelta(days=days)))
    return found


def promise(count: int, rule: Rule, stated: list[StatedTime]) -> Decision:
    model = PooledModel.of(History.of(orders(count), "Asia/Tehran"), NOW, stated)
    found = decide(model.curve(Question(NOW, TEHRAN)), rule)
    assert isinstance(found, Decision)
    return found


@pytest.mark.parametrize("rule", [Target(0.9), Cost(10), Cost(10, floor=0.7)])
def test_he_promises_three_days_not_one_nor_two(rule: Rule) -> None:
    assert promise(800, rule, []).days == 3


@pytest.mark.parametrize("count", [0, 25, 100, 400, 800])
def test_he_promises_three_days_from_the_first_order_on_when_he_says_what_he_believes(count: int) -> None:
    assert promise(count, Target(0.9), [StatedTime("", "", "", 2)]).days == 3


def test_he_can_show_why() -> None:
    found = promise(800, Target(0.9), [])
    assert found.probability == pytest.approx(0.92, abs=0.015)
    assert found.earlier is not None
    assert found.earlier.days == 2
    assert found.earlier.probability == pytest.approx(0.70, abs=0.03)
    assert found.reason.code == "target"
    assert found.reason.values["usual_days"] == 2
    assert (found.earliest - NOW.date()).days == 2
    assert (found.latest - NOW.date()).days == 3
