"""Credits are claimed, paid, waived; requests and their answers are entered."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from vafa.agreements.models import Answer, Claim, ClaimState, Level, Measure
from vafa.kit.problems import Problem

OPEN = [ClaimState.DUE, ClaimState.CLAIMED]


def claim_back(claim: Claim, *, reference: str, at: datetime) -> None:
    """It was asked of the partner under `reference`; twice is once. Problem `claim-over` (409)."""
    moved = Claim.objects.filter(pk=claim.pk, state=ClaimState.DUE)
    if not moved.update(state=ClaimState.CLAIMED, claimed_at=at, reference=reference[:120]):
        _require(claim, ClaimState.CLAIMED)


def record_payment(claim: Claim, *, amount_minor: int, at: datetime) -> None:
    """So much was paid (or credited), and with it the matter is over. Problems: `bad-amount`, `claim-over` (409)."""
    if not 0 < amount_minor <= claim.amount_minor:
        sentence = _("What was paid is more than nothing and at most the credit.")
        raise Problem("bad-amount", sentence, field="amount", status=422)
    paid = Claim.objects.filter(pk=claim.pk, state__in=OPEN)
    if not paid.update(state=ClaimState.RECEIVED, received_minor=amount_minor, settled_at=at):
        _require(claim, ClaimState.RECEIVED)


def waive(claim: Claim, *, at: datetime) -> None:
    """The credit is given up; twice is once. Problem `claim-over` (409)."""
    if not Claim.objects.filter(pk=claim.pk, state__in=OPEN).update(state=ClaimState.WAIVED, settled_at=at):
        _require(claim, ClaimState.WAIVED)


def _require(claim: Claim, state: ClaimState) -> None:
    claim.refresh_from_db()
    if claim.state != state:
        raise Problem("claim-over", _("This credit is settled already."), status=409)


def enter_answer(
    level: Level, *, reference: str, asked_at: datetime, answered_at: datetime | None, at: datetime
) -> Answer:
    """Write down a request and its answer. The same reference again adds the answer where it was missing.

    Problems: `bad-level` for a level that measures something else, `bad-time`, `answered-otherwise` (409).
    """
    if level.measure != Measure.ANSWERED:
        raise Problem("bad-level", _("This level does not measure answers."), status=409)
    if asked_at > at or (answered_at is not None and not asked_at <= answered_at <= at):
        sentence = _("The request comes before its answer, and both lie in the past.")
        raise Problem("bad-time", sentence, field="answered_at", status=422)
    said = Answer(level=level, reference=reference, asked_at=asked_at, answered_at=answered_at)
    Answer.objects.bulk_create([said], ignore_conflicts=True)
    mine = Answer.objects.filter(level=level, reference=reference)
    if answered_at is not None:
        mine.filter(answered_at__isnull=True, asked_at=asked_at).update(answered_at=answered_at)
    kept = mine.get()
    if (kept.asked_at, kept.answered_at) != (asked_at, answered_at):
        sentence = _("Another time was written down for this reference.")
        raise Problem("answered-otherwise", sentence, field="reference", status=409)
    return kept
