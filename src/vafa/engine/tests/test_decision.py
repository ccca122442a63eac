"""Rules of promising against brute force over the days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vafa.engine.aim import AS_ASKED, Aim
from vafa.engine.curve import Curve
from vafa.engine.decision import (
    Cost,
    Decision,
    Reason,
    Refusal,
    Rule,
    Target,
    decide,
    decide_all,
    decide_many,
)
from vafa.engine.local_days import day_number

MONDAY = date(2024, 4, 1)
WORKDAYS = frozenset(range(5))
probabilities = st.floats(0.01, 0.99)
targets = st.builds(Target, probabilities)
costs = st.builds(Cost, st.floats(0, 500), st.floats(0, 0.95))
rules = st.one_of(targets, costs)


@st.composite
def curves(draw: st.DrawFn) -> Curve:
    steps = np.array(draw(st.lists(st.floats(0, 1), min_size=1, max_size=25)))
    reached = draw(st.floats(0.3, 1))
    by_day = np.cumsum(steps) / max(steps.sum(), 1e-9) * reached
    start = MONDAY + timedelta(days=draw(st.integers(0, 400)))
    return Curve(start, np.clip(by_day, 0, 1), 100.0, "pooled")


@st.composite
def terms(draw: st.DrawFn) -> dict[str, object]:
    weekdays = draw(st.frozensets(st.integers(0, 6), min_size=1))
    closed = draw(st.frozensets(st.dates(MONDAY, MONDAY + timedelta(days=30)), max_size=8))
    return {"delivery_days": weekdays, "closed": closed, "minimum_days": draw(st.integers(0, 40))}


def candidates(curve: Curve, terms: dict) -> list[tuple[int, float]]:
    """All days on which a delivery may be promised, with their chances, far beyond the curve's end."""
    found = []
    for days in range(terms["minimum_days"], 150):
        day = curve.start + timedelta(days=days)
        if day.weekday() in terms["delivery_days"] and day not in terms["closed"]:
            found.append((days, curve.chance(day)))
    return found


@given(curves(), targets, terms())
def test_a_target_gets_the_first_day_of_delivery_that_reaches_it(curve: Curve, rule: Target, terms: dict) -> None:
    good = [days for days, chance in candidates(curve, terms) if chance >= rule.probability - 1e-12]
    found = decide(curve, rule, **terms)
    assert (found.days if isinstance(found, Decision) else None) == (good[0] if good else None)


@given(curves(), costs, terms())
def test_the_cost_rule_finds_the_cheapest_day_over_its_floor(curve: Curve, rule: Cost, terms: dict) -> None:
    prices = [
        (days + rule.late_costs_days * (1 - chance), days)
        for days, chance in candidates(curve, terms)
        if chance >= rule.floor - 1e-12
    ]
    found = decide(curve, rule, **terms)
    if not prices:
        assert isinstance(found, Refusal)
    else:
        assert isinstance(found, Decision)
        price = found.days + rule.late_costs_days * (1 - found.probability)
        assert price <= min(prices)[0] + 1e-9
        assert found.probability >= rule.floor - 1e-9


@given(curves(), rules, terms())
def test_nothing_is_promised_for_a_closed_day_or_before_the_minimum(curve: Curve, rule: Rule, terms: dict) -> None:
    found = decide(curve, rule, **terms)
    if isinstance(found, Decision):
        days = [found.day, found.earliest, found.latest, *([found.earlier.day] if found.earlier else [])]
        assert all(day.weekday() in terms["delivery_days"] and day not in terms["closed"] for day in days)
        assert found.days >= terms["minimum_days"]
        assert found.day == curve.start + timedelta(days=found.days)
        assert found.probability == curve.chance(found.day)
        assert found.earliest <= found.latest


