"""History becomes ledger history: many promises at once, as often as one likes."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from vafa.kit import clock
from vafa.kit.problems import Problem
from vafa.promises.actions.recording import EVENTS, PROMISES, next_step, record
from vafa.promises.actions.settling import locked_end_of_chain, tell
from vafa.promises.actions.totalling import count_moved
from vafa.promises.counting import changed
from vafa.promises.events import stamp, terms_evidence
from vafa.promises.kinds import kind
from vafa.promises.margins import end_of_day, outcome_of
from vafa.promises.models import EventKind, Promise, State
from vafa.promises.queries import evidence_of
from vafa.promises.terms import (
    HISTORIC_WORDS,
    HistoricPromise,
    check_direction,
    check_evidence,
    check_moment,
    check_probability,
    check_words,
    check_year,
    check_zone,
    claim_of,
)

HistoricEvent = tuple[int, str, datetime, datetime, dict[str, Any]]

CLOCKS_DIFFER = timedelta(days=1)  # a day without a time of day is written as noon, and zones differ
CHUNK = 250  # rows of one write transaction: under 200 ms on SQLite, on slow machines too


@dataclass(frozen=True)
class Imported:
    """How many promises were new, how many known ones got their outcome or a better one, how many stayed the same."""

    created: int = 0
    settled: int = 0
    unchanged: int = 0

    def __add__(self, other: Imported) -> Imported:
        return Imported(self.created + other.created, self.settled + other.settled, self.unchanged + other.unchanged)


def import_promises(
    rows: Sequence[HistoricPromise], *, known_until: datetime | None = None, at: datetime | None = None
) -> Imported:
    """Insert what is new (by `key`), settle what has new evidence, write nothing for the rest. No receipts: on demand.

    `known_until`: the moment of the last fact in the source (default `at`). A promise without fulfilment is broken when
    its `settle_after` is not later than that; otherwise it stays open, and the sweep leaves it alone: only an import
    that knows more can judge it. Events carry the times of the past and `recorded_at` = `at`.
    Transactions of 250 rows: killed between two of them, the same call ends in the same state.
    The first faulty row (`unknown-kind`, `unknown-zone`, `bad-probability`, `bad-evidence`, `naive-time`, `too-long`,
    `fulfilled-in-future`: by more than a day …) refuses all.
    """
    at = at or clock.now()
    for row in rows:
        _check(row, at)
    chunks = [rows[first : first + CHUNK] for first in range(0, len(rows), CHUNK)]
    return sum((_import_chunk(chunk, known_until or at, at) for chunk in chunks), Imported())


def _import_chunk(rows: Sequence[HistoricPromise], known_until: datetime, at: datetime) -> Imported:
    """What can be made ready before the transaction is, so that it holds its locks as short as it can."""
    latest = {row.key: row for row in rows}
    known = _known(latest)
    fresh = [_promise(row, known_until) for key, row in latest.items() if key not in known]
    events = {promise.public_id: _events(promise, latest[promise.key], at) for promise in fresh}
    values = PROMISES.converted(PROMISES.values(promise) for promise in fresh)
    with transaction.atomic():
        PROMISES.insert(values, ignore=True)
        mine = _inserted(fresh)
        if len(mine) < len(fresh) and _insert_without_claim(fresh):
            mine = _inserted(fresh)
        EVENTS.insert(EVENTS.converted((pk, *event) for pk, public_id in mine for event in events[public_id]))
        new = {public_id for _pk, public_id in mine}
        count_moved([], [promise for promise in fresh if promise.public_id in new])
        if len(mine) < len(fresh):  # another importer was faster with some
            known = _known(latest)
        settled = sum(_settle(promise, latest[key], known_until, at) for key, promise in known.items())
    return Imported(len(mine), settled, len(rows) - len(mine) - settled)


def _known(keys: dict[str, HistoricPromise]) -> dict[str, Promise]:
    return {promise.key: promise for promise in Promise.objects.filter(key__in=list(keys))}


def _promise(row: HistoricPromise, known_until: datetime) -> Promise:
    described = kind(row.kind)
    due_at = row.due_at or end_of_day(row.due_on, row.zone)
    promise = Promise.with_columns(
        key=row.key, kind=row.kind, unit=described.unit, direction=row.direction,
        subject_type=row.subject_type, subject_ref=row.subject_ref, party_ref=row.party_ref, text=row.text,
        channel=row.channel, origin="import", probability=row.probability, place=row.place, region=row.region,
        seller=row.seller, made_at=row.made_at, due_on=row.due_on, zone=row.zone, due_at=due_at,
        original_due_on=row.due_on, original_due_at=due_at,
    )  # fmt: skip
    promise.claim = claim_of(promise)
    for name, value in _outcome(promise, row, known_until).items():
        setattr(promise, name, value)
    return promise


def _outcome(promise: Promise, row: HistoricPromise, known_until: datetime) -> dict[str, Any]:
    """The columns that say how it ended; empty while it is open."""
    if row.fulfilled_at is not None:
        return {**outcome_of(promise, row.fulfilled_at).columns(), "settled_at": row.fulfilled_at}
    if row.cancelled_at is not None:
        return {"state": State.CANCELLED.value, "claim": None}
    over = _judged_after(promise, row)
    return {"state": State.BROKEN.value, "settled_at": over, "claim": None} if over <= known_until else {}


def _judged_after(promise: Promise, row: HistoricPromise) -> datetime:
    return row.settle_after or promise.due_at + kind(row.kind).grace


def _inserted(fresh: list[Promise]) -> list[tuple[int, uuid.UUID]]:
    """(primary key, public id) of those that are in the table now and are ours."""
    ours = {promise.public_id for promise in fresh}
    found = Promise.objects.filter(key__in=[promise.key for promise in fresh]).values_list("pk", "public_id")
    return [(pk, public_id) for pk, public_id in found if public_id in ours]


def _insert_without_claim(fresh: list[Promise]) -> int:
    """Those whose claim is held: the past may tell of several open dates for one order, and none of them is dropped."""
    there = set(Promise.objects.filter(key__in=[promise.key for promise in fresh]).values_list("key", flat=True))
    refused = [promise for promise in fresh if promise.key not in there]
    for promise in refused:
        promise.claim = None
    PROMISES.insert(PROMISES.converted(PROMISES.values(promise) for promise in refused), ignore=True)
    return len(refused)


def _events(promise: Promise, row: HistoricPromise, at: datetime) -> list[HistoricEvent]:
    made = (0, EventKind.MADE.value, row.made_at, at, terms_evidence(promise))
    if promise.state == State.OPEN:
        return [made]
    evidence = dict(row.evidence)
    if promise.fulfilled_at is not None:
        evidence |= {"fulfilled_at": stamp(promise.fulfilled_at), "state": promise.state}
    return [made, (1, promise.state, promise.settled_at or row.cancelled_at or at, at, evidence)]


def _settle(promise: Promise, row: HistoricPromise, known_until: datetime, at: datetime) -> bool:
    """Bring a known promise up to what the row knows; False when that is nothing new."""
    if row.fulfilled_at is not None:
        return _settle_fulfilled(promise, row, row.fulfilled_at, at)
    if promise.state != State.OPEN:
        return False
    changes = _outcome(promise, row, known_until)
    if not changes or not Promise.objects.filter(pk=promise.pk, state=State.OPEN).update(**changes):
        return False
    count_moved([promise], [changed(promise, changes)])
    happened = changes.get("settled_at") or row.cancelled_at or at
    step = next_step(promise.pk)
    record(promise.pk, EventKind(changes["state"]), step, at=happened, recorded_at=at, evidence=row.evidence)
    return True


def _settle_fulfilled(promise: Promise, row: HistoricPromise, fulfilled_at: datetime, at: datetime) -> bool:
    if promise.fulfilled_at == fulfilled_at or promise.state == State.CANCELLED:
        return False  # as it almost always is when a file is imported again
    current = locked_end_of_chain(promise)
    if current.state == State.CANCELLED:
        return False
    known = evidence_of(current)
    return tell(current, fulfilled_at, known, evidence=row.evidence, settled_at=fulfilled_at, at=at)


def _check(row: HistoricPromise, at: datetime) -> None:
    kind(row.kind)
    check_zone(row.zone)
    check_probability(row.probability)
    check_words({name: getattr(row, name) for name in HISTORIC_WORDS})
    check_year(row.due_on.year, "due_on")
    check_direction(row.direction, kind(row.kind))
    check_evidence(row.evidence)
    for name in ("made_at", "due_at", "settle_after", "fulfilled_at", "cancelled_at"):
        moment = getattr(row, name)
        if moment is not None:
            check_moment(moment, name)
    if row.fulfilled_at is not None and row.fulfilled_at > at + CLOCKS_DIFFER:
        raise Problem("fulfilled-in-future", _("This has not happened yet."), field="fulfilled_at")
