"""A guarantee was not met: the remedy comes due exactly once, is approved where it must be, and is given."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from vafa.kit import clock
from vafa.kit.formats import money_unit
from vafa.kit.problems import Problem
from vafa.messages.actions import send
from vafa.messages.purposes import Purpose
from vafa.promises.actions.recording import next_step, record
from vafa.promises.guarantee_terms import MOST_MINOR, GuaranteeTerms
from vafa.promises.guaranteeing import STATE_OF, amount_of, cost_of, hold_of, verdict
from vafa.promises.messages import REMEDY
from vafa.promises.models import (
    Cover,
    CoverState,
    EventKind,
    Guarantee,
    Promise,
    PromiseEvent,
    Remedy,
    RemedyKind,
    RemedyState,
)
from vafa.promises.models.remedy import WITH_AMOUNT
from vafa.promises.queries.remedies import covers_to_judge, refunds_to_claim, standing_of
from vafa.shop.queries import the_shop
from vafa.vouchers.actions import Value, issue

BATCH = 100


def judge_covers(at: datetime | None = None, limit: int = BATCH) -> int:
    """Judge up to `limit` promises under guarantees whose end is known at `at`; returns how many were read.

    One transaction each, so any number of workers may, and one that is killed leaves the rest to the next. Those that
    another worker judged meanwhile are passed over.
    """
    at = at or clock.now()
    waiting = list(covers_to_judge(at).values_list("pk", flat=True)[:limit])
    for pk in waiting:
        judge_cover(pk, at=at)
    return len(waiting)


@transaction.atomic
def judge_cover(pk: int, *, at: datetime) -> Remedy | None:
    """Judge one cover, and where it was not met write the remedy beside it; the remedy, if this call made it."""
    held = Cover.objects.select_related("version").get(pk=pk)
    # locks in the order guarantee, promise: sums of a budget are read and added to by one at a time
    guarantee = Guarantee.objects.select_for_update().get(pk=held.version.guarantee_id)
    promise = Promise.objects.select_for_update().get(pk=held.promise_id)
    still_open = Cover.objects.filter(pk=pk, promise=promise, state=CoverState.OPEN)
    held = still_open.select_related("version").first() or held  # who revises or judges holds the promise's row too
    found = verdict(promise, held, cancelled_at=_cancelled_at(promise), at=at)
    if found is None or not still_open.update(state=STATE_OF[found]) or found != "late":
        return None
    return _come_due(held, guarantee, promise, GuaranteeTerms.from_json(held.version.terms), at)


def _cancelled_at(promise: Promise) -> datetime | None:
    events = PromiseEvent.objects.filter(promise=promise, kind=EventKind.CANCELLED)
    return events.values_list("at", flat=True).first()


def _come_due(held: Cover, guarantee: Guarantee, promise: Promise, terms: GuaranteeTerms, at: datetime) -> Remedy:
    rule, customer = terms.remedy, promise.party_ref
    amount = amount_of(rule, held.value_minor, step=_step(terms.currency)) or None
    cost = cost_of(rule, amount, held.delivery_minor)
    before = standing_of(guarantee, terms.caps, customer, at)
    hold = hold_of(rule, terms.caps, customer=customer, amount_minor=amount, cost_minor=cost, before=before)
    remedy = Remedy.objects.create(
        cover=held,
        guarantee=guarantee,
        customer_ref=customer,
        kind=rule.kind,
        amount_minor=amount,
        cost_minor=cost,
        currency=terms.currency,
        state=RemedyState.WAITING if hold else RemedyState.DUE,
        hold=hold,
        due_at=at,
    )
    told = {"hold": hold} if hold else {}
    _record(remedy, promise, at, guarantee=promise.guarantee_version, **told)
    if not hold:
        _give(remedy, promise, terms, at)
    return remedy


def _step(currency: str) -> int:
    """Shares of an order are rounded up to what people pay with: whole toman where the shop counts in toman."""
    return money_unit(currency, "en", toman=the_shop().shows_toman)[1] if currency == "IRR" else 1


def approve_remedy(remedy: Remedy, *, by: str, amount_minor: int | None = None, at: datetime | None = None) -> Remedy:
    """A person lets a waiting remedy be given; `amount_minor` where the rule could not say it, or another amount.

    Approving twice is once. Problems: `amount-missing`, `bad-amount`, `not-waiting` (409).
    """
    at = at or clock.now()
    amount = remedy.amount_minor if amount_minor is None else amount_minor
    if remedy.kind not in WITH_AMOUNT:
        amount = None
    elif amount is None:
        raise Problem("amount-missing", _("Say how much the customer gets."), field="amount")
    elif not 0 < amount <= MOST_MINOR:
        raise Problem("bad-amount", _("This amount is too small or too large."), field="amount")
    changes = {
        "state": RemedyState.DUE,
        "amount_minor": amount,
        "cost_minor": remedy.cost_minor if amount is None else amount,
    }

    def then(approved: Remedy, promise: Promise) -> None:
        _record(approved, promise, at, by=by)
        _give(approved, promise, GuaranteeTerms.from_json(approved.cover.version.terms), at)

    return _decided(remedy, changes, then, by=by, at=at)


def refuse_remedy(remedy: Remedy, *, by: str, reason: str, at: datetime | None = None) -> Remedy:
    """A person decides that a waiting remedy is not given, and says why (no names). Twice is once.

    Problems: `no-reason`, `not-waiting` (409).
    """
    at = at or clock.now()
    why = reason.strip()[:200]
    if not why:
        raise Problem("no-reason", _("Say why it is refused."), field="reason")

    def then(refused: Remedy, promise: Promise) -> None:
        _record(refused, promise, at, by=by, why=why)

    return _decided(remedy, {"state": RemedyState.REFUSED, "reason": why}, then, by=by, at=at)


def confirm_given(remedy: Remedy, *, by: str, reference: str = "", at: datetime | None = None) -> Remedy:
    """A remedy that is due has been given: the customer was called, the money was sent. Twice is once.

    Problem `not-due` (409).
    """
    at = at or clock.now()
    with transaction.atomic():
        promise = _locked_promise(remedy)
        if _mark_given(remedy, at, by=by, reference=reference[:80]):
            remedy.refresh_from_db()
            _record(remedy, promise, at, by=by, **({"reference": remedy.reference} if reference else {}))
            return remedy
    remedy.refresh_from_db()
    if remedy.state != RemedyState.GIVEN:
        raise Problem("not-due", _("This remedy is not due."), status=409)
    return remedy


@dataclass(frozen=True)
class RefundDue:
    """A refund that payments has taken over: whose, for which order, how much."""

    remedy: int
    public_id: str
    order: str
    customer_ref: str
    amount_minor: int
    currency: str
    due_at: datetime


def claim_refunds(at: datetime | None = None, limit: int = BATCH) -> list[RefundDue]:
    """Take over refunds that are due, each once. Must run in the transaction that writes them down."""
    at = at or clock.now()
    mine = []
    for remedy in refunds_to_claim(limit):
        if Remedy.objects.filter(pk=remedy.pk, claimed_at__isnull=True, state=RemedyState.DUE).update(claimed_at=at):
            order = remedy.cover.promise.subject_ref
            amount = remedy.amount_minor or 0
            due = (str(remedy.public_id), order, remedy.customer_ref, amount, remedy.currency, remedy.due_at)
            mine.append(RefundDue(remedy.pk, *due))
    return mine


def _decided(
    remedy: Remedy, changes: dict[str, Any], then: Callable[[Remedy, Promise], None], *, by: str, at: datetime
) -> Remedy:
    """Move a waiting remedy by the decision of a person, exactly once."""
    with transaction.atomic():
        promise = _locked_promise(remedy)
        waiting = Remedy.objects.filter(pk=remedy.pk, state=RemedyState.WAITING)
        if waiting.update(decided_at=at, decided_by=by, **changes):
            remedy.refresh_from_db()
            then(remedy, promise)
            return remedy
    remedy.refresh_from_db()
    is_same = (remedy.state == RemedyState.REFUSED) == (changes["state"] == RemedyState.REFUSED)
    if not is_same or remedy.decided_at is None:
        raise Problem("not-waiting", _("Somebody has decided about this remedy already."), status=409)
    return remedy


def _locked_promise(remedy: Remedy) -> Promise:
    return Promise.objects.select_for_update().get(pk=remedy.cover.promise_id)


def _give(remedy: Remedy, promise: Promise, terms: GuaranteeTerms, at: datetime) -> None:
    """What can be given at once is; a refund waits for payments, a call for somebody of the staff."""
    reference = ""
    last = at + timedelta(days=terms.remedy.valid_days)
    if remedy.kind in {RemedyKind.VOUCHER, RemedyKind.FREE_DELIVERY}:
        amount = remedy.amount_minor
        voucher = issue(
            key=f"remedy:{remedy.public_id}",
            customer_ref=remedy.customer_ref,
            value=Value.of_free_delivery() if amount is None else Value.of_amount(amount),
            currency=remedy.currency,
            valid_until=last,
            reason=f"remedy:{remedy.public_id}",
            at=at,
        )
        reference = voucher.code
    _tell_customer(remedy, promise, code=reference, until=promise.local_day(last), at=at)
    if remedy.kind in {RemedyKind.REFUND, RemedyKind.CALL}:
        return
    if _mark_given(remedy, at, by="rule", reference=reference):
        remedy.refresh_from_db()
        _record(remedy, promise, at)


def _tell_customer(remedy: Remedy, promise: Promise, *, code: str, until: date, at: datetime) -> None:
    """Ask for the one message about this remedy; nobody can be told where the customer's number is not known."""
    if not remedy.customer_ref:
        return
    last_moment = remedy.cover.guaranteed_until - timedelta(microseconds=1)  # a day ends when the next one begins
    told: dict[str, Any] = {
        "order": promise.subject_ref,
        "promised_on": promise.local_day(last_moment).isoformat(),
        "guarantee": remedy.cover.version.get_absolute_url(),
    }
    money = [remedy.amount_minor, remedy.currency]
    if code:
        told |= {"code": code, "until": until.isoformat(), **({"worth": money} if remedy.amount_minor else {})}
    if remedy.kind == RemedyKind.REFUND:
        told["back"] = money
    if remedy.kind == RemedyKind.CALL:
        told["call"] = 1
    send(
        key=f"promises.remedy:{remedy.public_id}",
        purpose=Purpose.PROMISE,
        template=REMEDY.name,
        customer_ref=remedy.customer_ref,
        context=told,
        about=f"{promise.subject_type}:{promise.subject_ref}",
        at=at,
    )


def _mark_given(remedy: Remedy, at: datetime, *, by: str, reference: str) -> bool:
    due = Remedy.objects.filter(pk=remedy.pk, state=RemedyState.DUE)
    return bool(due.update(state=RemedyState.GIVEN, given_at=at, given_by=by, reference=reference))


def _record(remedy: Remedy, promise: Promise, at: datetime, **more: str) -> None:
    """Evidence of what became of the remedy; codes of vouchers stay out of it, because who holds one can use it."""
    told = {"remedy": str(remedy.public_id), "what": remedy.kind, "became": str(remedy.state), **more}
    if remedy.amount_minor is not None:
        told |= {"amount_minor": str(remedy.amount_minor), "currency": remedy.currency}
    record(promise.pk, EventKind.REMEDIED, next_step(promise.pk), at=at, recorded_at=at, evidence=told)
