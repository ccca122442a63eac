"""JSON doors: quotes, and promises made from them."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from ninja import Header, Router, Schema, Status
from ninja.responses import NinjaJSONEncoder
from pydantic import BeforeValidator, Field

from vafa.accounts.api_auth import REFUSALS, Bearer, Refused
from vafa.accounts.models import ApiToken, Scope
from vafa.customers.queries import segment_of
from vafa.delivery.actions.promising import Wanted
from vafa.delivery.actions.quotes import make_quote
from vafa.delivery.actions.window_holds import hold_key, promise_with_hold
from vafa.delivery.models import Quote
from vafa.delivery.queries.quoting import answer
from vafa.delivery.questions import LONGEST, MOST_ITEMS, MOST_MINOR, MOST_WEIGHT_G, Asked, require_sane
from vafa.kit import clock
from vafa.kit.json_fields import NO_CONTROLS, Moment, Strict
from vafa.kit.problems import Problem
from vafa.promises.models import Promise

router = Router(tags=["Quotes"])
MOST_QUESTIONS = 100


def _text_only(value: Any) -> Any:
    """Ids are written as text."""
    if not isinstance(value, str):
        raise ValueError("must be text")
    return value


Id = Annotated[UUID, BeforeValidator(_text_only), Field(strict=False)]
Word = Annotated[str, Field(max_length=LONGEST, pattern=NO_CONTROLS)]
IdempotencyKey = Annotated[
    str, Header(alias="Idempotency-Key", min_length=1, max_length=200, pattern=r"^[\x21-\x7e]+$")
]


class QuestionIn(Strict):
    """From where to where, what, and when."""

    to: Annotated[Word, Field(min_length=1, description="Postal code or city it goes to")]
    origin: Annotated[Word, Field(alias="from", description="Postal code or city it leaves; default: the seller's")] = (
        ""
    )
    options: Annotated[list[Word], Field(max_length=20, description="Codes of delivery options; default: all")] = []
    weight_g: Annotated[float, Field(ge=0, le=MOST_WEIGHT_G, description="Grams")] | None = None
    volume_cm3: Annotated[float, Field(ge=0, le=MOST_WEIGHT_G, description="Cubic centimetres")] | None = None
    price_minor: (
        Annotated[int, Field(ge=0, le=MOST_MINOR, description="In minor units of the shop's currency")] | None
    ) = None
    items: Annotated[int, Field(ge=1, le=MOST_ITEMS)] = 1
    seller: Annotated[Word, Field(description="The seller's code, in a shop with several")] = ""
    category: Word = ""
    payment: Annotated[Word, Field(description="How it is paid, in the shop's own words")] = ""
    segment: Annotated[
        Word, Field(description="The customer's group, for guarantees that are for one; default: the customer's")
    ] = ""
    customer: Annotated[Word, Field(max_length=64, description="The shop's customer number; never a name")] = ""
    at: (
        Annotated[Moment, Field(description="When it is ordered, with zone; default: now; at most 180 days ahead")]
        | None
    ) = None
    caution: (
        Annotated[float, Field(ge=0.5, le=0.999, description="The chance to aim at; default: the shop's")] | None
    ) = None

    def asked(self) -> Asked:
        """The question; whose it is tells the group where the asker does not, and is not kept with it."""
        values = self.model_dump(exclude={"customer"})
        segment = self.segment or segment_of(self.customer)
        return Asked(**{**values, "options": tuple(values["options"]), "segment": segment})


class WindowOut(Schema):
    """Eight of ten such parcels arrive on these days."""

    earliest: date
    latest: date


class FrequencyOut(Schema):
    """`kept` of the last `of` settled cases of `place`; `counts` says which cases.

    Where these are not of the place asked about, `not_of` is its name and `own_kept` of `own_of` are its own few cases.
    """

    kept: int
    of: int
    counts: Literal["promises", "backtest", "arrivals"]
    level: Literal["place", "region", "all"]
    place: str
    not_of: str
    own_kept: int
    own_of: int
    own_counts: Literal["promises", "backtest", "arrivals"]


class ReasonOut(Schema):
    """A stable code and one sentence in each language."""

    code: str
    text: dict[str, str]


class GuaranteeOut(Schema):
    """The guarantee that a promise of this answer stands under: its version, text and address, and until which day."""

    version: str
    url: str
    text: dict[str, str]
    until: date


class AnswerOut(Schema):
    """What one delivery option can promise. With `refused` there is no date, and the reason says why."""

    option: str
    name: dict[str, str]
    refused: bool
    promised_on: date | None
    days: int | None
    probability: float | None
    window: WindowOut | None
    frequency: FrequencyOut | None
    reason: ReasonOut
    guarantee: GuaranteeOut | None
    basis: str
    evidence: float


class QuoteOut(Schema):
    """The answers, kept until `expires_at` so that they can be promised unchanged. Days are days in `zone`."""

    id: UUID
    asked_at: datetime
    expires_at: datetime
    model: str
    options: list[AnswerOut]


class PromiseIn(Strict):
    """Which option of which quote is promised for which order."""

    quote: Id
    option: Annotated[Word, Field(min_length=1)]
    order: Annotated[Word, Field(min_length=1, max_length=80, description="The shop's own order number")]
    customer: Annotated[Word, Field(max_length=80, description="The shop's customer number; never a name")] = ""
    channel: Annotated[Word, Field(max_length=40, description="Where it was shown, for example checkout")] = ""
    hold: (
        Annotated[Id, Field(description="The place in a window that is held for it; the window is promised")] | None
    ) = None


class NotPromised(Refused):
    """With `already-promised`: the promise of this order that stands, and where to send a new date for it."""

    promise: UUID | None = None
    revision: str | None = None


class PromiseOut(Schema):
    """A promise in the ledger."""

    id: UUID
    kind: str
    state: str
    order: str
    due_on: date
    due_at: datetime
    zone: str
    probability: float | None
    text: dict[str, str]
    made_at: datetime


@router.post("", response={201: QuoteOut, **REFUSALS}, auth=Bearer(Scope.QUOTES_READ), summary="When will it arrive?")
def ask(request: HttpRequest, question: QuestionIn) -> HttpResponse:
    # Encoded here: the answers are our own plain values, and to check them against the schema for every shopper would
    # cost more than to find the token. The tests hold them to the schema.
    made = _quote_out(make_quote(question.asked()))
    return HttpResponse(
        json.dumps(made, cls=NinjaJSONEncoder), status=201, content_type="application/json; charset=utf-8"
    )


@router.get("/{uuid:quote_id}", response={200: QuoteOut, **REFUSALS}, auth=Bearer(Scope.QUOTES_READ), summary="A quote")
def read(request: HttpRequest, quote_id: UUID) -> dict[str, Any]:
    return _quote_out(the_quote(quote_id))


def the_quote(quote_id: UUID) -> Quote:
    """The one door from an address to a quote. Problem `unknown-quote` (404)."""
    quote = Quote.objects.filter(public_id=quote_id).first()
    if quote is None:
        raise Problem("unknown-quote", _("There is no such quote."), status=404, field="quote_id")
    return quote


class BatchIn(Strict):
    """Many questions at once; the answers are not kept."""

    questions: list[QuestionIn] = Field(description=f"At most {MOST_QUESTIONS}")


class BatchAnswerOut(Schema):
    """The answers to one question, or why there are none."""

    options: list[AnswerOut]
    refused: Refused | None


class BatchOut(Schema):
    """In the order of the questions."""

    answers: list[BatchAnswerOut]


@router.post("/batch", response={200: BatchOut, **REFUSALS}, auth=Bearer(Scope.QUOTES_READ), summary="Many questions")
def ask_many(request: HttpRequest, batch: BatchIn) -> dict[str, Any]:
    """Nothing is kept: to promise an answer, ask its question alone."""
    if len(batch.questions) > MOST_QUESTIONS:
        sentence = _("Ask at most %(most)d questions at once.") % {"most": MOST_QUESTIONS}
        raise Problem("too-many-questions", sentence, status=422, field="questions")
    now = clock.now()
    return {"answers": [_answered(each.asked(), now) for each in batch.questions]}


def _answered(asked: Asked, now: datetime) -> dict[str, Any]:
    try:
        found = answer(asked, require_sane(asked, now))
    except Problem as problem:
        return {"options": [], "refused": problem.as_json()}
    return {"options": [each.as_json() for each in found.answers], "refused": None}


def _quote_out(quote: Quote) -> dict[str, Any]:
    return {
        "id": quote.public_id,
        "asked_at": quote.asked_at,
        "expires_at": quote.expires_at,
        "model": quote.model_version,
        "options": quote.answers,
    }


def promise(
    request: HttpRequest,
    wanted: PromiseIn,
    idempotency_key: IdempotencyKey,
) -> Status[dict[str, Any]]:
    """The same `Idempotency-Key` with the same body gives the same promise (200); with another body a refusal (409).

    One order has one open promise: a second one is refused (409, `already-promised`) with the `promise` that stands and
    the address of its `revision`. A promise whose date has passed does not stand in the way.

    With a `hold` the window's end is promised, and the place is the order's from now on. Where the time of the hold was
    over and others took the place it is refused (409, `hold-over`), and nothing is promised.
    """
    token: ApiToken = request.auth  # type: ignore[attr-defined]
    try:
        asked = Wanted(**wanted.model_dump(exclude={"hold"}))
        hold = None if wanted.hold is None else hold_key(token.pk, wanted.hold)
        made, is_new = promise_with_hold(asked, hold=hold, key=f"{token.pk}:{idempotency_key}")
    except Problem as problem:
        if standing := problem.about.get("promise"):
            problem.about["revision"] = f"{request.path}/{standing}/revision"
        raise
    return Status(201 if is_new else 200, _promise_out(made))


def promise_on(router: Router) -> None:
    """Put the making of promises beside the ledger's own routes: one address can belong to one router only."""
    router.post(
        "",
        response={200: PromiseOut, 201: PromiseOut, **REFUSALS, 409: NotPromised, 410: Refused},
        auth=Bearer(Scope.PROMISES_WRITE),
        summary="Promise what a quote answered",
    )(promise)


def _promise_out(made: Promise) -> dict[str, Any]:
    return {
        "id": made.public_id,
        "kind": made.kind,
        "state": made.state,
        "order": made.subject_ref,
        "due_on": made.due_on,
        "due_at": made.due_at,
        "zone": made.zone,
        "probability": made.probability,
        "text": made.text,
        "made_at": made.made_at,
    }