@given(curves(), probabilities, probabilities, terms())
def test_more_caution_never_promises_an_earlier_day(curve: Curve, one: float, two: float, terms: dict) -> None:
    found = [decide(curve, Target(each), **terms) for each in sorted((one, two))]
    if isinstance(found[1], Decision):
        assert isinstance(found[0], Decision)
        assert found[0].days <= found[1].days


@given(curves(), st.floats(0, 100), st.floats(0, 100), terms())
def test_a_dearer_miss_never_promises_an_earlier_day(curve: Curve, one: float, two: float, terms: dict) -> None:
    found = [decide(curve, Cost(each), **terms) for each in sorted((one, two))]
    assert found[0].days <= found[1].days


@given(st.lists(curves(), min_size=1, max_size=8), rules, terms())
def test_many_at_once_are_decided_as_each_alone(several: list[Curve], rule: Rule, terms: dict) -> None:
    alone = [decide(curve, rule, **terms) for curve in several]
    assert decide_all(several, rule, **terms) == alone
    for curve, one in zip(several, alone, strict=True):
        columns = decide_many(np.array([day_number(curve.start)]), curve.by_day[None, :], rule, **terms)
        assert columns.days[0] == (one.days if isinstance(one, Decision) else -1)


@given(curves(), rules, terms())
def test_the_runner_up_is_the_day_of_delivery_before(curve: Curve, rule: Rule, terms: dict) -> None:
    found = decide(curve, rule, **terms)
    if isinstance(found, Decision):
        before = [(days, chance) for days, chance in candidates(curve, terms) if days < found.days]
        earlier = found.earlier
        assert (None if earlier is None else (earlier.days, earlier.probability)) == (before[-1] if before else None)


def curve(*by_day: float, evidence: float = 100.0, start: date = MONDAY) -> Curve:
    return Curve(start, np.array(by_day), evidence, "pooled")


def code(found: Decision | Refusal) -> str:
    return found.reason.code


def test_what_outcomes_ask_holds_for_a_target_and_not_for_a_cost() -> None:
    content = replace(curve(0, 0.1, 0.7, 0.88, 0.98, 1.0), aim=Aim((-0.4, -0.4, -0.4, -0.4)))
    found = decide(content, Target(0.9))
    assert isinstance(found, Decision)
    assert (found.days, found.probability, code(found)) == (3, 0.88, "target")
    assert [decide(replace(content, aim=AS_ASKED), rule).days for rule in (Target(0.9), Cost(1, floor=0.9))] == [4, 4]
    assert decide(content, Cost(1, floor=0.9)).days == 4


def test_no_single_promise_lies_more_than_a_tenth_below_its_target() -> None:
    content = Aim((-0.5, -0.5, -0.5, -0.5))
    for target in (0.5, 0.62, 0.7):  # half a log-odd is more than a tenth here
        falls_short, suffices = (replace(curve(0, target - miss, 1.0), aim=content) for miss in (0.101, 0.099))
        assert decide(falls_short, Target(target)).days == 2
        assert decide(suffices, Target(target)).days == 1


def test_each_of_many_curves_is_asked_what_its_own_outcomes_say() -> None:
    plain = curve(0, 0.1, 0.7, 0.88, 0.98, 1.0)
    several = [plain, replace(plain, aim=Aim((-0.4, -0.4, -0.4, -0.4)))]
    assert [found.days for found in decide_all(several, Target(0.9))] == [4, 3]


def test_a_refusal_tells_the_chance_that_was_needed() -> None:
    content = replace(curve(0, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5), aim=Aim((-0.4, -0.4, -0.4, -0.4)))
    refused = decide(content, Target(0.9))
    assert code(refused) == "target_not_reachable"
    assert refused.reason.values["needed"] == pytest.approx(1 / (1 + np.exp(0.4) / 9))


