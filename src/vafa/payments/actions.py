"""Writes of refunds."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from vafa.kit import clock
from vafa.kit.problems import Problem
from vafa.payments.models import Refund, RefundState
from vafa.promises.actions import claim_refunds, confirm_given

BATCH = 100


def take_over(at: datetime | None = None, limit: int = BATCH) -> int:
    """Write down refunds that came due in the promises room; returns how many. Claim and refund are one transaction."""
    at = at or clock.now()
    with transaction.atomic():
        due = claim_refunds(at, limit)
        Refund.objects.bulk_create(
            Refund(
                remedy_id=each.remedy,
                order_ref=each.order,
                customer_ref=each.customer_ref,
                amount_minor=each.amount_minor,
                currency=each.currency,
                owed_at=each.due_at,
            )
            for each in due
        )
    return len(due)


def give(refund: Refund, *, by: str, reference: str, at: datetime | None = None) -> Refund:
    """The money was sent under `reference` (a transfer's number); the remedy is given with it. Twice is once.

    Problem `no-reference`: without one nobody can prove it later.
    """
    at = at or clock.now()
    if not reference.strip():
        raise Problem("no-reference", _("Write the number of the transfer."), field="reference")
    with transaction.atomic():
        owed = Refund.objects.filter(pk=refund.pk, state=RefundState.OWED)
        if owed.update(state=RefundState.GIVEN, given_at=at, given_by=by, reference=reference.strip()[:80]):
            confirm_given(refund.remedy, by=by, reference=reference.strip(), at=at)
    refund.refresh_from_db()
    return refund
