"""The guess: a mapping, and for each field why."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from itertools import islice
from statistics import median

from vafa.connectors.guessing.contents import content_score
from vafa.connectors.guessing.names import name_score
from vafa.connectors.guessing.states import CANCELLED, DELIVERED
from vafa.connectors.mapping import FIELDS, Mapping, shipped_mappings
from vafa.connectors.mapping.fields import TIMES
from vafa.connectors.tables import Table
from vafa.connectors.values.amounts import TOMAN_WORD, decimal_mark
from vafa.connectors.values.dates import DateReader
from vafa.connectors.values.order import evidence_of
from vafa.engine.folding import fold

SAMPLE = 400
LEAST = 0.35
LEAST_BESIDE_KNOWN = 0.8  # a file that was recognised gets only such columns besides
SHOWN = 3


@dataclass(frozen=True)
class ColumnGuess:
    """One field: the heading taken for it, how sure (0 to 1), and some values that stand there."""

    field: str
    heading: str
    confidence: float
    samples: list[str]


@dataclass(frozen=True)
class Guess:
    """`known_as` names the shipped mapping by which the file was recognised, "" for none."""

    mapping: Mapping
    columns: dict[str, ColumnGuess] = field(default_factory=dict)
    known_as: str = ""


def guess(table: Table) -> Guess:
    """What the table's columns mean, as far as names and contents tell. Never asks for more than the first rows."""
    sample = _Sample(table)
    known_as, mapping = _recognised(table)
    chosen: dict[str, ColumnGuess] = {}
    taken: set[str] = set()
    columns: dict[str, list[str]] = {}
    for name, headings in mapping.columns.items():
        present = [found for wanted in headings if (found := sample.heading(wanted))]
        if present:
            columns[name] = present
            chosen[name] = ColumnGuess(name, present[0], 0.97, sample.examples(present[0]))
            taken.add(present[0])
    for best in _best(sample, taken, set(chosen), LEAST_BESIDE_KNOWN if known_as else LEAST):
        chosen[best.field] = best
        columns[best.field] = [best.heading]
    settled = replace(
        mapping,
        name=table.name,
        recognise=[],
        columns=columns,
        encoding=table.layout.encoding,
        separator=table.layout.separator,
        sheet=table.layout.sheet,
        date_order=mapping.date_order or sample.dates.order,
        decimal=mapping.decimal or sample.decimal(columns),
    )
    return Guess(_with_toman(_with_states(settled, table)), chosen, known_as)


class _Sample:
    """The first rows, column by column."""

    def __init__(self, table: Table) -> None:
        self.headings = list(dict.fromkeys(heading for heading in table.headings if heading))
        self._by_fold = {fold(heading): heading for heading in reversed(self.headings)}
        plain = Mapping()
        self.values: dict[str, list[str]] = {heading: [] for heading in self.headings}
        self.rows = 0
        for line in islice(table.lines(), SAMPLE):
            self.rows += 1
            for heading, cell in zip(table.headings, line.cells, strict=False):
                if heading and not plain.is_missing(cell):
                    self.values[heading].append(cell.strip())
        texts = (value for heading, values in self.values.items() for value in values)
        self.dates = DateReader("UTC", evidence_of(texts).order)

    def heading(self, wanted: str) -> str:
        return self._by_fold.get(fold(wanted), "")

    def examples(self, heading: str) -> list[str]:
        return list(dict.fromkeys(value[:60] for value in self.values[heading]))[:SHOWN]

    def decimal(self, columns: dict[str, list[str]]) -> str:
        amounts = [name for name in columns if FIELDS[name].kind in {"money", "weight", "number"}]
        return decimal_mark([value for name in amounts for value in self.values[columns[name][0]]])


def _recognised(table: Table) -> tuple[str, Mapping]:
    headings = {fold(heading) for heading in table.headings}
    for name, mapping in shipped_mappings().items():
        wanted = [{fold(word) for word in words.split("|")} for words in mapping.recognise]
        if wanted and all(words & headings for words in wanted):
            return name, mapping
    return "", Mapping()


