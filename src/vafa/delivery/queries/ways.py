"""What each way of delivery can promise for one article, as pages for customers show it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from django.core.cache import cache
from django.utils.safestring import SafeString

from vafa.delivery.answers import Answer
from vafa.delivery.queries.options import options
from vafa.delivery.queries.quoting import answer
from vafa.delivery.questions import Asked
from vafa.delivery.sentences import frequency_text
from vafa.engine.calendars import zone_of
from vafa.kit import clock
from vafa.kit.charts import curve_picture
from vafa.kit.formats.preferences import the_language
from vafa.kit.problems import Problem
from vafa.shop.queries import the_shop

KEPT = timedelta(minutes=5)
STEPS_G = (250, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000)  # articles of one step share their answer


@dataclass(frozen=True)
class Way:
    """One way of delivery: its answer, and what it costs in minor units of the shop's currency."""

    answer: Answer
    price_minor: int


@dataclass(frozen=True)
class Ways:
    """Ways of delivery, the earliest date first and refusals last; or why there are none for this place."""

    each: list[Way] = field(default_factory=list)
    problem: str = ""

    @property
    def best(self) -> Answer | None:
        """What stands in the chip."""
        return next((way.answer for way in self.each if not way.answer.is_refusal), None)

    @property
    def frequency(self) -> str:
        """How often such promises came true, in words."""
        return frequency_text(self.best.frequency) if self.best and self.best.frequency else ""

    @property
    def curve(self) -> SafeString:
        """The chance of each day."""
        best = self.best
        return curve_picture(best.chances, best.start, best.promised_on) if best and best.start else SafeString("")


def ways_to(place: str, *, weight_g: float | None, price_minor: int, category: str) -> Ways:
    """What can be promised for one article alone, ordered now, to a place by code or name.

    Kept for five minutes at most, never past a cut-off or a change of the settings. Where it is kept only the
    settings row is asked for, which a page has read already.
    """
    asked = Asked(to=place, weight_g=_step(weight_g), price_minor=price_minor, category=category)
    moment = clock.now()
    key = _key(asked, moment)
    kept: tuple[Ways, datetime] | None = cache.get(key)
    if kept is None or moment > kept[1]:
        kept = _worked_out(asked, moment), _holds_until(moment)
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


def _worked_out(asked: Asked, moment: datetime) -> Ways:
    try:
        found = answer(asked, moment).answers
    except Problem as problem:
        return Ways(problem=str(problem))
    prices = {option.code: option.price_minor for option in options()}
    ways = [Way(each, prices.get(each.option, 0)) for each in found]
    return Ways(sorted(ways, key=lambda way: (way.answer.promised_on is None, way.answer.promised_on or moment.date())))


def _step(weight_g: float | None) -> float | None:
    """The upper end of the weight's step."""
    return None if weight_g is None else float(next((step for step in STEPS_G if weight_g <= step), weight_g))
