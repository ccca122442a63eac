"""What promises in danger have in common: the group in which more of them are in danger than chance explains.

A scan over groups (Kulldorff 1997, Poisson model): each group named by one or more factors (region, carrier, …) is
compared with the number of broken promises that was stated when they were made. The log likelihood ratio
O ln(O / E) − (O − E) says how much better "this group slips" explains what is seen; the group with the largest one is
the likeliest cause. It counts when so many would hardly come by chance (Poisson tail, times the number of groups looked
at). Then its promises are set aside and the rest is looked at again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import exp, lgamma, log

Common = tuple[tuple[str, str], ...]  # (factor, value), in the order of FACTORS
FACTORS = ("region", "carrier", "origin", "scanned", "handed_on")
TOGETHER = 3  # factors that may be named together
LEAST, TIMES, BY_CHANCE = 5, 2.0, 0.01  # promises in danger; their ratio to what was expected; chance of a false alarm


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
    """A group that slips: what it has in common, how many are in danger, how many breaks were stated, of how many."""

    common: Common
    in_danger: tuple[int, ...]
    expected: float
    watched: int

    @property
    def weight(self) -> float:
        """The log likelihood ratio."""
        seen = len(self.in_danger)
        return seen * log(seen / self.expected) - (seen - self.expected) if seen > self.expected else 0.0


def common_causes(cases: Iterable[Case], *, most: int = 5) -> list[Cause]:
    """The causes, the weightiest first; none where nothing is beyond chance."""
    left, found = list(cases), list[Cause]()
    while len(found) < most:
        cause = _weightiest(left)
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


def _weightiest(cases: Sequence[Case]) -> Cause | None:
    """Of groups with the same promises the one that names all they share."""
    groups = _groups(cases)
    beyond = [cause for cause in groups if _is_beyond_chance(cause, len(groups))]
    return max(beyond, key=lambda cause: (round(cause.weight, 9), len(cause.common), cause.common), default=None)


def _is_beyond_chance(cause: Cause, looked_at: int) -> bool:
    seen = len(cause.in_danger)
    if seen < LEAST or seen < TIMES * cause.expected:
        return False
    return poisson_tail(seen, cause.expected) * looked_at < BY_CHANCE


def _groups(cases: Sequence[Case]) -> list[Cause]:
    """Every group with enough promises in danger."""
    usual = Counter(pair for case in cases if case.in_danger for pair in case.factors.items())
    often = {pair for pair, count in usual.items() if count >= LEAST}  # no group is larger than its rarest factor
    members: dict[Common, list[int]] = {}
    for case in cases:
        if case.in_danger:
            for common in _names(case, often):
                members.setdefault(common, []).append(case.key)
    large = {common for common, keys in members.items() if len(keys) >= LEAST}
    stated: dict[Common, list[float]] = {common: [0.0, 0.0] for common in large}
    for case in cases:
        for common in _names(case, often):
            if common in stated:
                stated[common][0] += case.stated
                stated[common][1] += 1
    return [
        Cause(common, tuple(members[common]), max(stated[common][0], 0.01), int(stated[common][1])) for common in large
    ]


def _names(case: Case, often: set[tuple[str, str]]) -> Iterable[Common]:
    pairs = ((name, case.factors.get(name, "")) for name in FACTORS)
    known = [pair for pair in pairs if pair[1] and pair in often]
    for count in range(1, TOGETHER + 1):
        yield from combinations(known, count)
