"""Events as evidence: how one is written down, its canonical bytes, and what state a list of them amounts to."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from vafa.kit.signing import canonical_json
from vafa.promises.models import EventKind, Promise, PromiseEvent, State

FORMAT = "vafa-event/1"


def stamp(moment: datetime) -> str:
    """A moment as text: UTC, always with microseconds, always with `Z`."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")[:-6] + "Z"  # "Z" for "+00:00"


def written(probability: float | None) -> str | None:
    """A probability as text with six decimals, because floats have several spellings."""
    return None if probability is None else f"{probability:.6f}"


def terms_evidence(promise: Promise) -> dict[str, Any]:
    """What the `made` event fixes for ever: the promise row can be checked against it."""
    fixed: dict[str, Any] = {
        "kind": promise.kind,
        "subject": f"{promise.subject_type}:{promise.subject_ref}",
        "due_on": promise.due_on.isoformat(),
        "due_at": stamp(promise.due_at),
        "zone": promise.zone,
        "probability": written(promise.probability),
        "origin": promise.origin,
        "text": hashlib.sha256(canonical_json(promise.text)).hexdigest(),
    }
    if promise.guarantee_version:
        fixed["guarantee"] = promise.guarantee_version
    if promise.asked_by:
        fixed |= {"asked_by": promise.asked_by, "original_due_on": promise.original_due_on.isoformat()}
    return fixed


def canonical(event: PromiseEvent, promise: UUID) -> bytes:
    """The bytes that a seal covers. They name the promise by its public id, and nothing local to a database."""
    return canonical_json(
        {
            "format": FORMAT,
            "promise": str(promise),
            "step": event.step,
            "kind": event.kind,
            "at": stamp(event.at),
            "recorded_at": stamp(event.recorded_at),
            "evidence": event.evidence,
        }
    )


@dataclass(frozen=True)
class Replayed:
    """The state that events amount to."""

    state: str
    fulfilled_at: str | None
    corrected: bool


def replay(events: Iterable[PromiseEvent]) -> Replayed:
    """Fold one promise's events, in the order of their steps."""
    state, fulfilled_at, corrected = State.OPEN.value, None, False
    for event in sorted(events, key=lambda each: each.step):
        if event.kind in {EventKind.KEPT, EventKind.BROKEN, EventKind.REVISED, EventKind.CANCELLED}:
            state = event.kind
        if event.kind == EventKind.CORRECTED:
            state, corrected = event.evidence["state"], True
        if event.kind == EventKind.RETRACTED:
            state = event.evidence["state"]
            corrected = state != State.OPEN
        fulfilled_at = event.evidence.get("fulfilled_at", fulfilled_at)
    return Replayed(state, fulfilled_at, corrected)


@dataclass(frozen=True)
class Evidence:
    """When the thing promised was done, as far as anybody has told: moments as `stamp` writes them."""

    told: frozenset[str]
    taken_back: frozenset[str]

    def counting(self, *, without: str = "") -> datetime | None:
        """The earliest moment that was told and not taken back; None where there is none."""
        left = self.told - self.taken_back - {without}
        return datetime.fromisoformat(min(left)) if left else None


def evidence_in(events: Iterable[tuple[str, dict[str, Any]]]) -> Evidence:
    """What (kind, evidence) pairs of a chain's events tell; their order does not matter."""
    told: set[str] = set()
    taken_back: Counter[str] = Counter()
    for kind, evidence in events:
        if kind == EventKind.RETRACTED:
            taken_back[evidence["retracted"]] += 1
        elif moment := _told_in(kind, evidence):
            told.add(moment)
        if again := evidence.get("again"):
            taken_back[again] -= 1
    return Evidence(frozenset(told), frozenset(moment for moment, times in taken_back.items() if times > 0))


def _told_in(kind: str, evidence: dict[str, Any]) -> str | None:
    """The moment that an event other than a retraction tells."""
    return evidence["noted"] if kind == EventKind.NOTED else evidence.get("fulfilled_at")


@dataclass(frozen=True)
class Source:
    """What one source told of a chain: moments that stand, and moments that only it has taken back itself."""

    standing: frozenset[str]
    withdrawn: frozenset[str]

    @classmethod
    def in_events(cls, by: str, events: Iterable[tuple[str, dict[str, Any]]]) -> Source:
        """From the (kind, evidence) pairs of all events of a chain, in any order."""
        pairs = list(events)
        taken_back = evidence_in(pairs).taken_back
        taken_by: dict[str, set[str]] = {}
        told: set[str] = set()
        for kind, evidence in pairs:
            if kind == EventKind.RETRACTED:
                taken_by.setdefault(evidence["retracted"], set()).add(evidence["by"])
            elif evidence.get("follows") == by and (moment := _told_in(kind, evidence)):
                told.add(moment)
        own = frozenset(moment for moment in told & taken_back if taken_by[moment] == {by})
        return cls(frozenset(told - taken_back), own)
