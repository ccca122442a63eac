"""How rows of the ledger are written: promises, and the events beside them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Max

from vafa.promises.models import EventKind, Promise, PromiseEvent
from vafa.promises.rows import Table

PROMISES = Table(Promise)
EVENTS = Table(PromiseEvent, ["promise_id", "step", "kind", "at", "recorded_at", "evidence"])


def record(
    promise_id: int, kind: EventKind, step: int, *, at: datetime, recorded_at: datetime, evidence: Mapping[str, Any]
) -> None:
    """Write one event. Must run in the transaction of the change it is about."""
    EVENTS.insert_one((promise_id, step, kind.value, at, recorded_at, evidence))


def next_step(promise_id: int) -> int:
    """The number of the promise's next event. The caller's transaction must hold the promise's row."""
    last = PromiseEvent.objects.filter(promise_id=promise_id).aggregate(last=Max("step"))["last"]
    return int(last) + 1


def next_steps(promise_ids: list[int]) -> dict[int, int]:
    """The same for many open promises at once: 1, but for those that were open before."""
    later = PromiseEvent.objects.filter(promise_id__in=promise_ids, step__gte=1).values("promise_id")
    again = {row["promise_id"]: row["last"] + 1 for row in later.annotate(last=Max("step"))}
    return {promise_id: again.get(promise_id, 1) for promise_id in promise_ids}
