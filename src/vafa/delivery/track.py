"""What the history says about places without a model: where the shop has delivered, how long the last ones took."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np

from vafa.delivery.answers import Counts, Frequency, Level
from vafa.engine.folding import fold
from vafa.engine.history import FloatArray, History, Place
from vafa.engine.local_days import DAY, local_time

LAST = 100
LEAST = 20  # fewer cases than this say too little to stand for a place
FEW = 5  # but so many of its own are shown beside those of a wider one
MOST_SETTLING_DAYS = 45.0


def place_keys(place: Place) -> list[tuple[Level, str, str]]:
    """(level, key, name) of a place from the closest to the widest."""
    region = place.region or place.country
    found: list[tuple[Level, str, str]] = []
    if place.city:
        found.append(("place", f"city:{fold(place.city)}:{fold(region)}", place.city))
    elif place.code:
        found.append(("place", f"code:{place.code}", place.code))
    if region:
        found.append(("region", f"region:{fold(region)}", region))
    return [*found, ("all", "all", "")]


def track_of(known: History) -> dict[str, Any]:
    """JSON values: `served` keys of every place with an order, `arrivals` {option: {place key: last days taken}},
    `seller` and `origin` where there is only one seller, `carriers` {option: the usual one}.

    Days taken are calendar days of the last hundred orders old enough to be settled; -1 = not arrived.
    """
    facts = known.facts
    sellers = {str(seller) for seller in facts.seller if seller}
    served: set[str] = set()
    arrivals: dict[str, dict[str, list[int]]] = {}
    took, settled = _took(known)
    for row in range(len(known)):
        keys = [key for _level, key, _name in place_keys(known.facts.destination(row))]
        served.update(keys)
        if settled[row]:
            by_place = arrivals.setdefault(str(facts.option[row]), {})
            for key in keys:
                by_place.setdefault(key, []).append(int(took[row]))
    kept = {
        option: {key: days[-LAST:] for key, days in by_place.items() if len(days) >= FEW}
        for option, by_place in arrivals.items()
    }
    only = sellers.pop() if len(sellers) == 1 else ""
    origin = asdict(known.facts.origin(len(known) - 1)) if only else None
    found = {"served": sorted(served - {"all"}), "arrivals": kept, "seller": only, "origin": origin}
    return {**found, "carriers": usual_carriers(known)}


def usual_carriers(known: History) -> dict[str, str]:
    """For each option the carrier that took most of its last hundred parcels, where carriers are known."""
    taken: dict[str, list[str]] = {}
    for option, carrier in zip(known.facts.option[::-1], known.facts.carrier[::-1], strict=True):
        if carrier and len(taken.setdefault(str(option), [])) < LAST:
            taken[str(option)].append(str(carrier))
    return {option: max(sorted(set(carriers)), key=carriers.count) for option, carriers in taken.items()}


def days_taken(known: History) -> FloatArray:
    """Calendar days from each order to its arrival, nan where it has not arrived."""
    return np.asarray(
        np.floor(local_time(known.delivered, known.zone)) - np.floor(local_time(known.placed, known.zone))
    )


def settling_days(known: History) -> float:
    """After so many days nearly all (98 of 100) have arrived that ever will; at most 45."""
    days = days_taken(known)
    arrived = days[np.isfinite(days)]
    return min(MOST_SETTLING_DAYS, float(np.percentile(arrived, 98)) + 1) if len(arrived) else 0.0


def _took(known: History) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """Calendar days from order to arrival (-1: none), and which orders are old enough to be counted."""
    days = days_taken(known)
    settled = (known.placed <= known.last_fact - settling_days(known) * DAY) & ~known.cancelled
    arrived = np.isfinite(days)
    return np.where(arrived, np.maximum(days, 0), -1).astype(np.int64), settled


def is_served(track: dict[str, Any], place: Place) -> bool:
    """Whether an order ever went to the place or, where its region is known, to its region."""
    served = set(track.get("served", ()))
    return any(key in served for _level, key, _name in place_keys(place))


def promises_by_place(promises: Sequence[tuple[str, str, bool]]) -> dict[str, list[int]]:
    """For each place with at least five: whether (1 or 0) the last hundred promises to it were kept."""
    found: dict[str, list[int]] = {}
    for city, region, kept in promises:
        for _level, key, _name in place_keys(Place("", city, region)):
            found.setdefault(key, []).append(int(kept))
    return {key: outcomes[-LAST:] for key, outcomes in found.items() if len(outcomes) >= FEW}


@dataclass(frozen=True)
class Cases:
    """Settled cases by place: kept promises, chances in a backtest (`held`, see figures.py), days taken by parcels.

    `is_blended`: the place is answered by another mixture than the backtest's, so that its own `held` mean nothing.
    """

    promises: Mapping[str, Sequence[int]]
    held: Mapping[str, Sequence[float]]
    arrivals: Mapping[str, Sequence[int]]
    caution: float
    days: int
    is_blended: bool = False

    @classmethod
    def of(
        cls, track: Mapping[str, Any], held: Mapping[str, Sequence[float]], option: str, caution: float, days: int
    ) -> Cases:
        """The cases of one option, for a promise of `days` made with this caution."""
        return cls(track.get("promises", {}), held, track.get("arrivals", {}).get(option, {}), caution, days)

    def promised(self, key: str) -> tuple[int, int, Counts]:
        """Kept and all of the promises made from quotes."""
        kept = self.promises.get(key, ())
        return sum(kept), len(kept), "promises"

    def tried(self, key: str) -> tuple[int, int, Counts]:
        """Kept and all of the dates that would have been given."""
        chances = () if self.is_blended and key != "all" else self.held.get(key, ())
        return sum(each < self.caution for each in chances), len(chances), "backtest"

    def arrived(self, key: str) -> tuple[int, int, Counts]:
        """Parcels that took no longer than the promise allows, and all."""
        took = self.arrivals.get(key, ())
        return sum(0 <= each <= self.days for each in took), len(took), "arrivals"

    def best(self, key: str, least: int, *, with_arrivals: bool) -> tuple[int, int, Counts] | None:
        """The strongest kind of cases of which there are enough: real promises before tried ones before parcels."""
        kinds = (self.promised(key), self.tried(key), *([self.arrived(key)] if with_arrivals else []))
        return next((found for found in kinds if found[1] >= least), None)


def frequency_of(cases: Cases, place: Place) -> Frequency | None:
    """How often promises like this one held, from the closest place with at least twenty settled cases.

    Plain arrivals count where neither promises nor dates that would have been given are known; for a blended place
    before those of all places. From five cases on the place's own are told beside those of a wider one.
    """
    keys = place_keys(place)
    found = _closest(cases, keys, with_arrivals=False) or _closest(cases, keys, with_arrivals=True)
    if found is None or found.level == "place":
        return found
    _level, key, name = keys[0]
    kept, of, counts = cases.best(key, FEW, with_arrivals=True) or (0, 0, "arrivals")
    return replace(found, not_of=name, own_kept=kept, own_of=of, own_counts=counts)


def _closest(cases: Cases, keys: Sequence[tuple[Level, str, str]], *, with_arrivals: bool) -> Frequency | None:
    for level, key, name in keys:
        counted = cases.best(key, LEAST, with_arrivals=with_arrivals or (cases.is_blended and level != "all"))
        if counted is not None:
            return Frequency(*counted, level, name)
    return None
