"""What visitors asked about products."""

from __future__ import annotations

from django.db.models import QuerySet

from vafa.catalog.models import Inquiry, InquiryState


def inquiries_in(state: str) -> QuerySet[Inquiry]:
    """Those that wait, the oldest first; those decided, the newest first."""
    found = Inquiry.objects.filter(state=state).select_related("product")
    return found.order_by("asked_at", "pk") if state == InquiryState.WAITING else found.order_by("-decided_at", "-pk")
