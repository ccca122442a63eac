"""What sources send: kept raw first, made something of afterwards, as often as one likes.

An item is done when its events are committed. A worker that dies in between leaves it new, and the next one does it
again: events and promises are the same the second time.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import DataError, transaction
from django.utils.translation import gettext_lazy as _

from vafa.connectors.models import InboxItem, InboxState, Through, TrackingSource
from vafa.connectors.tracking.form import the_form
from vafa.connectors.tracking.reading import Reader, Reading
from vafa.delivery.actions.tracking import record_events
from vafa.jobs.actions import enqueue
from vafa.jobs.models import Job
from vafa.kit import clock
from vafa.kit.bulk import Recorded
from vafa.kit.clock import real_now
from vafa.kit.problems import Problem
from vafa.shop.queries import the_shop

log = logging.getLogger(__name__)
TASK, REPLAY = "connectors.inbox", "connectors.replay"
LEFT_BEHIND = timedelta(seconds=30)  # a new item this old has lost its job, or its worker
PORTION = 200
Progress = Callable[[float, str], None]


def receive(source: TrackingSource, body: bytes, *, through: Through, at: datetime | None = None) -> bool:
    """Keep a message exactly as it came and ask for it to be read, in one transaction; False where it is known.

    When this returns it is committed. `at` is real time.
    """
    at = at or real_now()
    item = _item(source, body, through, "", at)
    with transaction.atomic():
        InboxItem.objects.bulk_create([item], ignore_conflicts=True)
        TrackingSource.objects.filter(pk=source.pk).update(last_received_at=at)
        kept = InboxItem.objects.only("pk", "state").get(source=source, key=item.key)
        if kept.state == InboxState.NEW:
            enqueue(TASK, arguments={"item": kept.pk}, unique_key=f"{TASK}:{kept.pk}", priority=5)
    return kept.state == InboxState.NEW


def receive_rows(source: TrackingSource, rows: Sequence[tuple[bytes, str]], *, at: datetime) -> list[int]:
    """Keep rows of a file, each with its origin; the primary keys of those that are still to be read."""
    items = [_item(source, body, Through.FILE, origin, at) for body, origin in rows]
    with transaction.atomic():
        InboxItem.objects.bulk_create(items, ignore_conflicts=True)
        TrackingSource.objects.filter(pk=source.pk).update(last_received_at=at)
    kept = InboxItem.objects.filter(source=source, key__in=[item.key for item in items], state=InboxState.NEW)
    return list(kept.order_by("pk").values_list("pk", flat=True))


def _item(source: TrackingSource, body: bytes, through: Through, origin: str, at: datetime) -> InboxItem:
    key = hashlib.sha256(body).hexdigest()
    return InboxItem(source=source, key=key, through=through, origin=origin[:140], body=body, received_at=at)


def read_items(keys: Iterable[int], *, at: datetime | None = None) -> int:
    """Make events of these items, as far as they are new; how many were. Call it outside any transaction."""
    wanted = InboxItem.objects.filter(pk__in=list(keys), state=InboxState.NEW, body__isnull=False)
    items = list(wanted.select_related("source").order_by("pk"))
    readings = [(item, reading_of(item)) for item in items]
    _record([reading for _item, reading in readings], renew=False, at=at)
    for item, reading in readings:
        _end(item, reading)
    return len(items)


def _record(readings: list[Reading], *, renew: bool, at: datetime | None = None) -> Recorded:
    """Write the events down; where the database will not have one, it is found and put aside, and the rest goes in."""
    try:
        return record_events([row for reading in readings for row in reading.rows], renew=renew, at=at)
    except (ValueError, DataError) as refused:
        if len(readings) > 1:
            return sum((_record([reading], renew=renew, at=at) for reading in readings), Recorded())
        log.warning("tracking events could not be recorded: %s", type(refused).__name__)
        readings[0].rows, readings[0].faults = [], [("failed", type(refused).__name__)]
        return Recorded()


def read_left_behind(*, at: datetime | None = None) -> int:
    """Read what was kept and lost its job or its worker; how many items."""
    before = (at or real_now()) - LEFT_BEHIND
    left = InboxItem.objects.filter(state=InboxState.NEW, received_at__lt=before).order_by("received_at")
    return read_items(left.values_list("pk", flat=True)[:PORTION])


def reading_of(item: InboxItem) -> Reading:
    """What the item says, by its source's folder as it is now. Never raises for what is in the body."""
    source, body = item.source, bytes(item.body or b"")
    try:
        form = the_form(source.form)
        reader = Reader(source.code, form, form.zone or the_shop().zone, clock.now())
        return reader.row(body) if item.through == Through.FILE else reader.message(body)
    except Exception as stumbled:  # one bad message must never stop the others, whatever is wrong with it
        log.warning("%s item %s could not be read: %s", source.code, item.pk, type(stumbled).__name__)
        return Reading(faults=[("failed", type(stumbled).__name__)])


