"""Promises by name. The shop is in Tehran; `NOON` is 1 March 2026, 12:00 there."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from vafa.promises.actions import make_promise
from vafa.promises.kinds import PromiseKind, register
from vafa.promises.models import Direction, Promise, Unit
from vafa.promises.terms import HistoricPromise

BOTH = frozenset(Direction.values)
ERRAND = PromiseKind("test-errand", {"en": "Errand", "fa": "پیغام"}, BOTH)
TOLD = {"apology": "promises.late", "missing": "promises.missing"}
WORD = PromiseKind("test-word", {"en": "Word"}, one_at_a_time=True, **TOLD)
ANSWER = PromiseKind("test-answer", {"en": "Answer"}, unit=Unit.MOMENT, exceeds=timedelta(hours=1), grace=timedelta(0))
register(ERRAND)
register(WORD)
register(ANSWER)

TEHRAN = "Asia/Tehran"
NOON = datetime(2026, 3, 1, 8, 30, tzinfo=UTC)
DUE = date(2026, 3, 4)  # its end in Tehran is 20:30 UTC
DAY = timedelta(days=1)


def terms(number: int = 1, **changes: Any) -> dict[str, Any]:
    return {
        "kind": ERRAND.name,
        "key": f"errand:{number}",
        "subject_type": "order",
        "subject_ref": f"A-{number}",
        "party_ref": f"C-{number}",
        "text": {"en": "With you by Wednesday.", "fa": "تا چهارشنبه می‌رسد."},
        "due_on": DUE,
        "zone": TEHRAN,
        "probability": 0.9,
        "region": "Fars",
        "place": "Shiraz",
        **changes,
    }


def a_promise(number: int = 1, at: datetime = NOON, **changes: Any) -> Promise:
    return make_promise(at=at, **terms(number, **changes))


def historic(number: int = 1, **changes: Any) -> HistoricPromise:
    given = {name: value for name, value in terms(number).items() if name != "probability"}
    return HistoricPromise(**{**given, "made_at": NOON, **changes})


def tehran(day: int, hour: int = 12, month: int = 3) -> datetime:
    """A moment of 2026 on Tehran's clock (UTC+3:30 all year)."""
    return datetime(2026, month, day, hour, tzinfo=UTC) - timedelta(hours=3, minutes=30)
