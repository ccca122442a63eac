"""The two clocks: business time, on which promises run (a demo may shift it), and real time for leases and limits."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta


def now() -> datetime:
    """Business time, aware UTC. Read once per action. `VAFA_CLOCK_SHIFT_DAYS` shifts it in demos."""
    return real_now() + timedelta(days=_shift_days())


def real_now() -> datetime:
    """Wall-clock time, aware UTC."""
    return datetime.now(UTC)


def _shift_days() -> float:
    return float(os.environ.get("VAFA_CLOCK_SHIFT_DAYS") or 0)
