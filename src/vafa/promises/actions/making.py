"""Promises come into the world, and are replaced or withdrawn."""

from __future__ import annotations

from datetime import datetime
from typing import Unpack

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from vafa.kit import clock
from vafa.kit.problems import Problem
from vafa.promises.actions.covering import Worth, cover, move_cover, version_named
from vafa.promises.actions.receipts import sign_receipt
from vafa.promises.actions.recording import PROMISES, next_step, record
from vafa.promises.actions.totalling import count_moved, count_revised
from vafa.promises.counting import changed
from vafa.promises.events import terms_evidence
from vafa.promises.kinds import kind
from vafa.promises.margins import is_past
from vafa.promises.models import AskedBy, EventKind, Promise, State
from vafa.promises.terms import (
    NewDate,
    Terms,
    check_due,
    check_evidence,
    check_probability,
    claim_of,
    promise_from,
    set_due,
)

SAME_TERMS = ("kind", "direction", "subject_type", "subject_ref", "party_ref", "due_on", "zone")
TAKEN_OVER = (
    "kind", "unit", "direction", "subject_type", "subject_ref", "party_ref", "channel",
    "guarantee_version", "place", "region", "seller", "zone",
)  # fmt: skip


def make_promise(*, at: datetime | None = None, worth: Worth | None = None, **terms: Unpack[Terms]) -> Promise:
    """Make one promise, its `made` event and its signed receipt, in one transaction. See `Terms` for the arguments.

    With a `guarantee_version` it stands under that guarantee: when it is not met, a remedy follows; `worth` is what the
    order costs, for remedies that are a share of it.

    The same `key` again returns the promise already made and changes nothing; with other terms it is Problem
    `key-taken` (409). Where only one may stand about a subject and one does, it is Problem `already-promised` (409,
    `about`: the `promise` that stands). Other Problems: `unknown-kind`, `due-in-past`, `bad-probability`,
    `unknown-zone`, `too-long`, `empty`, `unknown-guarantee`.
    """
    promise = promise_from(terms, at or clock.now())
    version = version_named(promise.guarantee_version)
    with transaction.atomic():
        if before := _insert(promise):
            return _same_as(before, promise)
        _made(promise, terms_evidence(promise))
        if version is not None:
            cover(promise, version, worth or Worth())
    promise._state.adding = False
    return promise


def revise_promise(promise: Promise, *, asked_by: str, at: datetime | None = None, **new: Unpack[NewDate]) -> Promise:
    """Replace an open promise by one with a new date, and return the new one; the old becomes `revised`.

    `asked_by` ("shop" or "customer") is recorded. A date the customer asked for while the word still stood becomes the
    original of the comparison; one the shop asked for never does. Problems (409): `not-open`; `due-passed`: a date that
    has passed cannot be moved, a new promise can be made. `unchanged` when the date is the same.
    """
    at = at or clock.now()
    successor = _successor(promise, asked_by, new, at)
    with transaction.atomic():
        still_open = Promise.objects.filter(pk=promise.pk, state=State.OPEN)
        if not still_open.update(claim=None):  # first the claim, which the successor takes over
            raise _not_open()
        successor.save(force_insert=True)
        still_open.update(state=State.REVISED, replaced_by=successor)
        count_revised(promise, by_shop=asked_by == AskedBy.SHOP)
        evidence = {"asked_by": asked_by, "by": str(successor.public_id), "due_on": successor.due_on.isoformat()}
        record(promise.pk, EventKind.REVISED, next_step(promise.pk), at=at, recorded_at=at, evidence=evidence)
        _made(successor, {**terms_evidence(successor), "replaces": str(promise.public_id)})
        move_cover(promise, successor)
    promise.refresh_from_db()
    return successor


