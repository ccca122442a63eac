"""Whether a new price looks like a mistake, judged by what the article cost before, what it costs the shop and others.

Prices move by factors, so everything is measured on their logarithms. The spread of an article's own steps is a
robust one (median absolute deviation, Huber 1964), so a past mistake does not teach the guard to let the next one pass.
The amounts are of one currency in one unit; the guard knows no currency, calendar or shop.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import exp, log
from statistics import median

TO_SIGMA = 1.4826  # of a normal distribution: its standard deviation over its median absolute deviation
POWERS = (10, 100, 1000)


@dataclass(frozen=True, slots=True)
class Doubt:
    """One reason to look again. `code` is stable; `values` are the numbers a sentence is made from."""

    code: str
    values: dict[str, float | str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PriceRules:
    """When a price is doubted.

    `most_step`: a change by more than this share up, or by as much down seen from the new price (0.5: from 100 to more
    than 150 or to less than 67). `most_spreads`: so many spreads of the article's own prices away from their middle.
    `near_power`: so near (share) to ten, a hundred or a thousand times what was expected is a slip of the decimal point
    or of the unit. `most_off_market`: so much dearer than the middle of the market, or cheaper by the same factor.
    `least_spread`: no article is taken to be steadier than this (share).
    """

    most_step: float = 0.5
    most_spreads: float = 6.0
    near_power: float = 0.35
    most_off_market: float = 0.8
    widest_market: float = 4.0
    known_again: float = 0.1
    least_spread: float = 0.06
    least_history: int = 5
    least_market: int = 3


RULES = PriceRules()


def doubts_about_price(
    new: int,
    history: Sequence[int],
    *,
    cost: int | None = None,
    market: Sequence[int] = (),
    rules: PriceRules = RULES,
) -> list[Doubt]:
    """Why a person should look at the price `new` before anybody sees it; empty where nothing speaks against it.

    `history`: the article's earlier prices, oldest first, the one that holds now last; `cost`: what a piece costs the
    shop; `market`: what others ask for it now. All above nothing, else ValueError. Codes: `below-cost`, `tenfold`,
    `tenth` (both with `factor`), `step` (`share`), `unlike-history` (`spreads`), `off-market` (`share`).
    """
    if new <= 0 or any(each <= 0 for each in (*history, *market)) or (cost is not None and cost <= 0):
        raise ValueError("a price is above nothing")
    found = [] if cost is None or new >= cost else [Doubt("below-cost", {"cost": cost})]
    slip = _slip(new, _references(history, market, rules), rules)
    if slip is not None:
        return [*found, slip]
    return [*found, *_step(new, history, rules), *_unlike(new, history, rules), *_off_market(new, market, rules)]


def doubts_about_surcharge(
    new: int, before: int | None, *, price: int | None = None, rules: PriceRules = RULES
) -> list[Doubt]:
    """Why a person should look at what an option adds to a price: `before` is what it added until now (None: it is
    new), `price` the price of what it is added to. None of them below nothing, else ValueError. Beside the codes of
    `doubts_about_price` there is `above-price`: it would add more than the whole thing costs.
    """
    if new < 0 or (before or 0) < 0 or (price is not None and price <= 0):
        raise ValueError("a surcharge is not below nothing")
    if new and before:
        return doubts_about_price(new, [before], rules=rules)
    return [Doubt("above-price", {"price": price})] if price is not None and new > price else []


def _references(history: Sequence[int], market: Sequence[int], rules: PriceRules) -> list[float]:
    """What the price was expected to be near to."""
    known = [float(history[-1])] if history else []
    if len(market) >= rules.least_market:
        known.append(float(median(market)))
    return known


def _slip(new: int, references: Sequence[float], rules: PriceRules) -> Doubt | None:
    """A point or a zero too many or too few; rials for tomans are ten-fold too."""
    for reference in references:
        away = log(new / reference)
        for power in POWERS:
            if abs(abs(away) - log(power)) <= log(1 + rules.near_power):
                return Doubt("tenfold" if away > 0 else "tenth", {"factor": power, "expected": round(reference)})
    return None


def _step(new: int, history: Sequence[int], rules: PriceRules) -> list[Doubt]:
    if not history or abs(log(new / history[-1])) <= log(1 + rules.most_step) or _held_before(new, history, rules):
        return []
    return [Doubt("step", {"share": round(new / history[-1] - 1, 4), "before": history[-1]})]


def _held_before(new: int, history: Sequence[int], rules: PriceRules) -> bool:
    return any(abs(log(new / each)) <= log(1 + rules.known_again) for each in history)


def _unlike(new: int, history: Sequence[int], rules: PriceRules) -> list[Doubt]:
    if len(history) < rules.least_history:
        return []
    logs = [log(each) for each in history]
    middle = median(logs)
    spread = max(TO_SIGMA * median(abs(each - middle) for each in logs), rules.least_spread)
    spreads = (log(new) - middle) / spread
    # a price that went up for years is far from its own middle: then only a step from the last one counts
    near_last = abs(log(new / history[-1])) <= rules.most_spreads * rules.least_spread / 2
    if abs(spreads) <= rules.most_spreads or near_last or _held_before(new, history, rules):
        return []
    return [Doubt("unlike-history", {"spreads": round(spreads, 1), "usual": round(exp(middle))})]


def _off_market(new: int, market: Sequence[int], rules: PriceRules) -> list[Doubt]:
    if len(market) < rules.least_market:
        return []
    middle = median(market)
    logs = [log(each / middle) for each in market]
    spread = TO_SIGMA * median(abs(each) for each in logs)
    away = log(new / middle)
    if abs(away) <= min(max(log(1 + rules.most_off_market), rules.most_spreads * spread), log(rules.widest_market)):
        return []
    return [Doubt("off-market", {"share": round(new / middle - 1, 4), "market": round(middle)})]
