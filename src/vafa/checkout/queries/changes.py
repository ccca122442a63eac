"""What is different from what a customer had agreed to."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from vafa.checkout.queries.summary import Summary

LONGEST = 20_000
MOST_MINOR = 10**15


@dataclass(frozen=True)
class Change:
    """One difference. `what`: "price" (of one piece), "pieces", "gone", "new", "delivery", "off", "day", "way" or
    "total"; `line` is the article's title by language, or its number where it is gone. Before and after are minor
    units, pieces or days.
    """

    what: str
    before: int | date | None = None
    after: int | date | None = None
    line: Any = ""


def changes(agreed: str, now: Summary) -> list[Change]:
    """What has changed since the page was drawn that showed `agreed`; nothing where that cannot be read, because it
    comes from the customer's browser.
    """
    try:
        said = json.loads(urlsafe_b64decode(agreed[:LONGEST]))
        then = _Then(said["lines"], said["delivery"], said["off"], said["total"], said["day"], said["way"])
        return list(then.against(now))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return []


@dataclass(frozen=True)
class _Then:
    """What the page had shown, as it came back."""

    lines: dict[str, list[int]]
    delivery: int
    off: int
    total: int
    day: str
    way: list[str]

    def against(self, now: Summary) -> Iterator[Change]:
        yield from self._lines(now)
        is_day = [date.fromisoformat(self.day)] if self.day else [None]
        if now.way and self.way[0] != now.way.option:
            yield Change("way", line=now.way.choice.name)
        if _whole(self.delivery) != now.delivery_minor:
            yield Change("delivery", self.delivery, now.delivery_minor)
        if is_day[0] != now.day:
            yield Change("day", is_day[0], now.day)
        if _whole(self.off) != now.discount_minor:
            yield Change("off", self.off, now.discount_minor)
        if _whole(self.total) != now.total_minor:
            yield Change("total", self.total, now.total_minor)

    def _lines(self, now: Summary) -> Iterator[Change]:
        left = dict(self.lines)
        for line in now.inside.lines:
            unit, pieces = left.pop(line.sku, (None, 0))
            if unit is None:
                yield Change("new", line=line.title)
            elif _whole(unit) != line.unit_minor:
                yield Change("price", unit, line.unit_minor, line.title)
            if unit is not None and _whole(pieces) != line.quantity:
                yield Change("pieces", pieces, line.quantity, line.title)
        for sku in left:
            yield Change("gone", line=str(sku)[:64])


def _whole(value: object) -> int:
    if not isinstance(value, int) or abs(value) > MOST_MINOR:
        raise ValueError
    return value
