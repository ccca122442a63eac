"""Day first or month first? What the dates of a file themselves say."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from vafa.connectors.values.dates import CLOCK, DAY_FIRST, MONTH_FIRST, YEAR_FIRST
from vafa.engine.folding import fold

THREE = re.compile(r"(\d{1,4})\s*[./-]\s*(\d{1,2})\s*[./-]\s*(\d{1,4})")


@dataclass(frozen=True)
class Evidence:
    """How many dates can only be read in one way, and an example of each; `order` "" where nothing tells."""

    day_first: int = 0
    month_first: int = 0
    year_first: int = 0
    unclear: int = 0
    day_example: str = ""
    month_example: str = ""

    @property
    def order(self) -> str:
        if self.day_first or self.month_first:
            return MONTH_FIRST if self.month_first > self.day_first else DAY_FIRST
        return YEAR_FIRST if self.year_first and not self.unclear else ""


def evidence_of(texts: Iterable[str]) -> Evidence:
    """Count the dates whose parts leave no doubt."""
    counts = {DAY_FIRST: 0, MONTH_FIRST: 0, YEAR_FIRST: 0, "": 0}
    examples: dict[str, str] = {}
    for text in texts:
        order = _order(text)
        if order is not None:
            counts[order] += 1
            examples.setdefault(order, text)
    return Evidence(
        counts[DAY_FIRST],
        counts[MONTH_FIRST],
        counts[YEAR_FIRST],
        counts[""],
        examples.get(DAY_FIRST, ""),
        examples.get(MONTH_FIRST, ""),
    )


def _order(text: str) -> str | None:
    plain = CLOCK.sub("", text if text.isascii() else fold(text))
    found = THREE.search(plain)
    if found is None:
        return None
    first, second = int(found[1]), int(found[2])
    if len(found[1]) > 2:
        return YEAR_FIRST
    if first > 31:
        return YEAR_FIRST
    if first > 12:
        return DAY_FIRST
    return MONTH_FIRST if second > 12 else ""
