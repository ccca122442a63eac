"""What a choice among a product's options costs, needs and takes, and why some choices do not go together.

One evaluation of one choice gives everything: price, parts, working days, conflicts. It is a function of the choice
alone, so it does not matter in which order somebody chose.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

Pick = tuple[str, str]  # (option, value)
Chosen = Mapping[str, str]  # {option: value}; an option left out, or "", is not chosen


class Tie(StrEnum):
    """How two values belong together."""

    REQUIRES = "requires"
    EXCLUDES = "excludes"


class Clash(StrEnum):
    """Why a choice cannot be made so."""

    MISSING = "missing"  # something must be chosen here
    UNKNOWN = "unknown"  # there is no such value
    REQUIRES = "requires"
    EXCLUDES = "excludes"


@dataclass(frozen=True, slots=True)
class Value:
    """One thing that can be chosen: what it adds to the price of a piece, its parts, the working days it takes, and
    how many characters of his own the customer can (or, where they are `needed`, must) write for it.
    """

    code: str
    surcharge_minor: int = 0
    lead_days: int = 0
    parts: tuple[tuple[str, int], ...] = ()
    words_most: int = 0
    words_needed: bool = False


@dataclass(frozen=True, slots=True)
class Option:
    """Something to choose, one value or, where nothing is `needed`, none."""

    code: str
    values: tuple[Value, ...]
    needed: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """`value` requires or excludes `other`. Several values of one option that a value requires are alternatives: only
    one of them can be chosen. What excludes is excluded too.
    """

    tie: Tie
    value: Pick
    other: Pick


@dataclass(frozen=True, slots=True)
class Conflict:
    """What is wrong with a choice, told at `option`. `with_` are the values that are missing (`requires`) or in the way
    (`excludes`); each of `ways` is one change ((option, new value), "" for none) after which this conflict is gone and
    no new one has come.
    """

    clash: Clash
    option: str
    value: str = ""
    with_: tuple[Pick, ...] = ()
    ways: tuple[Pick, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """Everything about one choice. Amounts, parts and days are those of the values that exist, conflicts or not."""

    surcharge_minor: int
    lead_days: int
    parts: tuple[tuple[str, int], ...]
    conflicts: tuple[Conflict, ...]

    @property
    def is_possible(self) -> bool:
        return not self.conflicts


def evaluate(options: Sequence[Option], rules: Sequence[Rule], chosen: Chosen) -> Outcome:
    """What this choice costs on top, which parts it needs, how many working days it takes (one step after the other),
    and what is wrong with it, in the order of the options.
    """
    taken = list(_taken(options, chosen))
    found = _conflicts(options, rules, chosen)
    parts: Counter[str] = Counter()
    for value in taken:
        parts.update(dict(value.parts))
    return Outcome(
        surcharge_minor=sum(value.surcharge_minor for value in taken),
        lead_days=sum(value.lead_days for value in taken),
        parts=tuple(sorted(parts.items())),
        conflicts=tuple(_with_ways(each, options, rules, chosen) for each in found),
    )


def _taken(options: Sequence[Option], chosen: Chosen) -> Iterator[Value]:
    for option in options:
        yield from (value for value in option.values if value.code == chosen.get(option.code))


def _conflicts(options: Sequence[Option], rules: Sequence[Rule], chosen: Chosen) -> list[Conflict]:
    order = {option.code: place for place, option in enumerate(options)}
    found = [*_strange(chosen, order), *_of_options(options, chosen)]
    picks = {(option, value) for option, value in chosen.items() if value}
    found += [*_lacking(rules, picks), *_clashing(rules, picks, order)]
    return sorted(found, key=lambda each: (order.get(each.option, len(order)), each.option, each.clash, each.with_))


def _strange(chosen: Chosen, order: Mapping[str, int]) -> Iterator[Conflict]:
    for code, value in chosen.items():
        if value and code not in order:
            yield Conflict(Clash.UNKNOWN, code, value)


def _of_options(options: Sequence[Option], chosen: Chosen) -> Iterator[Conflict]:
    for option in options:
        value = chosen.get(option.code, "")
        if not value and option.needed:
            yield Conflict(Clash.MISSING, option.code)
        if value and all(each.code != value for each in option.values):
            yield Conflict(Clash.UNKNOWN, option.code, value)


def _lacking(rules: Sequence[Rule], picks: set[Pick]) -> Iterator[Conflict]:
    """Of each value that is chosen and each option it asks something of: is one of the alternatives chosen?"""
    asked = {(rule.value, rule.other) for rule in rules if rule.tie == Tie.REQUIRES and rule.value in picks}
    for (value, _option), pairs in groupby(sorted(asked), key=lambda pair: (pair[0], pair[1][0])):
        others = tuple(other for _value, other in pairs)
        if picks.isdisjoint(others):
            yield Conflict(Clash.REQUIRES, value[0], value[1], others)


def _clashing(rules: Sequence[Rule], picks: set[Pick], order: Mapping[str, int]) -> Iterator[Conflict]:
    """Told once for a pair, at the one that is chosen later on the page."""
    pairs = {frozenset((rule.value, rule.other)) for rule in rules if rule.tie == Tie.EXCLUDES}
    for pair in pairs:
        if pair <= picks and len(pair) == 2:
            first, second = sorted(pair, key=lambda pick: (order.get(pick[0], len(order)), pick))
            yield Conflict(Clash.EXCLUDES, second[0], second[1], (first,))


def _with_ways(conflict: Conflict, options: Sequence[Option], rules: Sequence[Rule], chosen: Chosen) -> Conflict:
    """The conflict with the single changes that end it and begin no other."""
    before = {_what(each) for each in _conflicts(options, rules, chosen)}
    ways = []
    for option, value in _changes(conflict, options, chosen):
        after = {_what(each) for each in _conflicts(options, rules, {**chosen, option: value})}
        if _what(conflict) not in after and after < before:
            ways.append((option, value))
    return Conflict(conflict.clash, conflict.option, conflict.value, conflict.with_, tuple(ways))


def _changes(conflict: Conflict, options: Sequence[Option], chosen: Chosen) -> Iterator[Pick]:
    """Every other value of the options that the conflict is about, and none of each."""
    known = {option.code: option.values for option in options}
    for code in dict.fromkeys([conflict.option, *(option for option, _value in conflict.with_)]):
        values = [*(value.code for value in known.get(code, ())), ""]
        yield from ((code, value) for value in values if value != chosen.get(code, ""))


def _what(conflict: Conflict) -> tuple[Clash, str, str, tuple[Pick, ...]]:
    return conflict.clash, conflict.option, conflict.value, conflict.with_
