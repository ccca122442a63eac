"""Payments and their story."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from vafa.payments.models import Payment, PaymentEvent


def payment_by(public_id: UUID | str) -> Payment | None:
    """The payment of that public number."""
    return Payment.objects.filter(public_id=public_id).select_related("account").first()


def payment_at(way: str, authority: str) -> Payment | None:
    """The payment that the gateway of a way calls so."""
    found = Payment.objects.filter(way=way, authority=authority) if authority else Payment.objects.none()
    return found.select_related("account").first()


def payments_about(about: str) -> QuerySet[Payment]:
    """Every payment for one thing, the newest first."""
    return Payment.objects.filter(about=about).order_by("-pk")


def payments_of_order(order_ref: str) -> QuerySet[Payment]:
    """Every payment for one order, the newest first."""
    return Payment.objects.filter(order_ref=order_ref).order_by("-pk")


def payments_in_view(*, state: str = "", word: str = "", before: int | None = None) -> QuerySet[Payment]:
    """Payments, the newest first, older than row `before`; `word` is an order's number, a reference or a public id."""
    found = Payment.objects.order_by("-pk")
    if state:
        found = found.filter(state=state)
    if before is not None:
        found = found.filter(pk__lt=before)
    return _named(found, word) if word else found


def _named(found: QuerySet[Payment], word: str) -> QuerySet[Payment]:
    try:
        return found.filter(public_id=UUID(word))
    except ValueError:
        return found.filter(order_ref=word) | found.filter(reference=word)


def events_of(payment: Payment) -> QuerySet[PaymentEvent]:
    """Its story from the beginning."""
    return payment.events.order_by("pk")
