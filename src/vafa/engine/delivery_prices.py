"""What delivery costs by rule: exact integers in minor units, one rule that counts, "no price" apart from "free"."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil

KILOGRAM_G = 1000


@dataclass(frozen=True, slots=True)
class PriceRule:
    """One rule that speaks about the place asked for.

    `nearness` says how closely its places name that place: 0 all places, more is closer. It holds up to `most_g` grams
    (None: any weight) for goods of at least `from_minor`. The price is `price_minor`, and `each_kg_minor` for every
    kilogram that is begun.
    """

    nearness: int
    most_g: int | None
    from_minor: int
    price_minor: int
    each_kg_minor: int = 0

    def holds(self, goods_minor: int, weight_g: float) -> bool:
        """Whether it speaks about goods of so much and so heavy."""
        return goods_minor >= self.from_minor and (self.most_g is None or weight_g <= self.most_g)

    def price(self, weight_g: float) -> int:
        """What it costs to send so much."""
        return self.price_minor + self.each_kg_minor * begun_kilograms(weight_g)


@dataclass(frozen=True, slots=True)
class Priced:
    """`price_minor` None: nobody has said what it costs. `free_from_minor`: the least value of goods, above the present
    one, from which it costs nothing; None where no such value is known, or where it is free already.
    """

    price_minor: int | None
    free_from_minor: int | None = None


def delivery_price(
    rules: Iterable[PriceRule],
    *,
    otherwise_minor: int | None,
    free_from_minor: int | None,
    goods_minor: int,
    weight_g: float | None,
) -> Priced:
    """The price for goods of that value and weight (None: not known, counts as the lightest).

    Free from `free_from_minor` on, whatever else is said. Else the rule that names the place most closely counts; of
    those the one with the smallest weight that is enough, then the one with the highest value of goods, then the lowest
    price. Where no rule speaks, `otherwise_minor`.
    """
    weight = weight_g or 0.0
    spoken = list(rules)
    price = _price(spoken, otherwise_minor, free_from_minor, goods_minor, weight)
    if price == 0:
        return Priced(0)
    steps = {rule.from_minor for rule in spoken} | ({free_from_minor} if free_from_minor is not None else set())
    free = (
        step
        for step in sorted(steps)
        if step > goods_minor and _price(spoken, otherwise_minor, free_from_minor, step, weight) == 0
    )
    return Priced(price, next(free, None))


def begun_kilograms(weight_g: float) -> int:
    """1 for everything up to a kilogram that weighs anything, 2 up to two, …"""
    return ceil(weight_g / KILOGRAM_G)


def _price(
    rules: list[PriceRule], otherwise_minor: int | None, free_from_minor: int | None, goods_minor: int, weight_g: float
) -> int | None:
    if free_from_minor is not None and goods_minor >= free_from_minor:
        return 0
    speaking = [rule for rule in rules if rule.holds(goods_minor, weight_g)]
    if not speaking:
        return otherwise_minor
    return min(speaking, key=lambda rule: _order(rule, weight_g)).price(weight_g)


def _order(rule: PriceRule, weight_g: float) -> tuple[int, bool, int, int, int]:
    return -rule.nearness, rule.most_g is None, rule.most_g or 0, -rule.from_minor, rule.price(weight_g)
