"""What this room knows of a person, as it tells it to him and forgets it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from vafa.catalog.actions.notices import stop_waiting
from vafa.catalog.models import BackNotice, NoticeState
from vafa.kit.clock import now

TABLES = frozenset({"catalog.BackNotice"})
STAYS = "Nothing: for which articles somebody waited is forgotten."


def told(ref: str) -> list[dict[str, Any]]:
    """For which articles he waits or waited."""
    names = ("variant__sku", "state", "due_on", "asked_at", "ended_at")
    return list(BackNotice.objects.filter(customer_ref=ref).order_by("pk").values(*names))


def forget(ref: str, kept: Sequence[str]) -> int:
    """He is not told any more, and nothing is kept of what he waited for."""
    for notice in BackNotice.objects.filter(customer_ref=ref, state=NoticeState.WAITING):
        stop_waiting(notice, at=now())
    return BackNotice.objects.filter(customer_ref=ref).delete()[0]
