"""Reads of refunds."""

from __future__ import annotations

from django.db.models import QuerySet

from vafa.payments.gateways import KINDS
from vafa.payments.models import Refund, RefundState


def refunds(state: str) -> QuerySet[Refund]:
    """Those owed, the oldest first; those given, the newest first."""
    found = Refund.objects.filter(state=state).select_related("remedy__cover__promise", "payment")
    return found.order_by("-given_at", "-pk") if state == RefundState.GIVEN else found.order_by("owed_at", "pk")


def refund_by(pk: int) -> Refund | None:
    """The refund of that number."""
    return Refund.objects.filter(pk=pk).select_related("remedy__cover__promise", "payment").first()


def refunds_about(about: str) -> QuerySet[Refund]:
    """What is owed or was given back for one thing, from the first."""
    return Refund.objects.filter(about=about).order_by("pk")


def can_go_back(refund: Refund) -> bool:
    """Whether the gateway by which the money came gives it back itself."""
    return refund.payment is not None and KINDS[refund.payment.kind].give_back is not None
