"""How alike two parcels are: the covariance of their (log) durations, in units of the single parcel's variance.

A sum of parts, one for each thing two parcels may share. The sizes were fitted to small random cuts of two real
histories (benchmarks/small_history.py) and are rounded; halving or doubling any of them hardly matters.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vafa.engine.features import distance_km
from vafa.engine.history import Facts, FloatArray

IntArray = NDArray[np.int64]

EVERYWHERE = 0.3  # what all parcels of a shop share
UNSTATED = 1.0  # how far a history without statements may lie from its own middle
TRUST = 0.4  # parcels about which something is stated differ from it by this part of the usual variance
GROUPS = {
    "option": 0.3,
    "carrier": 0.2,
    "seller": 0.1,
    "origin": 0.05,
    "near": 0.05,  # origin and destination in the same region
    "region": 0.05,
    "region_option": 0.05,
    "city": 0.03,
    "code": 0.05,
}
LIFTED = ("region", "city")
LIFTS, RARELY = np.array([1.0, 5.0, 25.0, 125.0]), np.array([0.97, 0.02, 0.007, 0.003])
DISTANCE = 0.1  # per step of log distance
DRIFT, MEMORY = 0.1, 40.0  # weeks differ, by parts of the noise; what they share fades with this many days
WEEKDAY = 0.02  # so do weekdays
USUAL_LOG_KM = 6.0
FEW = 16  # parcels, up to which it does not pay to look for equal ones
NEW, BLANK = -1, -2  # a name that the history does not know; a thing that the shop does not record


@dataclass(frozen=True, eq=False)
class Columns:
    """What likeness looks at, per parcel: the number of each of its groups, its day, log distance, and whether it is
    `unstated` (1 where no statement speaks about it, else 0).
    """

    groups: IntArray
    day: FloatArray
    distance: FloatArray
    unstated: FloatArray

    @property
    def size(self) -> FloatArray:
        """By how much of the usual standard deviation each parcel may differ from what was said."""
        return np.where(self.unstated > 0, 1.0, np.sqrt(TRUST))


class Groups:
    """Numbers for the groups that a history knows."""

    def __init__(self, facts: Facts) -> None:
        names = (name for part in _names(facts) for name in part)
        self.numbers = {name: number for number, name in enumerate(dict.fromkeys(names))}
        self.numbers.update({(kind,): BLANK for kind in GROUPS})

    @classmethod
    def numbered(cls, numbers: dict[tuple[str, ...], int]) -> Groups:
        """The groups with these `numbers`, as another one had them."""
        found = cls.__new__(cls)
        found.numbers = numbers
        return found

    def columns(self, facts: Facts, day: FloatArray, local_knowledge: Sequence[bool | None]) -> Columns:
        """Columns of parcels; `day` is the local day number from which each counts.

        `local_knowledge` is None where no statement speaks about a parcel, and says else whether one for its very
        place does: that already knows how far away it is.
        """
        away = np.nan_to_num(np.log1p(distance_km(facts)) - USUAL_LOG_KM, nan=0.0)
        return Columns(
            groups=np.array([[self.numbers.get(n, NEW) for n in names] for names in _names(facts)]).T,
            day=day,
            distance=np.where([bool(known) for known in local_knowledge], 0.0, away),
            unstated=np.array([float(known is None) for known in local_knowledge]),
        )


def _names(facts: Facts) -> list[list[tuple[str, ...]]]:
    near = [str(a == b) if a and b else "" for a, b in zip(facts.destination_region, facts.origin_region, strict=True)]
    regions, options = list(map(str, facts.destination_region)), list(map(str, facts.option))
    parts: dict[str, list[Any]] = {
        "option": [options],
        "carrier": [facts.carrier],
        "seller": [facts.seller],
        "origin": [facts.origin_region],
        "near": [near],
        "region": [regions],
        "region_option": [regions, options],
        "city": [facts.destination_city, regions],
        "code": [facts.destination_code, regions],
    }
    return [[_name(kind, each) for each in zip(*parts[kind], strict=True)] for kind in GROUPS]


def _name(kind: str, parts: tuple[object, ...]) -> tuple[str, ...]:
    """A group's name; blank where its first part is."""
    return (kind, *map(str, parts)) if parts[0] else (kind,)


