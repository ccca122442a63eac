"""The story of a parcel as a page tells it: what was told, grouped by day, with the promised moment in its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from vafa.delivery.models import Parcel, TrackingEvent
from vafa.delivery.queries.tracking import told_scans
from vafa.delivery.statuses import ICONS, REASON_WORDS, TONES, WORDS
from vafa.engine.parcel_state import Scan

SIMULATED = "simulated"
LAST_MOMENT = timedelta(microseconds=1)  # what is due by the end of a day is due on that day


@dataclass
class Entry:
    """One moment: a scan, told by one or several sources, or the end of what was promised (`promise`)."""

    at: datetime
    scan: Scan | None = None
    places: list[str] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    promise: Any = None

    @property
    def words(self) -> Any:
        return WORDS[self.scan.status] if self.scan else ""

    @property
    def icon(self) -> str:
        return ICONS[self.scan.status] if self.scan else "promise"

    @property
    def tone(self) -> str:
        return TONES[self.scan.status] if self.scan else "neutral"

    @property
    def reason(self) -> Any:
        return REASON_WORDS.get(self.scan.reason, "") if self.scan else ""


@dataclass
class Day:
    """What happened on one day in the shop's zone, the newest first."""

    day: date
    entries: list[Entry] = field(default_factory=list)


def timeline(parcel: Parcel, events: Iterable[TrackingEvent], promise: Any, zone: str) -> list[Day]:
    """The newest day first. `promise`: the one that stands about the order, or None."""
    entries = _entries(parcel, events)
    if promise is not None and entries:
        entries.append(Entry(promise.due_at - LAST_MOMENT, promise=promise))
    days: list[Day] = []
    for entry in sorted(entries, key=lambda each: each.at, reverse=True):
        day = entry.at.astimezone(ZoneInfo(zone)).date()
        if not days or days[-1].day != day:
            days.append(Day(day))
        days[-1].entries.append(entry)
    return days


def _entries(parcel: Parcel, events: Iterable[TrackingEvent]) -> list[Entry]:
    """Two sources that tell the same of the same minute make one entry."""
    found: dict[tuple[datetime, str, str], Entry] = {}
    for scan, source, place, code in [*_from_exports(parcel), *_from_events(events)]:
        key = (scan.at.replace(second=0, microsecond=0), scan.status, scan.reason)
        entry = found.setdefault(key, Entry(scan.at, scan))
        for words, said in ((entry.sources, source), (entry.places, place), (entry.codes, code)):
            if said and said not in words:
                words.append(said)
    return list(found.values())


def _from_exports(parcel: Parcel) -> Iterator[tuple[Scan, str, str, str]]:
    for scan in told_scans(parcel.told_handed_over_at, parcel.told_delivered_at):
        yield scan, _("the shop's own data"), "", ""


def _from_events(events: Iterable[TrackingEvent]) -> Iterator[tuple[Scan, str, str, str]]:
    for event in events:
        source = _("simulated") if event.source == SIMULATED else event.source
        plain = event.code.casefold() in {event.status, ""} or event.source == SIMULATED
        yield event.scan, source, event.place, "" if plain else event.code
