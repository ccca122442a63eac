"""Options and the rules between them, for all options and rules there can be."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from vafa.engine.configuring import Clash, Option, Rule, Tie, Value, evaluate

SIZE = Option("size", (Value("small"), Value("large", 900, 2, (("board", 6),))), needed=True)
WOOD = Option("wood", (Value("pine"), Value("oak", 1500, 3), Value("walnut", 2500, 5)), needed=True)
DOORS = Option("doors", (Value("glass", 700, 1, (("pane", 2), ("hinge", 4))), Value("solid", 400, 1, (("hinge", 4),))))
LIGHT = Option("light", (Value("lamp", 300, 0, (("lamp", 1),)),))
BOOKCASE = (SIZE, WOOD, DOORS, LIGHT)
RULES = (
    Rule(Tie.REQUIRES, ("doors", "glass"), ("wood", "oak")),
    Rule(Tie.REQUIRES, ("doors", "glass"), ("wood", "walnut")),
    Rule(Tie.EXCLUDES, ("size", "small"), ("light", "lamp")),
)

CODES = ["a", "b", "c", "d"]
VALUES = st.builds(
    Value, st.sampled_from("xyz"), st.integers(0, 10**9), st.integers(0, 30),
    st.dictionaries(st.sampled_from("pqr"), st.integers(1, 9), max_size=2).map(lambda parts: tuple(parts.items())),
)  # fmt: skip
OPTIONS = st.lists(
    st.builds(
        Option, st.sampled_from(CODES), st.lists(VALUES, min_size=1, unique_by=lambda value: value.code).map(tuple),
        st.booleans(),
    ),
    max_size=4, unique_by=lambda option: option.code,
)  # fmt: skip
PICKS = st.tuples(st.sampled_from(CODES), st.sampled_from("xyz"))
TIES = st.lists(st.builds(Rule, st.sampled_from(Tie), PICKS, PICKS), max_size=6)
CHOICES = st.dictionaries(st.sampled_from(CODES), st.sampled_from(["x", "y", "z", ""]))


def told(chosen, rules=RULES):
    outcome = evaluate(BOOKCASE, rules, chosen)
    return [(each.clash, each.option, each.value, each.with_) for each in outcome.conflicts]


def test_one_evaluation_gives_price_parts_and_days():
    outcome = evaluate(BOOKCASE, RULES, {"size": "large", "wood": "oak", "doors": "glass", "light": "lamp"})
    assert (outcome.surcharge_minor, outcome.lead_days, outcome.is_possible) == (3400, 6, True)
    assert outcome.parts == (("board", 6), ("hinge", 4), ("lamp", 1), ("pane", 2))


def test_what_is_needed_and_not_chosen_is_told_with_all_it_can_be():
    outcome = evaluate(BOOKCASE, RULES, {"size": "small"})
    (missing,) = outcome.conflicts
    assert (missing.clash, missing.option) == (Clash.MISSING, "wood")
    assert missing.ways == (("wood", "pine"), ("wood", "oak"), ("wood", "walnut"))


def test_values_of_one_option_that_are_required_are_alternatives():
    chosen = {"size": "large", "wood": "pine", "doors": "glass"}
    assert told(chosen) == [(Clash.REQUIRES, "doors", "glass", (("wood", "oak"), ("wood", "walnut")))]
    assert told({**chosen, "wood": "oak"}) == told({**chosen, "wood": "walnut"}) == []


def test_a_conflict_names_the_single_changes_that_end_it():
    (conflict,) = evaluate(BOOKCASE, RULES, {"size": "large", "wood": "pine", "doors": "glass"}).conflicts
    assert conflict.ways == (("doors", "solid"), ("doors", ""), ("wood", "oak"), ("wood", "walnut"))


def test_what_excludes_is_excluded_and_told_once_at_the_later_of_both():
    chosen = {"size": "small", "wood": "pine", "light": "lamp"}
    expected = [(Clash.EXCLUDES, "light", "lamp", (("size", "small"),))]
    turned = [Rule(rule.tie, rule.other, rule.value) if rule.tie == Tie.EXCLUDES else rule for rule in RULES]
    assert told(chosen) == told(chosen, turned) == told(chosen, [*RULES, *turned]) == expected


def test_what_does_not_exist_is_told_and_costs_nothing():
    outcome = evaluate(BOOKCASE, RULES, {"size": "huge", "wood": "pine", "paint": "red"})
    assert [(each.clash, each.option, each.value) for each in outcome.conflicts] == [
        (Clash.UNKNOWN, "size", "huge"), (Clash.UNKNOWN, "paint", "red"),
    ]  # fmt: skip
    assert outcome.conflicts[1].ways == (("paint", ""),)
    assert outcome.surcharge_minor == 0


@given(OPTIONS, TIES, CHOICES, st.randoms())
def test_the_order_of_choices_and_rules_makes_no_difference(options, rules, chosen, shuffler):
    pairs, mixed = list(chosen.items()), list(rules)
    shuffler.shuffle(pairs)
    shuffler.shuffle(mixed)
    assert evaluate(options, mixed, dict(pairs)) == evaluate(options, rules, chosen)


@given(OPTIONS, TIES, CHOICES)
def test_what_it_costs_and_takes_is_the_sum_of_what_is_chosen(options, rules, chosen):
    outcome = evaluate(options, rules, chosen)
    taken = [value for option in options for value in option.values if chosen.get(option.code) == value.code]
    assert outcome.surcharge_minor == sum(value.surcharge_minor for value in taken)
    assert outcome.lead_days == sum(value.lead_days for value in taken)
    assert sum(dict(outcome.parts).values()) == sum(pieces for value in taken for _code, pieces in value.parts)


@given(OPTIONS, TIES, CHOICES)
def test_a_choice_is_possible_exactly_when_it_fulfils_every_rule(options, rules, chosen):
    known = {option.code: {value.code for value in option.values} for option in options}
    picks = {(option, value) for option, value in chosen.items() if value}
    asked = {(rule.value, rule.other[0]) for rule in rules if rule.tie == Tie.REQUIRES and rule.value in picks}
    fulfils = (
        all(value in known.get(option, ()) for option, value in picks)
        and all(chosen.get(option.code) for option in options if option.needed)
        and all(
            any(rule.other in picks for rule in rules
                if (rule.tie, rule.value, rule.other[0]) == (Tie.REQUIRES, value, option))
            for value, option in asked
        )
        and not any(rule.tie == Tie.EXCLUDES and rule.value != rule.other and {rule.value, rule.other} <= picks
                    for rule in rules)
    )  # fmt: skip
    assert evaluate(options, rules, chosen).is_possible is fulfils


@given(OPTIONS, TIES, CHOICES)
def test_every_way_out_ends_its_conflict_and_begins_no_other(options, rules, chosen):
    def what(picks):
        return {(each.clash, each.option, each.value, each.with_) for each in evaluate(options, rules, picks).conflicts}

    for conflict in evaluate(options, rules, chosen).conflicts:
        for option, value in conflict.ways:
            after = what({**chosen, option: value})
            assert after < what(chosen)
            assert (conflict.clash, conflict.option, conflict.value, conflict.with_) not in after


@given(OPTIONS, TIES, CHOICES)
def test_choosing_what_is_required_ends_that_conflict(options, rules, chosen):
    for conflict in evaluate(options, rules, chosen).conflicts:
        for option, value in conflict.with_ if conflict.clash == Clash.REQUIRES else ():
            if option == conflict.option:
                continue  # a value that asks for another of its own option can never be
            after = evaluate(options, rules, {**chosen, option: value}).conflicts
            assert all((each.clash, each.value, each.with_) != (conflict.clash, conflict.value, conflict.with_)
                       or each.option != conflict.option for each in after)  # fmt: skip