def test_the_reason_holds_what_a_sentence_needs() -> None:
    found = decide(curve(0, 0.1, 0.7, 0.92, 0.98, 1.0), Target(0.9))
    assert isinstance(found, Decision)
    assert found.reason == Reason(
        "target",
        {
            "days": 3,
            "day": "2024-04-04",
            "probability": 0.92,
            "usual_days": 2,
            "earlier_days": 2,
            "earlier_day": "2024-04-03",
            "earlier_probability": 0.7,
            "evidence": 100.0,
            "basis": "pooled",
            "target": 0.9,
        },
    )
    assert (found.earliest, found.latest) == (date(2024, 4, 2), date(2024, 4, 4))


def test_a_weekend_is_passed_over() -> None:
    friday = curve(0, 0.95, 1.0, start=date(2024, 4, 5))
    found = decide(friday, Target(0.9), delivery_days=WORKDAYS)
    assert isinstance(found, Decision)
    assert found.day == date(2024, 4, 8)
    assert found.probability == 1.0


@pytest.mark.parametrize(
    ("rule", "terms", "expected"),
    [
        (Target(0.9), {}, "target"),
        (Target(0.9), {"minimum_days": 3}, "target"),
        (Target(0.9), {"minimum_days": 4}, "minimum"),
        (Target(0.9), {"delivery_days": frozenset([4])}, "delivery_day"),
        (Cost(1000), {}, "cost"),
        (Cost(1, floor=0.9), {}, "floor"),
        (Target(0.999), {}, "target_not_reachable"),
        (Cost(5, floor=0.999), {}, "target_not_reachable"),
        (Target(0.9), {"closed": frozenset(MONDAY + timedelta(days=n) for n in range(200))}, "no_delivery_day"),
    ],
)
def test_what_settled_the_day_is_named(rule: Rule, terms: dict, expected: str) -> None:
    flat = [0.99] * 12
    assert code(decide(curve(0, 0.1, 0.7, 0.92, 0.98, *flat), rule, **terms)) == expected


def test_a_curve_that_is_still_rising_is_too_short() -> None:
    found = decide(curve(0, 0.2, 0.4, 0.6, 0.8), Target(0.9))
    assert found == Refusal(
        Reason("horizon_too_short", {"best": 0.8, "needed": 0.9, "horizon": 4, "evidence": 100.0}),
    )


def test_of_no_curves_nothing_is_decided() -> None:
    assert decide_all([], Target(0.9)) == []
    assert len(decide_many(np.zeros(0, dtype=np.int64), np.zeros((0, 5)), Target(0.9)).days) == 0


def test_without_history_there_is_no_date() -> None:
    assert decide(None, Target(0.9)) == Refusal(Reason("no_history", {}))


def test_a_refusal_is_handed_on() -> None:
    refusal = Refusal(Reason("never_served", {"place": "X"}))
    assert decide(refusal, Target(0.9)) is refusal


def test_three_orders_are_too_few() -> None:
    found = decide(curve(0, 1.0, evidence=3.0), Target(0.9))
    assert found == Refusal(Reason("little_history", {"evidence": 3.0, "least": 5.0}))


def test_the_owner_s_word_needs_no_orders() -> None:
    stated = Curve(MONDAY, np.array([0, 0.5, 1.0]), 0.0, "stated")
    assert code(decide(stated, Target(0.9))) == "target"


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: Target(0),
        lambda: Target(1),
        lambda: Target(float("nan")),
        lambda: Cost(-1),
        lambda: Cost(float("inf")),
        lambda: Cost(float("nan")),
        lambda: Cost(1, floor=1),
        lambda: decide(curve(0, 1), Target(0.5), delivery_days=frozenset()),
        lambda: decide(curve(0, 1), Target(0.5), delivery_days=frozenset([7])),
        lambda: decide(curve(0, 1), Target(0.5), minimum_days=-1),
        lambda: decide(curve(0, 1), Target(0.5), minimum_days=10**9),
    ],
)
def test_impossible_rules_are_refused(wrong: object) -> None:
    with pytest.raises(ValueError):
        wrong()
