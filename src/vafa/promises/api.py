"""JSON doors to the ledger: promises, what became of them, their receipts."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from ninja import Query, Router, Schema, Status
from pydantic import Field

from vafa.accounts.api_auth import REFUSALS, Bearer, Refused
from vafa.accounts.models import Scope
from vafa.kit.json_fields import NO_CONTROLS, NO_OTHERS, Day, Moment, Strict, Word
from vafa.kit.problems import Problem
from vafa.promises import actions, queries
from vafa.promises.models import Promise
from vafa.promises.receipts import receipt_file

router = Router(tags=["Promises"])
READ, WRITE = Bearer(Scope.PROMISES_READ), Bearer(Scope.PROMISES_WRITE)
CONFLICTS = {**REFUSALS, 409: Refused}


class LedgerEntry(Schema):
    """A promise. Days are days in `zone`; margins are due minus fulfilled, positive when early.

    `original_due_on` is what figures "against the original" are measured by: the first date of the chain, or the latest
    one the customer wished. `replaced_by` is the next promise of the chain.
    """

    id: UUID
    kind: str
    direction: str
    subject_type: str
    subject_ref: str
    text: dict[str, str]
    channel: str
    origin: str
    place: str
    region: str
    seller: str
    guarantee_version: str
    made_at: datetime
    due_on: date
    due_at: datetime
    zone: str
    probability: float | None
    state: str
    asked_by: str
    original_due_on: date
    replaced_by: UUID | None
    settled_at: datetime | None
    fulfilled_at: datetime | None
    margin_days: int | None
    margin_seconds: int | None
    original_margin_days: int | None
    corrected: bool


class LedgerPage(Schema):
    """Promises, the newest first. `next` is the value of `before` for the page that follows; null on the last."""

    promises: list[LedgerEntry]
    next: UUID | None


class Wanted(Schema):
    """Which promises."""

    state: Literal["", "open", "kept", "broken", "revised", "cancelled"] = ""
    kind: Word = ""
    order: Annotated[Word, Field(description="The shop's own order number")] = ""
    region: Word = ""
    place: Word = ""
    seller: Word = ""
    due_from: Day | None = None
    due_until: Day | None = None
    before: UUID | None = None
    limit: Annotated[int, Field(ge=1, le=200)] = 50


class OutcomeIn(Strict):
    """What was promised was done. `evidence`: references only (a tracking number), never names or addresses."""

    fulfilled_at: Annotated[Moment, Field(description="With zone; not in the future")]
    evidence: Annotated[dict[Word, Word], Field(max_length=20, json_schema_extra=NO_OTHERS)] = {}


class RevisionIn(Strict):
    """A new date and who asked for it."""

    asked_by: Literal["shop", "customer"]
    due_on: Day
    probability: Annotated[float, Field(ge=0, le=1)] | None = None
    text: Annotated[
        dict[Word, Annotated[str, Field(max_length=2000)]], Field(max_length=20, json_schema_extra=NO_OTHERS)
    ] = {}


class ReceiptFile(Schema):
    """The receipt as its holder keeps it: the statement and the signature over its canonical JSON."""

    receipt: dict[str, Any]
    signature: str


@router.get("", response={200: LedgerPage, **REFUSALS}, auth=READ, summary="Promises in the ledger")
def read_ledger(request: HttpRequest, wanted: Query[Wanted]) -> dict[str, Any]:
    given = wanted.dict(exclude={"before", "limit"})
    after = _found(wanted.before) if wanted.before else None
    found = queries.ledger(**{name: value for name, value in given.items() if value})
    page = list((found.filter(pk__lt=after.pk) if after else found).order_by("-pk")[: wanted.limit + 1])
    shown = page[: wanted.limit]
    return {
        "promises": [_entry(each) for each in shown],
        "next": shown[-1].public_id if len(page) > wanted.limit else None,
    }


@router.get("/{uuid:promise_id}", response={200: LedgerEntry, **REFUSALS}, auth=READ, summary="A promise")
def read_promise(request: HttpRequest, promise_id: UUID) -> dict[str, Any]:
    return _entry(_found(promise_id))


class LedgerEvent(Schema):
    """One entry of the promise: what happened at `at`, and when the ledger learned of it.

    `warned` and `answered` (the customer was told that it is in danger, and chose) leave the state as it is.
    `sealed_in` is the number of the seal over it; null until tonight.
    """

    step: int
    kind: Literal[
        "made",
        "revised",
        "kept",
        "broken",
        "cancelled",
        "corrected",
        "fulfilled",
        "noted",
        "retracted",
        "remedied",
        "warned",
        "answered",
    ]
    at: datetime
    recorded_at: datetime
    evidence: dict[str, Any]
    sealed_in: int | None


@router.get(
    "/{uuid:promise_id}/events", response={200: list[LedgerEvent], **REFUSALS}, auth=READ, summary="Its entries"
)
def read_events(request: HttpRequest, promise_id: UUID) -> list[dict[str, Any]]:
    """In their order; of this promise alone, not of the dates before and after it."""
    return [
        {
            **{name: getattr(event, name) for name in ("step", "kind", "at", "recorded_at", "evidence")},
            "sealed_in": event.sealed_in.number if event.sealed_in else None,
        }
        for event in queries.events_of(_found(promise_id))
    ]


@router.post(
    "/{uuid:promise_id}/outcome", response={200: LedgerEntry, **CONFLICTS}, auth=WRITE, summary="It was delivered"
)
def tell_outcome(request: HttpRequest, promise_id: UUID, told: OutcomeIn) -> dict[str, Any]:
    """The earliest telling counts; the same twice changes nothing. Told of a revised promise, its heir is settled."""
    settled = actions.settle_promise(_found(promise_id), fulfilled_at=told.fulfilled_at, evidence=told.evidence)
    return _entry(settled)


class RetractionIn(Strict):
    """A telling that was wrong: its moment exactly as it was told, and why it does not hold (no names)."""

    fulfilled_at: Annotated[Moment, Field(description="As it was told, with zone")]
    reason: Annotated[str, Field(min_length=1, max_length=200, pattern=NO_CONTROLS)]


@router.post(
    "/{uuid:promise_id}/retraction",
    response={200: LedgerEntry, **CONFLICTS},
    auth=WRITE,
    summary="It was not delivered then",
)
def retract(request: HttpRequest, promise_id: UUID, wrong: RetractionIn) -> dict[str, Any]:
    """Takes a telling back. The next one counts; without one the promise is open again, or broken as it was before.

    A moment taken back stays so: telling it again is refused (409, `retracted`) until it is restored.
    """
    promise, by = _found(promise_id), _by(request)
    return _entry(actions.retract_evidence(promise, fulfilled_at=wrong.fulfilled_at, reason=wrong.reason, by=by))


class RestorationIn(RetractionIn):
    """A telling that was taken back wrongly: its moment exactly as it was told, and why it holds after all."""


@router.post(
    "/{uuid:promise_id}/restoration",
    response={200: LedgerEntry, **CONFLICTS},
    auth=WRITE,
    summary="It was delivered then, after all",
)
def restore(request: HttpRequest, promise_id: UUID, right: RestorationIn) -> dict[str, Any]:
    """Lets a moment count again that was taken back. Both entries stay; of one that counts already none is written."""
    promise, by = _found(promise_id), _by(request)
    return _entry(actions.restore_evidence(promise, fulfilled_at=right.fulfilled_at, reason=right.reason, by=by))


@router.post("/{uuid:promise_id}/revision", response={201: LedgerEntry, **CONFLICTS}, auth=WRITE, summary="A new date")
def revise(request: HttpRequest, promise_id: UUID, new: RevisionIn) -> Status[dict[str, Any]]:
    """Answers with the new promise; the old one becomes `revised`. A date that has passed cannot be moved (409)."""
    revised = actions.revise_promise(
        _found(promise_id),
        asked_by=new.asked_by,
        due_on=new.due_on,
        probability=new.probability,
        text=new.text,
    )
    return Status(201, _entry(revised))


@router.post(
    "/{uuid:promise_id}/cancellation", response={200: LedgerEntry, **CONFLICTS}, auth=WRITE, summary="It was cancelled"
)
def cancel(request: HttpRequest, promise_id: UUID) -> dict[str, Any]:
    return _entry(actions.cancel_promise(_found(promise_id)))


@router.get("/{uuid:promise_id}/receipt", response={200: ReceiptFile, **REFUSALS}, auth=READ, summary="Its receipt")
def read_receipt(request: HttpRequest, promise_id: UUID) -> dict[str, Any]:
    """Imported promises have none until somebody asks for it (POST)."""
    receipt = queries.receipt_of(_found(promise_id))
    if receipt is None:
        raise Problem("no-receipt", _("This promise has no receipt yet; ask for one with POST."), status=404)
    return receipt_file(receipt)


@router.post(
    "/{uuid:promise_id}/receipt", response={200: ReceiptFile, **CONFLICTS}, auth=WRITE, summary="Issue its receipt"
)
def issue_receipt(request: HttpRequest, promise_id: UUID) -> dict[str, Any]:
    """Of an imported promise it says that it was recorded afterwards. Asked again, the same receipt."""
    return receipt_file(actions.issue_receipt(_found(promise_id)))


def _by(request: HttpRequest) -> str:
    return f"token:{request.auth.pk}"  # type: ignore[attr-defined]


def _found(promise_id: UUID) -> Promise:
    promise = queries.promise_by(promise_id)
    if promise is None:
        raise Problem("unknown-promise", _("There is no such promise."), status=404, field="promise_id")
    return promise


def _entry(promise: Promise) -> dict[str, Any]:
    same = {name: getattr(promise, name) for name in LedgerEntry.model_fields if name not in {"id", "replaced_by"}}
    successor = promise.replaced_by
    return {**same, "id": promise.public_id, "replaced_by": successor.public_id if successor else None}
