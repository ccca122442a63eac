"""What the owner believes about delivery times, and the curve that such a belief means before any order is seen.

“Two days” is read as what happens most of the time: seven parcels in ten arrive within the stated days, and nine in
ten (a little more, 0.91) within one and a half times as long, at least most of a day longer. Both are measured: within
a state of a real marketplace the 90 % point of the days lies at 1.5 times the 70 % point.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log

from vafa.engine.folding import fold
from vafa.engine.history import Facts

OFFSET = 1.5  # days; chances by the end of day k are a function of log(k + OFFSET)
NEVER = 0.005  # parcels that never arrive, before anything is seen
WITHIN, BEYOND = 0.70, 0.91
STRETCH, AT_LEAST = 1.5, 0.7
MOST_DAYS = 1000


@dataclass(frozen=True)
class StatedTime:
    """What the owner believes: parcels to `place` by `option` from `seller` mostly arrive within `days`.

    `place` is a code, city or region in any spelling ("" = elsewhere); empty `option` or `seller` = any. Days are
    calendar days from the day from which the order counts (see `CutOff`). ValueError for days below 0 or over 1,000.
    """

    place: str
    option: str
    seller: str
    days: float

    def __post_init__(self) -> None:
        if not 0 <= self.days <= MOST_DAYS:
            raise ValueError("A stated time lies between 0 and 1,000 days.")


def location_and_scale(days: float) -> tuple[float, float]:
    """Centre and scale of the logistic curve over log(day + OFFSET) that a statement of `days` means."""
    stated, reached = log(days + OFFSET), log(max(STRETCH * days, days + AT_LEAST) + OFFSET)
    within, beyond = (log(share / (1 - NEVER - share)) for share in (WITHIN, BEYOND))
    scale = (reached - stated) / (beyond - within)
    return stated - within * scale, scale


class Beliefs:
    """All statements, asked for the one that speaks most exactly: place before option before seller."""

    def __init__(self, stated: Iterable[StatedTime] = ()) -> None:
        self.by_key = {(fold(each.place), each.option, each.seller): each for each in stated}

    @property
    def longest(self) -> float:
        """The longest stated time in days; 0 without any."""
        return max((each.days for each in self.by_key.values()), default=0.0)

    def about(self, facts: Facts) -> list[StatedTime | None]:
        """The statement about each parcel; None where none speaks about it."""
        if not self.by_key:
            return [None] * len(facts)
        columns = (facts.destination_code, facts.destination_city, facts.destination_region, facts.option, facts.seller)
        known: dict[tuple[str, ...], StatedTime | None] = {}
        rows = [tuple(str(each) for each in row) for row in zip(*columns, strict=True)]
        return [known[row] if row in known else known.setdefault(row, self._about(row)) for row in rows]

    def _about(self, row: Sequence[str]) -> StatedTime | None:
        *places, option, seller = row
        for place in [*(fold(name) for name in places if name), ""]:
            for key in ((place, option, seller), (place, option, ""), (place, "", seller), (place, "", "")):
                if key in self.by_key:
                    return self.by_key[key]
        return None
