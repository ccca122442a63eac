"""An export becomes orders, parcels, reviews and promises.

Twice through the file: the first time writes nothing but the rejects file, so that a file that turns out to be cut
off or wrong leaves no trace; the second time records it in short transactions (a file of usual size is kept in memory
for that, because reading takes as long as finding out that nothing is new). Everything recorded is
insert-or-update by the order's number, so a run that was killed is simply run again, and a run that says nothing new
changes nothing.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from itertools import islice
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from vafa.connectors.actions.recording import Recorder
from vafa.connectors.actions.settling_in import settle_in
from vafa.connectors.facts import OrderFacts, Rejected, Source
from vafa.connectors.rejects import RejectsFile
from vafa.kit.bulk import Recorded
from vafa.kit.formats import format_number
from vafa.kit.problems import Problem

KEPT = 30_000  # orders that are kept from the first reading, about 1 kB each
CHUNK = 150  # orders in one transaction: well below 200 ms on SQLite, on slow machines too
Progress = Callable[[float, str], None]


@dataclass(frozen=True)
class Survey:
    """What is in the file, before anything is written."""

    orders: int
    first_placed: datetime
    last_fact: datetime
    promises: int
    delivered: int
    rows_rejected: dict[str, int]
    values_rejected: dict[str, int]


@dataclass(frozen=True)
class Outcome:
    """What an import found and changed. `promises` counts those imported by what became of them."""

    survey: Survey
    orders: Recorded = field(default_factory=Recorded)
    parcels: Recorded = field(default_factory=Recorded)
    reviews: Recorded = field(default_factory=Recorded)
    promises: Recorded = field(default_factory=Recorded)
    promises_recorded: bool = True
    settings_taken: bool = False

    @property
    def changed_nothing(self) -> bool:
        parts = (self.orders, self.parcels, self.reviews, self.promises)
        return not any(part.created or part.updated for part in parts)

    def as_json(self) -> dict[str, object]:
        found = asdict(self)
        for name in ("first_placed", "last_fact"):
            found["survey"][name] = found["survey"][name].isoformat()
        return found


def look_through(source: Source, rejects: RejectsFile, kept: list[OrderFacts] | None = None) -> Survey:
    """Read the whole file without writing to the database; Problem when it cannot be used or holds no order.

    The counts of what was rejected are not in it yet: recording may still add to them. `kept` takes the first KEPT.
    """
    survey: Survey | None = None
    for facts in source.orders(rejects):
        survey = _added(survey, facts)
        if kept is not None and len(kept) < KEPT:
            kept.append(facts)
    if survey is None:
        raise Problem("no-orders", _("“%s” holds no order that can be used.") % source.name)
    return survey


def _added(survey: Survey | None, facts: OrderFacts) -> Survey:
    before = survey or Survey(0, facts.placed_at, facts.last_fact, 0, 0, {}, {})
    return Survey(
        orders=before.orders + 1,
        first_placed=min(before.first_placed, facts.placed_at),
        last_fact=max(before.last_fact, facts.last_fact),
        promises=before.promises + (facts.promised_on is not None),
        delivered=before.delivered + (facts.delivered_at is not None),
        rows_rejected={},
        values_rejected={},
    )


def import_source(
    source: Source, *, rejects: Path, progress: Progress | None = None, at: datetime | None = None
) -> Outcome:
    """Look through the export, then record it; returns the figures. Problem, and nothing written, for an unusable file.

    `progress` is told the share done (0 to 1) and a short note. Safe to repeat and to run again after a crash.
    """
    tell = progress or (lambda share, note: None)
    tell(0.0, gettext_noop("Reading the file"))
    with RejectsFile(rejects) as lost:
        kept: list[OrderFacts] = []
        survey = look_through(source, lost, kept)
        outcome, done = Outcome(survey, promises_recorded=source.tells_delivery, settings_taken=settle_in(source)), 0
        recorder = Recorder(source, survey.last_fact, lost, at=at)
        orders = iter(kept) if len(kept) == survey.orders else source.orders(_reported_already)
        with _left_alone_by_the_collector():
            while chunk := list(islice(orders, CHUNK)):
                outcome = _plus(outcome, recorder.record(chunk))
                done += len(chunk)
                tell(done / survey.orders, _so_far(done, survey.orders))
    counted = replace(survey, rows_rejected=dict(lost.rows), values_rejected=dict(lost.values))
    return replace(outcome, survey=counted)


@contextmanager
def _left_alone_by_the_collector() -> Iterator[None]:
    """What is in memory stays there: to look through all the orders kept took 0.2 s, in the middle of a transaction."""
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def _so_far(done: int, of: int) -> str:
    return _("%(done)s of %(all)s orders") % {"done": format_number(done), "all": format_number(of)}


def _plus(outcome: Outcome, parts: dict[str, Recorded]) -> Outcome:
    return replace(outcome, **{name: getattr(outcome, name) + part for name, part in parts.items()})


def _reported_already(rejected: Rejected) -> None:
    """The first reading has put it into the rejects file."""