def _best(sample: _Sample, taken: set[str], known: set[str], least: float) -> list[ColumnGuess]:
    """The surest pairs of field and column first, each field and each column once."""
    pairs = [
        (name_score(field, heading), field, heading)
        for field in FIELDS
        if field not in known
        for heading in sample.headings
        if heading not in taken
    ]
    scored = [
        (name * (0.3 + 0.7 * content_score(field, sample.values[heading], sample.dates)), field, heading)
        for name, field, heading in pairs
        if name >= least
    ]
    scored = [(score, field, heading) for score, field, heading in scored if score >= least]
    found = _take(sample, sorted(scored, key=lambda pair: -pair[0]), taken, known)
    return found + _by_content_alone(sample, taken | {each.heading for each in found}, known | {f.field for f in found})


def _take(sample: _Sample, scored: list[tuple[float, str, str]], taken: set[str], known: set[str]) -> list[ColumnGuess]:
    found: list[ColumnGuess] = []
    columns, fields = set(taken), set(known)
    for score, name, heading in scored:
        if name in fields or heading in columns:
            continue
        fields.add(name)
        columns.add(heading)
        found.append(ColumnGuess(name, heading, round(score, 2), sample.examples(heading)))
    return found


def _by_content_alone(sample: _Sample, taken: set[str], known: set[str]) -> list[ColumnGuess]:
    """Where no name helps: the earliest full column of dates is when it was ordered, the first column of different
    values is the number."""
    found: list[ColumnGuess] = []
    free = [heading for heading in sample.headings if heading not in taken and sample.values[heading]]
    if "placed_at" not in known:
        dated = [(_middle(sample, heading), heading) for heading in free if _is_full_of_dates(sample, heading)]
        if dated:
            heading = min(dated)[1]
            found.append(ColumnGuess("placed_at", heading, 0.4, sample.examples(heading)))
            free.remove(heading)
    if "number" not in known:
        scores = [(content_score("number", sample.values[heading], sample.dates), heading) for heading in free]
        best = next((heading for score, heading in scores if score == 1.0), "")
        if best:
            found.append(ColumnGuess("number", best, 0.4, sample.examples(best)))
    return found


def _is_full_of_dates(sample: _Sample, heading: str) -> bool:
    values = sample.values[heading]
    return len(values) > 0.9 * sample.rows and content_score(TIMES[0], values, sample.dates) > 0.9


def _middle(sample: _Sample, heading: str) -> float:
    days = [written.day.toordinal() for text in sample.values[heading] if (written := sample.dates.written(text))]
    return float(median(days))


def states_in(table: Table, headings: list[str], most: int = 40) -> list[str]:
    """The different words of the status column, the most frequent first."""
    places = [place for place, heading in enumerate(table.headings) if heading in headings]
    counts = Counter(
        line.cells[places[0]].strip()
        for line in islice(table.lines(), 5000)
        if places and line.cells[places[0]].strip()
    )
    return [word for word, _count in counts.most_common(most)]


def _with_toman(mapping: Mapping) -> Mapping:
    """A heading such as “Total (toman)” says in which unit the figures below it are."""
    headings = [heading for name in ("price", "freight") for heading in mapping.columns.get(name, [])]
    told = any(TOMAN_WORD.search(heading) for heading in headings)
    return replace(mapping, money_unit="toman") if told and not mapping.money_unit else mapping


def _with_states(mapping: Mapping, table: Table) -> Mapping:
    words = states_in(table, mapping.columns.get("status", []))
    cancelled = [word for word in words if fold(word) in CANCELLED or fold(word) in mapping.cancelled_words]
    delivered = [word for word in words if fold(word) in DELIVERED or fold(word) in mapping.delivered_words]
    return replace(mapping, cancelled=cancelled, delivered=delivered)
