"""Exact amounts: whole minor units, and parts that add up to the whole."""

from __future__ import annotations

from collections.abc import Sequence

WHOLE_BP = 10_000


def contained_tax(amount_minor: int, bp: int) -> int:
    """What of an amount is tax at `bp` hundredths of a percent; half a unit is rounded up."""
    return _divided(amount_minor * bp, WHOLE_BP + bp)


def with_tax(amount_minor: int, bp: int) -> int:
    """The amount with the tax added."""
    return amount_minor + _divided(amount_minor * bp, WHOLE_BP)


def shared(amount_minor: int, weights: Sequence[int]) -> list[int]:
    """The amount in whole parts as the weights are, adding up exactly: what is left over goes to the largest rests.

    No part is larger than its weight where the amount is at most their sum. Nothing is shared by nothing: ValueError.
    """
    whole = sum(weights)
    if not amount_minor:
        return [0] * len(weights)
    if whole <= 0:
        raise ValueError("nothing to share it among")
    parts = [amount_minor * weight // whole for weight in weights]
    rests = sorted(range(len(weights)), key=lambda each: (-(amount_minor * weights[each] % whole), each))
    for each in rests[: amount_minor - sum(parts)]:
        parts[each] += 1
    return parts


def _divided(number: int, by: int) -> int:
    return (2 * number + by) // (2 * by)
