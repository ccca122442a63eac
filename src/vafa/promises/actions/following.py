"""A source that knows better later: what it tells now stands in the place of what it told before."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from vafa.kit import clock
from vafa.promises.actions.retracting import retract_evidence
from vafa.promises.actions.settling import locked_end_of_chain, tell, tell_again
from vafa.promises.events import Source, stamp
from vafa.promises.models import Promise, State
from vafa.promises.queries import events_of_chain, evidence_of
from vafa.promises.terms import check_evidence, check_moment


def follow_source(
    promise: Promise,
    *,
    fulfilled_at: datetime | None,
    by: str,
    reason: str,
    evidence: dict[str, str] | None = None,
    at: datetime | None = None,
) -> Promise:
    """Bring the ledger to what the source `by` knows now: fulfilled at `fulfilled_at` (aware), or not at all (None).

    For sources that see more and more (the scans of parcels): earlier tellings of the same source that are wrong by
    now are taken back with `reason`, and told again should they turn out right after all. What others told, and what
    others took back, stays. So the end depends on what the source knows, not on the order in which it learned it.
    Saying the same again writes nothing. A cancelled promise, and a moment before the promise was made, are left alone.
    """
    at = at or clock.now()
    checked = {**check_evidence(evidence), "follows": by}
    with transaction.atomic():
        current = locked_end_of_chain(promise)
        if current.state == State.CANCELLED:
            return current
        said = Source.in_events(by, events_of_chain(current))
        moment = stamp(fulfilled_at) if fulfilled_at and _can_be(current, fulfilled_at) else None
        for wrong in sorted(said.standing):
            if moment is None or wrong < moment:
                retract_evidence(current, fulfilled_at=datetime.fromisoformat(wrong), reason=reason, by=by, at=at)
        if moment is not None and fulfilled_at is not None:
            _tell(current, fulfilled_at, said, checked, at)
    current.refresh_from_db()
    return current


def _can_be(promise: Promise, fulfilled_at: datetime) -> bool:
    check_moment(fulfilled_at, "fulfilled_at")
    return promise.root_id is not None or promise.local_day(fulfilled_at) >= promise.local_day(promise.made_at)


def _tell(promise: Promise, fulfilled_at: datetime, said: Source, evidence: dict[str, str], at: datetime) -> None:
    promise.refresh_from_db()
    known = evidence_of(promise)
    settled_at = max(at, fulfilled_at)
    if stamp(fulfilled_at) not in known.taken_back:
        tell(promise, fulfilled_at, known, evidence=evidence, settled_at=settled_at, at=at)
    elif stamp(fulfilled_at) in said.withdrawn:
        tell_again(promise, fulfilled_at, evidence=evidence, settled_at=settled_at, at=at)
