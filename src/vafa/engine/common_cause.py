"""What promises in danger have in common: the group that slips more than the others, and more than was stated.

A scan over groups (Kulldorff 1997, Bernoulli model): each group named by one or more factors (region, carrier, …) is
asked two things. Do more of its promises slip than was stated when they were made (Poisson tail, times the number of
groups looked at)? And are they over-represented among all that slip: is their share among the slipping larger than
their share among all open promises (the lift; hypergeometric tail)? The second keeps what nearly every promise has,
such as the one town a shop sends from, from being called a cause. The likeliest cause is the group that, told apart
from the rest, explains best which promises slip. Then its promises are set aside and the rest is looked at again.
Where most of what is then left slips and no group stands out, that is said of all of them: a cause without a name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import exp, inf, lgamma, log

Common = tuple[tuple[str, str], ...]  # (factor, value), in the order of FACTORS
FACTORS = ("region", "carrier", "origin", "scanned", "handed_on")
TOGETHER = 3  # factors that may be named together
LEAST, TIMES, BY_CHANCE = 5, 2.0, 0.01  # promises in danger; their ratio to what was expected; chance of a false alarm
NEARLY_ALL = 0.9  # what so many open promises have tells none of them apart
LIFT, BY_LOT = 1.1, 0.05  # least share among the slipping to the share among all; chance of such a share by lot
MOST = 0.5  # the share of all in danger from which on they slip as a whole


@dataclass(frozen=True)
class Case:
    """One open promise: its factors ("" = not known), the chance to break it as stated when it was made, and whether it
    is in danger now."""

    key: int
    factors: Mapping[str, str]
    stated: float
    in_danger: bool


@dataclass(frozen=True)
class Cause:
    """A group that slips: what it has in common, how many are in danger, how many breaks were stated, of how many; and
    the same of all that was looked at with it."""

    common: Common
    in_danger: tuple[int, ...]
    expected: float
    watched: int
    all_in_danger: int
    all_watched: int

    @property
    def lift(self) -> float:
        """The group's share among the slipping, to its share among all open promises."""
        return (len(self.in_danger) / self.all_in_danger) / (self.watched / self.all_watched)

    @property
    def weight(self) -> float:
        """The log likelihood ratio of two shares in danger, in the group and outside, against one for all."""
        inside, slipping = len(self.in_danger), self.all_in_danger
        outside = _log_likelihood(slipping - inside, self.all_watched - self.watched)
        return _log_likelihood(inside, self.watched) + outside - _log_likelihood(slipping, self.all_watched)


def common_causes(cases: Iterable[Case], *, most: int = 5) -> list[Cause]:
    """The causes, the weightiest first; none where nothing is beyond chance."""
    left, found = list(cases), list[Cause]()
    while len(found) < most:
        cause = _weightiest(left) or _as_a_whole(left)
        if cause is None:
            break
        found.append(cause)
        taken = dict(cause.common)
        left = [case for case in left if not belongs(case.factors, taken)]
    return found


def belongs(factors: Mapping[str, str], common: Mapping[str, str]) -> bool:
    """Whether a promise with these factors is of the group."""
    return all(factors.get(name) == value for name, value in common.items())


def poisson_tail(seen: int, expected: float) -> float:
    """The chance of `seen` or more where `expected` are expected."""
    if seen <= 0:
        return 1.0
    term = exp(seen * log(expected) - expected - lgamma(seen + 1))
    total, count = term, seen
    while term > total * 1e-12:
        count += 1
        term *= expected / count
        total += term
    return min(total, 1.0)


def by_lot(seen: int, drawn: int, marked: int, of: int) -> float:
    """The chance that `drawn` promises, drawn by lot `of` all of which `marked` slip, hold `seen` or more of those."""
    total = 0.0
    for count in range(seen, min(drawn, marked) + 1):
        term = exp(_log_ways(count, drawn, marked, of))
        total += term
        if count * of > drawn * marked and term <= total * 1e-12:  # past the likeliest number they only get smaller
            break
    return min(total, 1.0)