def cancel_promise(promise: Promise, *, evidence: dict[str, str] | None = None, at: datetime | None = None) -> Promise:
    """Withdraw an open promise (the order was cancelled); twice is once. Problem `not-open` (409)."""
    at = at or clock.now()
    checked = check_evidence(evidence)
    with transaction.atomic():
        if Promise.objects.filter(pk=promise.pk, state=State.OPEN).update(state=State.CANCELLED, claim=None):
            step = next_step(promise.pk)
            record(promise.pk, EventKind.CANCELLED, step, at=at, recorded_at=at, evidence=checked)
            was = changed(promise, {"state": State.OPEN})  # it may have been read long ago; the update above knows
            count_moved([was], [changed(was, {"state": State.CANCELLED})])
    promise.refresh_from_db()
    if promise.state != State.CANCELLED:
        raise _not_open()
    return promise


def _insert(promise: Promise) -> Promise | None:
    """Insert it; or the promise that has its key already."""
    while (made := PROMISES.insert_one(PROMISES.values(promise), ignore=True)) is None:
        if before := Promise.objects.filter(key=promise.key).first():
            return before
        # Else its claim is held. Who held it may let it go meanwhile: then the next round inserts.
        _require_claim(promise)
    promise.pk = made
    return None


def _require_claim(promise: Promise) -> None:
    """Problem `already-promised` while the date of who holds the claim still stands; a date that has passed gives way.

    That one cannot be revised any more and waits for evidence or the sweep, so it must not stand in the way.
    """
    holder = Promise.objects.filter(claim=promise.claim).first()
    if holder is None:
        return
    if not is_past(holder, promise.made_at):
        sentence = _("An open promise already stands here: %(promise)s. Give it a new date instead.")
        name = str(holder.public_id)
        raise Problem("already-promised", sentence % {"promise": name}, status=409, about={"promise": name})
    Promise.objects.filter(pk=holder.pk).update(claim=None)


def _same_as(before: Promise, promise: Promise) -> Promise:
    if any(getattr(before, name) != getattr(promise, name) for name in SAME_TERMS):
        raise Problem("key-taken", _("This key belongs to another promise."), status=409, field="key")
    return before


def _made(promise: Promise, evidence: dict[str, str]) -> None:
    record(promise.pk, EventKind.MADE, 0, at=promise.made_at, recorded_at=promise.made_at, evidence=evidence)
    sign_receipt(promise, at=promise.made_at)
    count_moved([], [promise])


def _successor(promise: Promise, asked_by: str, new: NewDate, at: datetime) -> Promise:
    if asked_by not in AskedBy.values:
        raise Problem("who-asked", _("Say who asked for the new date: the shop or the customer."), field="asked_by")
    promise.refresh_from_db()
    if promise.state != State.OPEN:
        raise _not_open()
    if is_past(promise, at):
        raise Problem(
            "due-passed", _("The promised date has passed, so it cannot be moved. Make a new promise."), status=409
        )
    check_probability(new.get("probability"))
    successor = Promise(**{name: getattr(promise, name) for name in TAKEN_OVER})
    successor.key = f"revision:{successor.public_id}"
    successor.made_at, successor.asked_by = at, asked_by
    successor.root_id, successor.origin = promise.chain_id, "revision"
    successor.claim = claim_of(promise)
    successor.probability = new.get("probability")
    successor.text = new.get("text", {})  # the old words name the old date
    successor.channel = new.get("channel", promise.channel)
    set_due(successor, kind(promise.kind), new)
    check_due(successor)
    if (successor.due_on, successor.due_at) == (promise.due_on, promise.due_at):
        raise Problem("unchanged", _("The new date is the old one."), field="due_on")
    _set_original(successor, promise, at)
    return successor


def _set_original(successor: Promise, promise: Promise, at: datetime) -> None:
    """The first date of the chain counts as the original, or the latest the customer wished while it still stood."""
    successor.original_due_on, successor.original_due_at = promise.original_due_on, promise.original_due_at
    if successor.asked_by == AskedBy.CUSTOMER and at < promise.original_due_at:
        successor.original_due_on, successor.original_due_at = successor.due_on, successor.due_at


def _not_open() -> Problem:
    return Problem("not-open", _("This promise is no longer open."), status=409)
