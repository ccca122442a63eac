"""The first rows of a file as they would be imported."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import time
from itertools import islice
from pathlib import Path
from zoneinfo import ZoneInfo

from django.utils.functional import Promise as LazyText

from vafa.connectors.facts import OrderFacts, Rejected
from vafa.connectors.mapping import Mapping
from vafa.connectors.queries.sources import table_source
from vafa.connectors.reading import Reading
from vafa.connectors.reasons import SENTENCES

LOOKED_AT = 1000
SHOWN = 20


@dataclass(frozen=True)
class PreviewRow:
    """An order as understood, or None, and what is wrong with its rows."""

    line: int
    number: str
    order: OrderFacts | None
    problems: list[tuple[str, LazyText, str]]
    zone: str = "UTC"

    @property
    def has_time(self) -> bool:
        """Whether the file said at what time it was ordered: a day alone is read as its noon."""
        return self.order is not None and self.order.placed_at.astimezone(ZoneInfo(self.zone)).time() != time(12)

    @property
    def is_rejected(self) -> bool:
        return self.order is None


@dataclass(frozen=True)
class Preview:
    """`rows` are the first orders and the first rows that cannot be used, by line; counts are of the rows looked at."""

    reading: Reading
    rows: list[PreviewRow]
    orders: int = 0
    promised: int = 0
    delivered: int = 0
    cancelled: int = 0
    rejected: int = 0
    reasons: list[tuple[LazyText, int]] = field(default_factory=list)


def preview(path: Path, mapping: Mapping, *, name: str) -> Preview:
    """Read the first rows without writing anything. Problem when the file or the mapping cannot be used."""
    source = table_source(path, mapping, name=name)
    lines = source.table.lines
    source.table = replace(source.table, lines=lambda: islice(lines(), LOOKED_AT))
    lost: list[Rejected] = []
    orders = list(source.orders(lost.append))
    reasons = Counter(each.code for each in lost)
    return Preview(
        reading=source.reading,
        rows=_rows(orders, lost, source.zone),
        orders=len(orders),
        promised=sum(facts.promised_on is not None for facts in orders),
        delivered=sum(facts.delivered_at is not None for facts in orders),
        cancelled=sum(bool(facts.cancelled) for facts in orders),
        rejected=sum(each.whole_row for each in lost),
        reasons=[(SENTENCES[code], count) for code, count in reasons.most_common()],
    )


def _rows(orders: list[OrderFacts], lost: list[Rejected], zone: str) -> list[PreviewRow]:
    problems: dict[int, list[tuple[str, LazyText, str]]] = {}
    for each in lost:
        problems.setdefault(each.line, []).append((each.field, SENTENCES[each.code], each.value[:60]))
    shown = orders[:SHOWN]
    rows = [PreviewRow(facts.line, facts.number, facts, problems.get(facts.line, []), zone) for facts in shown]
    used = {facts.line for facts in orders}
    refused = [each for each in lost if each.whole_row and each.line not in used][:SHOWN]
    rows += [PreviewRow(each.line, each.number, None, problems[each.line]) for each in refused]
    return sorted(rows, key=lambda row: row.line)[: SHOWN + 5]
