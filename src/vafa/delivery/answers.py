"""What is answered for one delivery option: a date with its chance and its reason, or an honest refusal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from math import comb
from typing import Any, Literal

Counts = Literal["promises", "backtest", "arrivals", "windows"]
Level = Literal["place", "region", "all"]
HARDLY = 0.05


@dataclass(frozen=True)
class Frequency:
    """`kept` of the last `of` settled cases.

    `counts` says which: "promises" made and settled in the ledger, "backtest" dates that this way of promising would
    have given for past orders, "arrivals" past parcels that took no longer than this promise allows, "windows" parcels
    whose customers had chosen a window. `level` says of where: the place itself, its region, or all places; `place` is
    its name, empty for all. Where it is not the place itself, `not_of` is the name of the place that was asked about,
    and `own_kept` of `own_of` (5 to 19) are its own few cases, counted as `own_counts` says.
    """

    kept: int
    of: int
    counts: Counts
    level: Level
    place: str = ""
    not_of: str = ""
    own_kept: int = 0
    own_of: int = 0
    own_counts: Counts = "arrivals"

    def own_contradicts(self, probability: float) -> bool:
        """Whether the place's own few cases would hardly (1 in 20) have gone so badly were the promise true there."""
        if not self.own_of:
            return False
        ways = range(self.own_kept + 1)
        chance = sum(comb(self.own_of, k) * probability**k * (1 - probability) ** (self.own_of - k) for k in ways)
        return chance < HARDLY


@dataclass(frozen=True)
class Guaranteed:
    """The guarantee that a promise of this answer stands under: its version with all its terms, the public page of it
    (`url`), and the last day on which it is met.
    """

    version: str
    url: str
    text: Mapping[str, str]
    until: date
    terms: Mapping[str, Any]

    def as_json(self) -> dict[str, Any]:
        """Plain values for programs; the terms stand on the page at `url`."""
        return {"version": self.version, "url": self.url, "text": dict(self.text), "until": self.until.isoformat()}


@dataclass(frozen=True)
class Answer:
    """For one option. With a refusal the dates are None. Days are the shop's calendar days, `days` counts from the
    day of the question, `earliest` to `latest` is the likely window (10 % to 90 %), `chances` the curve by day.
    """

    option: str
    name: Mapping[str, str]
    reason: str
    values: Mapping[str, Any]
    sentence: Mapping[str, str]
    promised_on: date | None = None
    days: int | None = None
    probability: float | None = None
    earliest: date | None = None
    latest: date | None = None
    basis: str = ""
    evidence: float = 0.0
    frequency: Frequency | None = None
    start: date | None = None
    guarantee: Guaranteed | None = None
    chances: tuple[float, ...] = field(default=())

    @property
    def is_refusal(self) -> bool:
        """Whether no date is given."""
        return self.promised_on is None

    def as_json(self) -> dict[str, Any]:
        """Plain values for programs: dates as ISO texts, chances to four digits, codes with hyphens like all others."""
        return {
            "option": self.option,
            "name": dict(self.name),
            "refused": self.is_refusal,
            "promised_on": _iso(self.promised_on),
            "days": self.days,
            "probability": None if self.probability is None else round(self.probability, 4),
            "window": None if self.is_refusal else {"earliest": _iso(self.earliest), "latest": _iso(self.latest)},
            "frequency": None if self.frequency is None else asdict(self.frequency),
            "reason": {"code": self.reason.replace("_", "-"), "text": dict(self.sentence)},
            "guarantee": None if self.guarantee is None else self.guarantee.as_json(),
            "basis": self.basis,
            "evidence": round(self.evidence, 1),
        }


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