def _log_ways(count: int, drawn: int, marked: int, of: int) -> float:
    if drawn - count > of - marked:
        return -inf
    return _log_choose(marked, count) + _log_choose(of - marked, drawn - count) - _log_choose(of, drawn)


def _log_choose(of: int, count: int) -> float:
    return lgamma(of + 1) - lgamma(count + 1) - lgamma(of - count + 1)


def _log_likelihood(seen: int, of: int) -> float:
    return sum(part * log(part / of) for part in (seen, of - seen) if part > 0)


def _weightiest(cases: Sequence[Case]) -> Cause | None:
    """Of groups that explain as much the one with the strongest lift; of names for the same promises the one whose
    every factor stands out by itself, and of those the one that names all they share."""
    groups = _groups(cases)
    alone = {cause.common[0]: round(cause.lift, 9) for cause in groups if len(cause.common) == 1}

    def how_well(cause: Cause) -> tuple[float, float, float, int, Common]:
        weakest = min(alone[factor] for factor in cause.common)
        return round(cause.weight, 9), round(cause.lift, 9), weakest, len(cause.common), cause.common

    causes = [cause for cause in groups if _is_beyond_chance(cause, len(groups)) and _stands_out(cause)]
    return max(causes, key=how_well, default=None)


def _as_a_whole(cases: Sequence[Case]) -> Cause | None:
    """All of them, where most slip, beyond what was stated."""
    slipping = tuple(case.key for case in cases if case.in_danger)
    if len(slipping) < MOST * len(cases):
        return None
    stated = max(sum(case.stated for case in cases), 0.01)
    whole = Cause((), slipping, stated, len(cases), len(slipping), len(cases))
    return whole if _is_beyond_chance(whole, 1) else None


def _is_beyond_chance(cause: Cause, looked_at: int) -> bool:
    seen = len(cause.in_danger)
    if seen < LEAST or seen < TIMES * cause.expected:
        return False
    return poisson_tail(seen, cause.expected) * looked_at < BY_CHANCE


def _stands_out(cause: Cause) -> bool:
    """Whether it slips more than the others do."""
    if cause.watched >= NEARLY_ALL * cause.all_watched or cause.lift < LIFT:
        return False
    return by_lot(len(cause.in_danger), cause.watched, cause.all_in_danger, cause.all_watched) < BY_LOT


def _groups(cases: Sequence[Case]) -> list[Cause]:
    """Every group with enough promises in danger, named by what tells promises apart."""
    telling = _telling(cases)
    members: dict[Common, list[int]] = {}
    for case in cases:
        if case.in_danger:
            for common in _names(case, telling):
                members.setdefault(common, []).append(case.key)
    large = {common for common, keys in members.items() if len(keys) >= LEAST}
    stated: dict[Common, list[float]] = {common: [0.0, 0.0] for common in large}
    for case in cases:
        for common in _names(case, telling):
            if common in stated:
                stated[common][0] += case.stated
                stated[common][1] += 1
    slipping = sum(case.in_danger for case in cases)
    return [
        Cause(
            common, tuple(members[common]), max(stated[common][0], 0.01), int(stated[common][1]), slipping, len(cases)
        )
        for common in large
    ]


def _telling(cases: Sequence[Case]) -> set[tuple[str, str]]:
    """Factors that enough promises in danger have (no group is larger than its rarest one), and not nearly all."""
    everywhere = Counter(pair for case in cases for pair in case.factors.items())
    slipping = Counter(pair for case in cases if case.in_danger for pair in case.factors.items())
    return {pair for pair, count in slipping.items() if count >= LEAST and everywhere[pair] < NEARLY_ALL * len(cases)}


def _names(case: Case, telling: set[tuple[str, str]]) -> Iterable[Common]:
    pairs = ((name, case.factors.get(name, "")) for name in FACTORS)
    known = [pair for pair in pairs if pair[1] and pair in telling]
    for count in range(1, TOGETHER + 1):
        yield from combinations(known, count)
