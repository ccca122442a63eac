"""A quote becomes a promise."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from vafa.delivery.actions.windows import Due, due_of_slot, window_of
from vafa.delivery.kinds import DELIVERY
from vafa.delivery.models import PromiseRequest, Quote
from vafa.delivery.queries.options import option_by
from vafa.delivery.sentences import promised_text
from vafa.kit import clock
from vafa.kit.problems import Problem
from vafa.orders.models import Order
from vafa.promises.actions.covering import Worth
from vafa.promises.actions.making import make_promise
from vafa.promises.actions.telling import tell_of_promise
from vafa.promises.models import Promise
from vafa.shop.queries import the_shop


@dataclass(frozen=True)
class Wanted:
    """Which answer of which quote is promised, for which order, to whom (a customer number, never a name), where.

    `slot` is the name of the window that was chosen: then its end is what is promised. `due_on` is the day from which a
    parcel can be fetched at the point that was chosen, where that is later than the quote's.
    """

    quote: UUID
    option: str
    order: str
    customer: str = ""
    channel: str = ""
    slot: str = ""
    due_on: date | None = None


def promise_from_quote(
    wanted: Wanted, *, key: str, tells: bool = True, at: datetime | None = None
) -> tuple[Promise, bool]:
    """Promise what a quote answered; (promise, whether it is new).

    `key` makes it safe to ask again: the same key with the same wish gives the same promise, with another wish Problem
    `idempotency-key-reused` (409). Further Problems: `already-promised` (409) while a promise for the order stands,
    `unknown-quote` (404), `quote-expired` (410), `unknown-option`, `no-date`, `unknown-slot` (422).
    Promise, key and the message to a customer who is known (none without `tells`: another message tells him) are
    written in one transaction or not at all.
    """
    now = at or clock.now()
    with transaction.atomic():
        quote = Quote.objects.filter(public_id=wanted.quote).first()
        if quote is None:
            raise Problem("unknown-quote", _("There is no such quote."), status=404, field="quote")
        request, is_new = PromiseRequest.objects.get_or_create(
            key=key, defaults={"fingerprint": _fingerprint(wanted), "quote": quote, "made_at": now}
        )
        if not is_new:
            return _same_again(request, wanted), False
        promise = _make(quote, wanted, key, now)
        PromiseRequest.objects.filter(pk=request.pk).update(promise_ref=str(promise.public_id))
        if tells:
            tell_of_promise(promise, at=now)
        return promise, True


def _same_again(request: PromiseRequest, wanted: Wanted) -> Promise:
    if request.fingerprint != _fingerprint(wanted):
        sentence = _("This Idempotency-Key was used for another request.")
        raise Problem("idempotency-key-reused", sentence, status=409, field="Idempotency-Key")
    return Promise.objects.get(public_id=request.promise_ref)


def _make(quote: Quote, wanted: Wanted, key: str, now: datetime) -> Promise:
    if quote.expires_at <= now:
        raise Problem("quote-expired", _("This quote has expired. Please ask again."), status=410, field="quote")
    answer = _answer(quote, wanted.option)
    guarantee = answer.get("guarantee")  # what the customer was shown counts, also when it has ended since
    return make_promise(
        guarantee_version=guarantee["version"] if guarantee else "",
        worth=_worth(quote, wanted),
        kind=DELIVERY.name,
        key=f"quote:{hashlib.sha256(key.encode()).hexdigest()[:40]}",
        subject_type="order",
        subject_ref=wanted.order,
        party_ref=wanted.customer,
        channel=wanted.channel,
        zone=the_shop().zone,
        place=quote.question.get("city", ""),
        region=quote.question.get("region", ""),
        seller=quote.question.get("seller", ""),
        origin="quote",
        at=now,
        **_due(answer, wanted, now),
    )


def _due(answer: dict[str, Any], wanted: Wanted, now: datetime) -> Due:
    """When it is due: at the end of the window chosen, else on the day that was answered."""
    if wanted.slot:
        return due_of_slot(window_of(wanted.slot), now)
    if answer["refused"]:
        raise Problem("no-date", _("For this option no date was given."), status=422, field="option")
    due_on = date.fromisoformat(answer["promised_on"])
    if wanted.due_on is not None:
        due_on = max(due_on, wanted.due_on)
    return Due(due_on=due_on, text=promised_text(due_on), probability=answer["probability"])


def _worth(quote: Quote, wanted: Wanted) -> Worth:
    """What the order costs: as recorded, else as the question said; its delivery as the option's price."""
    order = Order.objects.filter(number=wanted.order).values_list("price_minor", "freight_minor").first()
    price, freight = order or (None, None)
    option = option_by(wanted.option)
    return Worth(
        quote.question.get("price_minor") if price is None else price,
        (option.price_minor if option else None) if freight is None else freight,
    )


def _answer(quote: Quote, option: str) -> dict[str, Any]:
    for answer in quote.answers:
        if answer["option"] == option:
            return dict(answer)
    raise Problem("unknown-option", _("The quote does not hold this option."), status=422, field="option")


def _fingerprint(wanted: Wanted) -> str:
    return hashlib.sha256(json.dumps(asdict(wanted), sort_keys=True, default=str).encode()).hexdigest()
