"""What became of a promise: evidence, and the sweep for what no evidence came for."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from vafa.kit import clock
from vafa.kit.problems import Problem
from vafa.promises.actions.apologising import ask_to_apologise
from vafa.promises.actions.recording import EVENTS, next_step, next_steps, record
from vafa.promises.actions.totalling import count_moved
from vafa.promises.counting import COUNTED, changed
from vafa.promises.events import Evidence, stamp
from vafa.promises.kinds import all_kinds
from vafa.promises.margins import Outcome, outcome_of
from vafa.promises.models import EventKind, Promise, State
from vafa.promises.queries import evidence_of
from vafa.promises.terms import check_evidence, check_moment

TO_TELL = ("public_id", "party_ref", "settle_after")
MOST_TOLD = 200  # moments of one promise: who tells another one every minute tells nothing


def settle_promise(
    promise: Promise, *, fulfilled_at: datetime, evidence: dict[str, str] | None = None, at: datetime | None = None
) -> Promise:
    """Tell the ledger that what was promised was done at `fulfilled_at` (aware); returns the promise it settled.

    Told of a revised promise, the chain's current one is settled. The earliest fulfilment told and not taken back
    counts, so the order and number of tellings do not matter: late proof turns broken into kept (`corrected`), proof of
    lateness tells how late a broken one was (`fulfilled`), a later moment is kept beside it (`noted`), the same moment
    again writes nothing.
    Problems: `fulfilled-in-future`, `fulfilled-before-made`, `bad-evidence`; `cancelled`, `retracted`,
    `too-much-evidence` (409).
    """
    at = at or clock.now()
    checked = check_evidence(evidence)
    _check_moment(promise, fulfilled_at, at)
    with transaction.atomic():
        current = locked_end_of_chain(promise)
        if current.state == State.CANCELLED:
            raise Problem("cancelled", _("This promise was cancelled."), status=409)
        if current.fulfilled_at == fulfilled_at:
            return current
        known = evidence_of(current)
        if stamp(fulfilled_at) in known.taken_back:
            raise Problem("retracted", _("This was told before and taken back as wrong."), status=409)
        if len(known.told) >= MOST_TOLD:
            sentence = _("This has been told too often, each time differently.")
            raise Problem("too-much-evidence", sentence, status=409)
        tell(current, fulfilled_at, known, evidence=checked, settled_at=at, at=at)
        current.refresh_from_db()
        return current


def break_overdue(at: datetime | None = None, limit: int = 500) -> int:
    """Break up to `limit` open promises whose grace is over at `at`; returns how many. Any number of workers may."""
    at = at or clock.now()
    known = {kind.name for kind in all_kinds()}  # the ledger may hold promises of a room that is no longer there
    with transaction.atomic():
        # PostgreSQL: each worker takes rows no other holds. SQLite: the transaction is IMMEDIATE, so it is alone.
        overdue = Promise.objects.filter(state=State.OPEN, settle_after__lte=at).order_by("settle_after")
        held = list(overdue.select_for_update(skip_locked=True).only(*COUNTED, *TO_TELL)[:limit])
        _break(held, {"by": "sweep"}, at)
        for promise in [each for each in held if each.kind in known]:
            ask_to_apologise(promise, None, at=at)
    return len(held)


def break_promise(promise: Promise, *, evidence: dict[str, str], at: datetime | None = None) -> Promise:
    """Somebody knows that it was not kept: it is broken now, before its grace is over; returns what became of it.

    For promises whose end is measured (an agreed level of a month). Broken already stays broken, and later proof still
    corrects it. Problems: `not-yet-due`, `bad-evidence`; `not-open` (409) for a kept or cancelled one.
    """
    at = at or clock.now()
    checked = check_evidence(evidence)
    with transaction.atomic():
        current = locked_end_of_chain(promise)
        if current.state == State.BROKEN:
            return current
        if current.state != State.OPEN:
            raise Problem("not-open", _("This promise is no longer open."), status=409)
        if at < current.due_at:
            raise Problem("not-yet-due", _("A promise cannot be broken before it is due."), status=409)
        _break([current], checked, at)
    current.refresh_from_db()
    return current


def _break(held: list[Promise], evidence: dict[str, str], at: datetime) -> None:
    """Open promises, locked by this transaction, become broken."""
    ids = [promise.pk for promise in held]
    broken = {"state": State.BROKEN.value, "settled_at": at, "claim": None}
    if Promise.objects.filter(pk__in=ids, state=State.OPEN).update(**broken) != len(ids):
        raise RuntimeError("a promise was settled while this transaction held it")
    events = ((pk, step, EventKind.BROKEN.value, at, at, evidence) for pk, step in next_steps(ids).items())
    EVENTS.insert(EVENTS.converted(events))
    count_moved(held, [changed(promise, broken) for promise in held])


def tell(
    promise: Promise,
    fulfilled_at: datetime,
    known: Evidence,
    *,
    evidence: dict[str, str],
    settled_at: datetime,
    at: datetime,
) -> bool:
    """Write down one more moment of fulfilment of a locked promise; False when it was known already or taken back."""
    if stamp(fulfilled_at) in known.told | known.taken_back:
        return False
    _write_down(promise, fulfilled_at, evidence, settled_at, at)
    return True


def tell_again(
    promise: Promise, fulfilled_at: datetime, *, evidence: dict[str, str], settled_at: datetime, at: datetime
) -> None:
    """Write down that a moment which was taken back counts after all; the promise is locked."""
    _write_down(promise, fulfilled_at, {**evidence, "again": stamp(fulfilled_at)}, settled_at, at)


def _write_down(
    promise: Promise, fulfilled_at: datetime, evidence: dict[str, str], settled_at: datetime, at: datetime
) -> None:
    if promise.fulfilled_at is None or fulfilled_at < promise.fulfilled_at:
        move(promise, outcome_of(promise, fulfilled_at), evidence=evidence, settled_at=settled_at, at=at)
        return
    _record(promise, EventKind.NOTED, fulfilled_at, at, {**evidence, "noted": stamp(fulfilled_at)})


def move(promise: Promise, outcome: Outcome, *, evidence: dict[str, str], settled_at: datetime, at: datetime) -> None:
    """Bring a locked `promise` from the state it was read in to `outcome`, with its event."""
    changes = outcome.columns()
    if promise.state == State.OPEN:
        changes["settled_at"] = settled_at
        kind = EventKind(outcome.state)
    elif promise.fulfilled_at is None and outcome.state == State.BROKEN:
        kind = EventKind.FULFILLED
    else:
        kind = EventKind.CORRECTED
        changes["corrected"] = True
    as_read = Promise.objects.filter(pk=promise.pk, state=promise.state, fulfilled_at=promise.fulfilled_at)
    if not as_read.update(**changes):
        raise RuntimeError("a promise was moved while this transaction held it")
    count_moved([promise], [changed(promise, changes)])
    told = {**evidence, "fulfilled_at": stamp(outcome.fulfilled_at), "state": outcome.state}
    _record(promise, kind, outcome.fulfilled_at, at, told)
    if outcome.state == State.BROKEN:
        ask_to_apologise(promise, outcome.fulfilled_at, at=at)


def _record(promise: Promise, kind: EventKind, happened: datetime, at: datetime, evidence: dict[str, str]) -> None:
    record(promise.pk, kind, next_step(promise.pk), at=happened, recorded_at=at, evidence=evidence)


def locked_end_of_chain(promise: Promise) -> Promise:
    """The end of the chain that `promise` belongs to, its row held until the transaction ends."""
    current = Promise.objects.select_for_update().get(pk=promise.pk)
    while current.replaced_by_id is not None:
        current = Promise.objects.select_for_update().get(pk=current.replaced_by_id)
    return current


def _check_moment(promise: Promise, fulfilled_at: datetime, at: datetime) -> None:
    check_moment(fulfilled_at, "fulfilled_at")
    if fulfilled_at > at:
        raise Problem("fulfilled-in-future", _("This has not happened yet."), field="fulfilled_at")
    if promise.local_day(fulfilled_at) < promise.local_day(promise.made_at) and promise.root_id is None:
        raise Problem("fulfilled-before-made", _("This happened before the promise was made."), field="fulfilled_at")
