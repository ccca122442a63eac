"""Answers as pages for customers show them: remembered, never past a cut-off or a change of the settings."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta

from django.core.cache import cache

from vafa.delivery.answers import Answer
from vafa.delivery.queries.options import options
from vafa.delivery.queries.places import Destination, destination_of
from vafa.delivery.queries.quoting import answer
from vafa.delivery.questions import Asked
from vafa.engine.calendars import zone_of
from vafa.engine.history import Place
from vafa.kit.formats.preferences import the_language
from vafa.kit.problems import Problem
from vafa.promises.models import GuaranteeVersion
from vafa.shop.queries import the_shop

KEPT = timedelta(minutes=5)
STEPS_G = (250, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000)  # goods of one step share their answer
DIGITS = 2  # of a price that tell one question from another


@dataclass(frozen=True)
class Honest:
    """The answers by option, the place that was meant, the guarantees that stand; or the `problem`, a sentence in the
    reader's language. `unknown`: the place as it was written where nobody knows it, so that the answers are what is
    stated for all other places; "" for a known one.
    """

    answers: dict[str, Answer] = field(default_factory=dict)
    to: Place | None = None
    standing: list[GuaranteeVersion] = field(default_factory=list)
    problem: str = ""
    unknown: str = ""


def honest_answers(asked: Asked, moment: datetime) -> Honest:
    """What each option can promise for an order placed at `moment`.

    Questions that differ little share their answer. Where it is remembered only the settings row is asked for, which a
    page has read already.
    """
    alike = replace(asked, weight_g=_step(asked.weight_g), price_minor=_rounded(asked.price_minor))
    key = _key(alike, moment)
    kept: tuple[Honest, datetime] | None = cache.get(key)
    if kept is None or moment > kept[1]:
        kept = _worked_out(alike, moment), _holds_until(moment)
        cache.set(key, kept, KEPT.total_seconds())
    return kept[0]


def _key(asked: Asked, moment: datetime) -> str:
    said = f"{asked!r} {the_language(None)} {the_shop().stamp} {int(moment.timestamp() // KEPT.total_seconds())}"
    return f"dates:{hashlib.sha256(said.encode()).hexdigest()}"


def _holds_until(moment: datetime) -> datetime:
    """The next cut-off of the shop or of one of its ways, in the shop's zone; without one today, long enough."""
    local = moment.astimezone(zone_of(the_shop().zone))
    times = {time.fromisoformat(str(the_shop().cut_off)), *(each.cut_off for each in options() if each.cut_off)}
    ends = (datetime.combine(local.date(), each, local.tzinfo) for each in times)
    return min((end for end in ends if end >= moment), default=moment + KEPT)


def _worked_out(asked: Asked, moment: datetime) -> Honest:
    try:
        meant = _destination(asked.to)
        found = answer(asked, moment, found=meant)
    except Problem as problem:
        return Honest(problem=str(problem))
    return Honest(
        {each.option: each for each in found.answers},
        found.destination,
        found.standing,
        unknown="" if meant.is_known else asked.to.strip(),
    )


def _destination(named: str) -> Destination:
    """The place of that name, looked up once for all questions of a while. Problem `unknown-place`."""
    key = f"place:{hashlib.sha256(f'{named} {the_shop().stamp}'.encode()).hexdigest()}"
    found: Destination | None = cache.get(key)
    if found is None:
        found = destination_of(named)
        cache.set(key, found, KEPT.total_seconds())
    return found


def _step(weight_g: float | None) -> float | None:
    """The upper end of the weight's step."""
    return None if weight_g is None else float(next((step for step in STEPS_G if weight_g <= step), weight_g))


def _rounded(price_minor: int | None) -> int | None:
    """Only its first digits: dates hardly follow the price, and each price would be remembered by itself."""
    if not price_minor:
        return price_minor
    unit: int = 10 ** max(0, len(str(price_minor)) - DIGITS)
    return price_minor // unit * unit
