"""What a bulk edit says: of which articles, and how their prices change."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext_lazy as _

from vafa.kit.fields import plain_number
from vafa.kit.problems import Problem

MOST_ROWS = 20_000
MOST_MINOR = 10**15


@dataclass(frozen=True, slots=True)
class BulkTerms:
    """`way` is "percent" or "amount" of those that a shelf (with all below it), a brand and words choose, or "table":
    `rows` {article: price}. Amounts in minor units of `currency`; articles in another one are left alone.
    """

    way: str
    currency: str
    percent: str = "0"
    amount_minor: int = 0
    rounding_minor: int = 0
    shelf: str = ""
    brand: str = ""
    words: str = ""
    rows: Mapping[str, int] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    def price_after(self, sku: str, minor: int) -> int:
        """What costs `minor` now costs this then: rounded half up, never below the smallest step above nothing."""
        if self.way == "table":
            return self.rows[sku]
        moved = Decimal(minor) * (100 + Decimal(self.percent)) / 100 if self.way == "percent" else Decimal(minor)
        moved += self.amount_minor if self.way == "amount" else 0
        step = max(self.rounding_minor, 1)
        steps = (moved / step).quantize(Decimal(1), rounding=ROUND_HALF_UP)
        return min(max(int(steps), 1) * step, MOST_MINOR)


def read_table(content: bytes, *, minors: int) -> dict[str, int]:
    """{article: price in minor units} of lines `article;price` (or a comma, or a tab) in any digits.

    A first line without a price is a heading. Problems: `not-a-table` (no UTF-8 text), `bad-line` with its number,
    `too-many`, `empty`; nothing of it is used then.
    """
    try:
        text = content.decode("utf-8-sig").replace("\x00", "")
    except UnicodeDecodeError:
        raise Problem("not-a-table", _("This is no text table in UTF-8."), field="table") from None
    first = text[:2000].partition("\n")[0]
    between = next((sign for sign in "\t;," if sign in first), ";")
    found: dict[str, int] = {}
    for number, cells in enumerate(csv.reader(io.StringIO(text), delimiter=between), start=1):
        if not any(cell.strip() for cell in cells):
            continue
        price = _minor(cells[1], minors) if len(cells) > 1 else None
        if price is None and number == 1:
            continue
        if price is None or not cells[0].strip() or cells[0].strip() in found:
            sentence = _("Line %(number)s cannot be used: an article number, once, and a price above nothing.")
            raise Problem("bad-line", sentence % {"number": number}, field="table")
        found[cells[0].strip()] = price
        if len(found) > MOST_ROWS:
            raise Problem("too-many", _("Not more than %(most)s lines.") % {"most": MOST_ROWS}, field="table")
    if not found:
        raise Problem("empty", _("No line of this can be used."), field="table")
    return found


def _minor(written: str, minors: int) -> int | None:
    try:
        minor = round(Decimal(plain_number(written)) * minors)
    except (InvalidOperation, ValueError, OverflowError):
        return None
    return minor if 0 < minor <= MOST_MINOR else None
