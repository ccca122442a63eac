"""What can be had instead of a window, or a day at a point, that is gone: others of that way, and the other ways."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from vafa.checkout.queries.delivering import Chosen, cost_of
from vafa.checkout.queries.summary import Summary
from vafa.delivery.queries.choices import Choice
from vafa.delivery.queries.slots import SlotOffer
from vafa.delivery.slot_names import SlotName

SAME_WAY = 4


@dataclass(frozen=True)
class Alternative:
    """One way with its window or point, so that nothing is left to choose; `cost_minor` as the customer pays it."""

    chosen: Chosen
    cost_minor: int


def lost_window(now: Summary, said: Mapping[str, Any]) -> bool:
    """Whether the window that the customer chose can no longer be had."""
    choice, slot = now.choices.by(said.get("option", "")), said.get("slot", "")
    if choice is None or not choice.needs_slot or not slot:
        return False
    return not any(each.id == slot and each.places_left for each in choice.slots)


def lost_day(now: Summary, said: Mapping[str, Any]) -> date | None:
    """The day on which the chosen point had a place when it was chosen, where it has none on it any more; None else.

    The point itself can still be had, later: that is what `now` shows.
    """
    point, chosen = now.way.point if now.way else None, SlotName.read(said.get("held", ""))
    if point is None or chosen is None or not chosen.is_point or chosen.place != point.code:
        return None
    return chosen.day if chosen.day < point.ready_on else None


def alternatives(now: Summary, said: Mapping[str, Any]) -> list[Alternative]:
    """Free windows of the chosen way, the nearest to the one that is gone first, or its other points that have a place
    on the day that is gone; then the first that each other way has, the earliest first.
    """
    country = said.get("country", "")
    found = [*_same_way(now, said), *_other_ways(now, said)]
    return [Alternative(each, cost_of(each, country)) for each in found]


def _same_way(now: Summary, said: Mapping[str, Any]) -> list[Chosen]:
    choice = now.choices.by(said.get("option", ""))
    if choice is None or choice.is_refused:
        return []
    if choice.needs_point:
        return _other_points(choice, said, lost_day(now, said))
    gone = next((each for each in choice.slots if each.id == said.get("slot")), None)
    free = [each for each in choice.slots if each.places_left]
    nearest = sorted(free, key=lambda each: _distance(each, gone))[:SAME_WAY]
    return [Chosen(choice, slot) for slot in sorted(nearest, key=lambda each: each.begins)]


def _other_points(choice: Choice, said: Mapping[str, Any], gone: date | None) -> list[Chosen]:
    others = (each for each in choice.points if each.code != said.get("point"))
    return [Chosen(choice, point=each) for each in others if gone is not None and each.ready_on <= gone][:SAME_WAY]


def _distance(slot: SlotOffer, gone: SlotOffer | None) -> float:
    return slot.begins.timestamp() if gone is None else abs((slot.begins - gone.begins).total_seconds())


def _other_ways(now: Summary, said: Mapping[str, Any]) -> Iterator[Chosen]:
    for choice in now.choices.offered:
        if choice.option != said.get("option"):
            chosen = _first_of(choice)
            if chosen.is_whole:
                yield chosen


def _first_of(choice: Choice) -> Chosen:
    slot = next((each for each in choice.slots if each.places_left), None)
    return Chosen(choice, slot, min(choice.points, key=lambda each: each.ready_on, default=None))
