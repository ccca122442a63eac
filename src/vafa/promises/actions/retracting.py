"""Evidence that was wrong is taken back; what was taken back wrongly counts again."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from vafa.kit import clock
from vafa.kit.problems import Problem
from vafa.promises.actions.covering import uncertain_again
from vafa.promises.actions.recording import next_step, record
from vafa.promises.actions.settling import locked_end_of_chain, tell_again
from vafa.promises.actions.totalling import count_moved
from vafa.promises.counting import changed
from vafa.promises.events import Evidence, stamp
from vafa.promises.margins import outcome_of
from vafa.promises.models import EventKind, Promise, PromiseEvent, State
from vafa.promises.models.promise import MARGINS
from vafa.promises.queries import evidence_of
from vafa.promises.terms import check_evidence, check_moment, claim_of


def retract_evidence(
    promise: Promise, *, fulfilled_at: datetime, reason: str, by: str, at: datetime | None = None
) -> Promise:
    """Take back the telling that it was done at `fulfilled_at` (aware, exactly as told); returns the chain's promise.

    What then counts is the earliest moment that is left. Where none is left, a promise that had been broken for want
    of evidence is so again, any other is open again: the sweep, or the next import, judges it. A moment taken back
    stays so, however often a carrier sends it again, until `restore_evidence`; twice is once. `reason`: why, without
    names or addresses; `by`: who, as a reference.
    Problems: `no-reason`, `bad-evidence`, `not-told` (409), `cancelled` (409).
    """
    at = at or clock.now()
    check_moment(fulfilled_at, "fulfilled_at")
    said = _said(reason, by)
    with transaction.atomic():
        current = locked_end_of_chain(promise)
        known, moment = evidence_of(current), stamp(fulfilled_at)
        if moment in known.taken_back:
            return current
        _require_told(current, fulfilled_at, known)
        left = known.counting(without=moment)
        changes = _columns(current, left)
        Promise.objects.filter(pk=current.pk).update(**changes)
        count_moved([current], [changed(current, changes)])
        told = {**said, "retracted": moment, "fulfilled_at": stamp(left) if left else None, "state": changes["state"]}
        record(current.pk, EventKind.RETRACTED, next_step(current.pk), at=at, recorded_at=at, evidence=told)
        uncertain_again(current)
        if changes["state"] == State.OPEN:
            _claim_again(current)
    current.refresh_from_db()
    return current


def restore_evidence(
    promise: Promise, *, fulfilled_at: datetime, reason: str, by: str, at: datetime | None = None
) -> Promise:
    """Tell again a moment that was taken back wrongly; returns the chain's promise.

    The taking back stays in the ledger, and so does this with its `reason` and `by` (as of `retract_evidence`). Of a
    moment that counts already nothing is written.
    Problems: `no-reason`, `bad-evidence`, `not-told` (409), `cancelled` (409).
    """
    at = at or clock.now()
    check_moment(fulfilled_at, "fulfilled_at")
    said = _said(reason, by)
    with transaction.atomic():
        current = locked_end_of_chain(promise)
        known = evidence_of(current)
        _require_told(current, fulfilled_at, known)
        if stamp(fulfilled_at) in known.taken_back:
            tell_again(current, fulfilled_at, evidence=said, settled_at=at, at=at)
    current.refresh_from_db()
    return current


def _require_told(promise: Promise, fulfilled_at: datetime, known: Evidence) -> None:
    if stamp(fulfilled_at) not in known.told:
        raise Problem("not-told", _("Nobody has told this moment."), status=409, field="fulfilled_at")
    if promise.state == State.CANCELLED:
        raise Problem("cancelled", _("This promise was cancelled."), status=409)


def _said(reason: str, by: str) -> dict[str, Any]:
    if not reason.strip():
        raise Problem("no-reason", _("Say why this was wrong."), field="reason")
    checked = check_evidence({"by": by, "why": reason.strip()})
    return {"by": checked["by"], "reason": checked["why"]}


def _columns(promise: Promise, left: datetime | None) -> dict[str, Any]:
    """The promise's columns when `left` is the moment that counts."""
    if left is not None:
        return {**outcome_of(promise, left).columns(), "corrected": True}
    nothing = {"fulfilled_at": None, **dict.fromkeys(MARGINS)}
    if _was_broken_without_evidence(promise):
        return {**nothing, "state": State.BROKEN.value, "corrected": True}
    return {**nothing, "state": State.OPEN.value, "settled_at": None, "corrected": False}


def _was_broken_without_evidence(promise: Promise) -> bool:
    broken = PromiseEvent.objects.filter(promise=promise, kind=EventKind.BROKEN)
    return any("fulfilled_at" not in evidence for evidence in broken.values_list("evidence", flat=True))


def _claim_again(promise: Promise) -> None:
    """It stands again; where another promise was made meanwhile both do, and only that one holds the claim."""
    try:
        with transaction.atomic():
            Promise.objects.filter(pk=promise.pk).update(claim=claim_of(promise))
    except IntegrityError:
        return
