"""From a fulfilment to margins and the outcome. Pure: no tables are read or written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from vafa.promises.models import Promise, State, Unit


@dataclass(frozen=True)
class Margin:
    """Due minus fulfilled, positive when early: calendar days in the promise's zone, and seconds to `due_at`."""

    days: int
    seconds: int

    def is_in_time(self, unit: str) -> bool:
        return (self.days if unit == Unit.DAY else self.seconds) >= 0


@dataclass(frozen=True)
class Outcome:
    """What a fulfilment makes of a promise, as column values."""

    state: str
    fulfilled_at: datetime
    margin: Margin
    original: Margin

    def columns(self) -> dict[str, object]:
        return {
            "state": self.state,
            "claim": None,
            "fulfilled_at": self.fulfilled_at,
            "margin_days": self.margin.days,
            "margin_seconds": self.margin.seconds,
            "original_margin_days": self.original.days,
            "original_margin_seconds": self.original.seconds,
        }


def end_of_day(day: date, zone: str) -> datetime:
    """The moment (UTC) at which `day` is over in `zone`: when the next local day begins."""
    return datetime.combine(day + timedelta(days=1), time(), ZoneInfo(zone)).astimezone(UTC)


def outcome_of(promise: Promise, fulfilled_at: datetime) -> Outcome:
    """Kept or broken by this fulfilment, and by how much, against the current and the original promise."""
    day = fulfilled_at.astimezone(ZoneInfo(promise.zone)).date()
    margin = _margin(promise.due_on, promise.due_at, day, fulfilled_at)
    original = _margin(promise.original_due_on, promise.original_due_at, day, fulfilled_at)
    state = State.KEPT if margin.is_in_time(promise.unit) else State.BROKEN
    return Outcome(state.value, fulfilled_at, margin, original)


def is_past(promise: Promise, moment: datetime) -> bool:
    """Whether the promise could no longer be kept by a fulfilment at `moment`."""
    return outcome_of(promise, moment).state == State.BROKEN


def _margin(due_on: date, due_at: datetime, day: date, moment: datetime) -> Margin:
    return Margin((due_on - day).days, int((due_at - moment).total_seconds() // 1))
