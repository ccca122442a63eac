"""The two clocks: business time, on which promises run (a demo may move it), and real time for leases and limits."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

FRESH = 0.5  # seconds of real time for which what was read of a moved clock is taken to hold
Source = Callable[[], timedelta | None]


class _Hand:
    """How far business time was moved, as far as this process knows; it asks at most twice a second."""

    def __init__(self) -> None:
        self.source: Source | None = None
        self.known = timedelta(0)
        self.read_at = float("-inf")

    def moved(self) -> timedelta:
        if self.source is not None and time.monotonic() - self.read_at >= FRESH:
            self.read_at = time.monotonic()  # before asking, so that whoever answers may ask for the time
            answer = self.source()
            self.known = self.known if answer is None else answer
        return self.known


_hand = _Hand()


def now() -> datetime:
    """Business time, aware UTC. Read once per action. `VAFA_CLOCK_SHIFT_DAYS` and a simulated shop's clock move it."""
    return real_now() + timedelta(days=_shift_days()) + _hand.moved()


def real_now() -> datetime:
    """Wall-clock time, aware UTC."""
    return datetime.now(UTC)


def follow(source: Source | None) -> None:
    """From now on business time is moved by what `source` says (None: it does not know just now), read anew twice a
    second. Without a source it is not moved. The program's entry says this once; tests say what they need."""
    _hand.source, _hand.known = source, timedelta(0)
    look_again()


def look_again() -> None:
    """For whoever has moved the clock: this process sees it at once, others within half a second."""
    _hand.read_at = float("-inf")


def _shift_days() -> float:
    return float(os.environ.get("VAFA_CLOCK_SHIFT_DAYS") or 0)
