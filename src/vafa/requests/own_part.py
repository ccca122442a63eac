"""What this room itself knows of a person, as it tells it to him and forgets it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from vafa.requests.models import Erasure, Report

TABLES = frozenset({"requests.Report", "requests.Erasure"})
STAYS = "That you asked something, and when you were answered, stays; the words do not."


def told(ref: str) -> dict[str, Any]:
    """What he told us, what we answered, and his wishes to be forgotten."""
    reports = Report.objects.filter(order__customer_ref=ref).order_by("pk")
    wishes = Erasure.objects.filter(customer_ref=ref).order_by("pk")
    return {
        "reports": list(reports.values("order__number", "matter", "words", "at", "due_at", "answered_at", "answer")),
        "erasures": list(wishes.values("asked_at", "due_at", "finished_at")),
    }


def forget(ref: str, kept: Sequence[str]) -> int:
    """The words of both sides, but for what still waits for an answer about an order under way."""
    reports = Report.objects.filter(order__customer_ref=ref).exclude(words="", answer="")
    if kept:
        reports = reports.exclude(answered_at__isnull=True)
    return reports.update(words="", answer="")
