"""What a question leaves out is taken from the shop's recent orders to the same region.

A model has learned what an order without a weight or a seller is: a broken record. A question without them is another
thing: nobody knows yet. So missing facts are filled in; where even the seller is open, several recent orders stand in
and their curves are averaged.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from statistics import median, mode
from typing import Any

import numpy as np

from vafa.engine.curve import Curve, widened
from vafa.engine.history import History, Place, Question

KEPT = 8  # orders that stand in for one region
NUMBERS = ("price", "freight", "weight_g", "volume_cm3")


def stand_ins_of(known: History) -> dict[str, list[dict[str, Any]]]:
    """For each region and for "" (all): recent orders with a seller, the newest last. JSON values."""
    found: dict[str, list[dict[str, Any]]] = {}
    for row in range(len(known) - 1, -1, -1):
        if known.cancelled[row] or not known.facts.seller[row]:
            continue
        region = known.facts.destination(row).region.casefold()
        wanting = [key for key in {region, ""} if len(found.get(key, ())) < KEPT]
        if wanting:
            fact = _fact(known, row)
            for key in wanting:
                found.setdefault(key, []).insert(0, fact)
    return found


def _fact(known: History, row: int) -> dict[str, Any]:
    facts = known.facts
    numbers = {name: float(getattr(facts, name)[row]) for name in NUMBERS}
    return {
        "seller": str(facts.seller[row]),
        "origin": asdict(known.facts.origin(row)),
        "category": str(facts.category[row]),
        "payment": str(facts.payment[row]),
        **{name: value if np.isfinite(value) else None for name, value in numbers.items()},
    }


def filled_in(
    questions: Sequence[Question], stand_ins: Mapping[str, Sequence[Mapping[str, Any]]]
) -> tuple[list[Question], list[int]]:
    """Complete questions, and for each the place of the question it stands for."""
    complete, places = [], []
    for place, question in enumerate(questions):
        near = stand_ins.get(question.destination.region.casefold()) or stand_ins.get("", ())
        standing = [_completed(question, near)] if question.seller or not near else [_as(question, one) for one in near]
        complete += standing
        places += [place] * len(standing)
    return complete, places


def _completed(question: Question, near: Sequence[Mapping[str, Any]]) -> Question:
    """The seller is known: numbers are filled in with the middle of the stand-ins, the payment with the usual one."""
    missing = [name for name in NUMBERS if getattr(question, name) is None]
    if question.payment and not missing:
        return question
    known = {name: [one[name] for one in near if one[name] is not None] for name in missing}
    payment = question.payment or mode([one.get("payment", "") for one in near] or [""])
    return replace(question, payment=payment, **{name: median(values) for name, values in known.items() if values})


def _as(question: Question, one: Mapping[str, Any]) -> Question:
    """The question as if this order were meant, except for what it says itself."""
    numbers = {name: one[name] for name in NUMBERS if getattr(question, name) is None}
    origin = question.origin or Place(**one["origin"])
    category, payment = question.category or one["category"], question.payment or one.get("payment", "")
    return replace(question, seller=one["seller"], origin=origin, category=category, payment=payment, **numbers)


def averaged(curves: Sequence[Curve], places: Sequence[int], count: int) -> list[Curve]:
    """One curve for each of the `count` questions: the mean of those that stand for it."""
    groups: list[list[Curve]] = [[] for _ in range(count)]
    for curve, place in zip(curves, places, strict=True):
        groups[place].append(curve)
    return [_mean(group) for group in groups]


def _mean(group: Sequence[Curve]) -> Curve:
    if len(group) == 1:
        return group[0]
    width = max(len(curve.by_day) for curve in group)
    rows = [widened(curve.by_day, width) for curve in group]
    evidence = float(np.mean([curve.evidence for curve in group]))
    return replace(group[0], by_day=np.mean(rows, axis=0), evidence=evidence)