def shared(a: Columns, b: Columns, lift: FloatArray | None = None) -> FloatArray:
    """Likeness by lasting things alone, shape (len a, len b): what evidence is counted by. `lift`: by how much more the
    group of each number may differ than is usual.
    """
    if len(a.day) < FEW:
        return _shared(a.groups, b.groups, lift)
    kinds, kind = np.unique(a.groups, axis=0, return_inverse=True)  # many parcels are of few kinds
    return np.asarray(_shared(kinds, b.groups, lift)[kind.reshape(-1)])


def _shared(a: IntArray, b: IntArray, lift: FloatArray | None) -> FloatArray:
    found = np.full((len(a), len(b)), EVERYWHERE)
    for place, size in enumerate(GROUPS.values()):
        mine, theirs = a[:, place], b[None, :, place]
        sizes = size * np.where(mine >= 0, lifted(mine, lift), 0.0)
        found += sizes[:, None] * (mine[:, None] == theirs)
    return found


def lifted(groups: IntArray, lift: FloatArray | None) -> FloatArray:
    """The lift of each group; 1 for groups that are new or blank."""
    if lift is None or not len(lift):
        return np.ones(groups.shape)
    return np.where(groups >= 0, lift[np.maximum(groups, 0)], 1.0)


def all_shared(a: Columns, lift: FloatArray | None = None) -> FloatArray:
    """The most that anything can share with each parcel, shape (n,)."""
    return np.asarray(EVERYWHERE + ((a.groups != BLANK) * lifted(a.groups, lift)) @ np.array(list(GROUPS.values())))


def likeness(a: Columns, b: Columns, spread: float = 1.0, lift: FloatArray | None = None) -> FloatArray:
    """The covariance of every parcel of `a` with every one of `b`; times differ in proportion to the noise."""
    found = shared(a, b, lift)
    found += DISTANCE * a.distance[:, None] * b.distance[None, :]
    apart = np.abs(a.day[:, None] - b.day[None, :])
    found += spread**2 * (DRIFT * np.exp(-apart / MEMORY) + WEEKDAY * (apart % 7 == 0))
    found *= a.size[:, None] * b.size[None, :]
    found += UNSTATED * a.unstated[:, None] * b.unstated[None, :]
    return found


def own(a: Columns, spread: float = 1.0, lift: FloatArray | None = None) -> FloatArray:
    """The variance of each parcel's expectation before anything is seen, shape (n,)."""
    differs = all_shared(a, lift) + DISTANCE * a.distance**2 + spread**2 * (DRIFT + WEEKDAY)
    return np.asarray(differs * a.size**2 + UNSTATED * a.unstated)


def odd_places(columns: Columns, inverse: FloatArray, pull: FloatArray, lift: FloatArray) -> FloatArray:
    """By how much more each region and city may differ than is usual, given how far its parcels pull it.

    Most places are usual and a few are far off: a parcel abroad takes a month. So a place's variance is a mixture
    (`LIFTS` with the chances `RARELY`), weighed by how likely each makes what was seen.
    """
    found = lift.copy()
    for place, (kind, size) in enumerate(GROUPS.items()):
        if kind not in LIFTED:
            continue
        for group in np.unique(columns.groups[:, place]):
            if group < 0:
                continue
            rows = np.flatnonzero(columns.groups[:, place] == group)
            of = columns.size[rows]
            known, pulled = of @ inverse[np.ix_(rows, rows)] @ of, of @ pull[rows]
            rest = max(1 - size * lift[group] * known, 1e-3)  # as if nothing were believed about the place itself
            known, pulled = known / rest, pulled / rest
            variance = size * LIFTS
            said = (pulled**2 * variance / (1 + variance * known) - np.log1p(variance * known)) / 2
            likely = RARELY * np.exp(said - said.max())
            found[group] = likely @ LIFTS / likely.sum()
    return found
