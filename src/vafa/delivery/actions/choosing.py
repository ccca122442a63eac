"""The customer chooses how a promise in danger goes on. Once; asking again shows what was chosen."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from vafa.delivery.actions.parcels import locked_orders
from vafa.delivery.models import Choice, Notice, NoticeState
from vafa.delivery.notice_evidence import answer_evidence
from vafa.delivery.queries.offering import Offer, offer_of
from vafa.delivery.sentences import promised_text
from vafa.kit import clock
from vafa.kit.problems import Problem
from vafa.orders.actions import ask_cancellation
from vafa.promises.actions import cancel_promise, record_answer, revise_promise
from vafa.promises.models import AskedBy, Promise

CHANNEL = "watch"


def choose(
    notice: Notice, choice: str, *, day: date | None = None, option: str = "", at: datetime | None = None
) -> Notice:
    """Write down the choice and let it act on the promise, in one transaction; a second choice changes nothing.

    `day` is the day that the customer saw. Problems (409): `over` where the promise was settled or its date has passed,
    `offer-changed` where by now another day would have to be said; `unknown-choice`.
    """
    at = at or clock.now()
    with transaction.atomic():
        locked_orders([notice.promise.subject_ref])  # whoever tells of its parcels holds it, so none is handed over now
        promise = Promise.objects.select_for_update().get(pk=notice.promise_id)
        current = Notice.objects.select_related("promise").get(pk=notice.pk)
        if current.choice:
            return current
        offer = offer_of(current, at=at)
        if not offer.is_open:
            raise Problem(
                "over", _("This promise has been settled meanwhile; there is nothing left to choose."), status=409
            )
        chosen = _chosen(offer, choice, day, option)
        record_answer(promise, evidence=answer_evidence(current, choice, chosen), at=at)
        _act(promise, current, offer, choice, option, at)
        written = {"choice": choice, "chosen_at": at, "chosen": chosen, "to_do": choice != Choice.ACCEPT}
        if not Notice.objects.filter(pk=notice.pk, state=NoticeState.SENT, choice="").update(**written):
            raise RuntimeError("a choice was written while this transaction held its promise")
        current.refresh_from_db()
        return current


def done_with(notice: Notice, *, at: datetime | None = None) -> bool:
    """Somebody of the staff has done what the customer's choice asked for; whether it was still to do."""
    waiting = Notice.objects.filter(pk=notice.pk, to_do=True, done_at__isnull=True)
    return bool(waiting.update(done_at=at or clock.now()))


def _chosen(offer: Offer, choice: str, day: date | None, option: str) -> dict[str, Any]:
    """What was chosen, where it is still offered as the customer saw it."""
    if choice == Choice.CANCEL:
        return {}
    if choice == Choice.ACCEPT:
        if offer.new_on is None or day != offer.new_on:
            raise _changed()
        return {"day": offer.new_on.isoformat()}
    if choice == Choice.OPTION:
        other = offer.other(option)
        if other is None or day != other.day:
            raise _changed()
        return {"option": other.code, "day": other.day.isoformat()}
    raise Problem("unknown-choice", _("This cannot be chosen."), status=400)


def _act(promise: Promise, notice: Notice, offer: Offer, choice: str, option: str, at: datetime) -> None:
    other = offer.other(option)
    if choice == Choice.CANCEL:
        cancel_promise(promise, evidence={"by": "customer", "notice": str(notice.public_id)}, at=at)
        ask_cancellation(promise.subject_ref, at=at)
    elif choice == Choice.ACCEPT and offer.new_on is not None:
        _revise(promise, offer.new_on, offer.new_probability, at)
    elif other is not None:
        _revise(promise, other.day, other.probability, at)


def _revise(promise: Promise, day: date, probability: float | None, at: datetime) -> None:
    """The promise with the new day; another delivery that keeps the old day needs none."""
    if day > promise.due_on:
        revise_promise(
            promise,
            asked_by=AskedBy.SHOP,
            due_on=day,
            probability=probability,
            text=promised_text(day),
            channel=CHANNEL,
            at=at,
        )


def _changed() -> Problem:
    return Problem("offer-changed", _("What we can offer has changed meanwhile. Please look again."), status=409)