def _end(item: InboxItem, reading: Reading) -> None:
    state = InboxState.QUARANTINED if reading.faults else InboxState.DONE
    faults = [[code, detail] for code, detail in reading.faults[:20]]
    InboxItem.objects.filter(pk=item.pk, state=item.state).update(
        state=state, events=len(reading.rows), faults=faults, done_at=real_now()
    )


def retry_item(item: InboxItem) -> InboxItem:
    """Read what lies in quarantine once more. Problems (409): `not-quarantined`, `forgotten`."""
    if item.body is None:
        raise Problem("forgotten", _("Its text has been forgotten after its time."), status=409)
    if not InboxItem.objects.filter(pk=item.pk, state=InboxState.QUARANTINED).update(state=InboxState.NEW):
        raise _not_quarantined()
    read_items([item.pk])
    item.refresh_from_db()
    return item


def drop_item(item: InboxItem) -> None:
    """Nobody will make anything of it. Problem `not-quarantined` (409)."""
    still = InboxItem.objects.filter(pk=item.pk, state=InboxState.QUARANTINED)
    if not still.update(state=InboxState.DROPPED, body=None):
        raise _not_quarantined()


def _not_quarantined() -> Problem:
    return Problem("not-quarantined", _("This does not lie in quarantine any more."), status=409)


@dataclass(frozen=True)
class Replayed:
    """What a replay found: items read, events that were new, took another meaning, or stayed; items not understood."""

    items: int
    events: Recorded
    quarantined: int


def replay(source: TrackingSource, *, since: datetime | None = None, progress: Progress | None = None) -> Replayed:
    """Read everything the source sent (since a real time) once more, by its folder as it is now.

    With an unchanged folder nothing changes. With another one, events take the meaning they have now, and parcels and
    promises follow. What was forgotten or dropped stays so.
    """
    kept = InboxItem.objects.filter(source=source, body__isnull=False).exclude(state=InboxState.DROPPED)
    if since is not None:
        kept = kept.filter(received_at__gte=since)
    total, done, last, events, poison = kept.count(), 0, 0, Recorded(), 0
    while items := list(kept.filter(pk__gt=last).select_related("source").order_by("pk")[:PORTION]):
        readings = [(item, reading_of(item)) for item in items]
        events += _record([reading for _item, reading in readings], renew=True)
        for item, reading in readings:
            _end(item, reading)
            poison += bool(reading.faults)
        done, last = done + len(items), items[-1].pk
        if progress is not None:
            progress(done / max(total, 1), "")
    return Replayed(done, events, poison)


def ask_for_replay(source: TrackingSource) -> Job:
    """Ask a worker to replay the source; asking again while one waits or runs gives another, which changes nothing."""
    return enqueue(REPLAY, arguments={"source": source.code})


def forget_raw(*, at: datetime | None = None, limit: int = 2000) -> int:
    """Forget the texts of what came longer ago than `VAFA_TRACKING_RAW_DAYS`; how many. Their events stay."""
    before = (at or real_now()) - timedelta(days=settings.TRACKING_RAW_DAYS)
    old = InboxItem.objects.filter(received_at__lt=before, body__isnull=False).exclude(state=InboxState.NEW)
    ids = list(old.values_list("pk", flat=True)[:limit])
    return InboxItem.objects.filter(pk__in=ids).update(body=None)
