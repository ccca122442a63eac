"""What happened to a promise, and what was told of it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from vafa.promises.events import Evidence, evidence_in
from vafa.promises.models import Promise, PromiseEvent


def events_of(promise: Promise) -> list[PromiseEvent]:
    """What happened to this one promise, in order."""
    return list(PromiseEvent.objects.filter(promise=promise).select_related("sealed_in").order_by("step"))


def evidence_of(promise: Promise) -> Evidence:
    """All that was ever told of the chain, and what of it was taken back."""
    return evidence_in(events_of_chain(promise))


def events_of_chain(promise: Promise) -> list[tuple[str, dict[str, Any]]]:
    """(kind, evidence) of every event of the chain."""
    events = PromiseEvent.objects.filter(promise_id=promise.chain_id)
    if promise.root_id is not None:
        events = events | PromiseEvent.objects.filter(promise__root_id=promise.root_id)
    return list(events.values_list("kind", "evidence"))


def taken_back(promise: Promise) -> list[datetime]:
    """The moments of the chain that were told and taken back, oldest first (aware, UTC)."""
    return [datetime.fromisoformat(moment) for moment in sorted(evidence_of(promise).taken_back)]
