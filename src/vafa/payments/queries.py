"""Reads of refunds."""

from __future__ import annotations

from django.db.models import QuerySet

from vafa.payments.models import Refund, RefundState


def refunds(state: str) -> QuerySet[Refund]:
    """Those owed, the oldest first; those given, the newest first."""
    found = Refund.objects.filter(state=state).select_related("remedy__cover__promise")
    return found.order_by("owed_at", "pk") if state == RefundState.OWED else found.order_by("-given_at", "-pk")


def refund_by(pk: int) -> Refund | None:
    """The refund of that number."""
    return Refund.objects.filter(pk=pk).select_related("remedy__cover__promise").first()
