"""Moments to local calendar days, for whole arrays at once."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
DAY = 86_400.0
EPOCH = date(1970, 1, 1)


def seconds(moment: datetime) -> float:
    """Seconds since 1970 UTC of an aware moment; ValueError for a naive one."""
    if moment.tzinfo is None:
        raise ValueError(f"a moment needs a time zone: {moment.isoformat()}")
    return moment.timestamp()


def moment_of(at: float) -> datetime:
    """The aware UTC moment of seconds since 1970."""
    return datetime.fromtimestamp(at, UTC)


def _offset(zone: ZoneInfo, at: int) -> int:
    delta = datetime.fromtimestamp(at, zone).utcoffset()
    return int(delta.total_seconds()) if delta is not None else 0


@lru_cache(maxsize=64)
def _offsets(zone_name: str, first_day: int, last_day: int) -> tuple[FloatArray, FloatArray]:
    """Times at which the zone's offset from UTC changes, and the offsets from then on."""
    zone = ZoneInfo(zone_name)
    starts, offsets = [-np.inf], [_offset(zone, first_day * 86_400)]
    for day in range(first_day, last_day + 1):
        low, high = day * 86_400, (day + 1) * 86_400
        if _offset(zone, high) == offsets[-1]:
            continue
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if _offset(zone, middle) == offsets[-1] else (low, middle)
        starts.append(float(high))
        offsets.append(_offset(zone, high))
    return np.array(starts), np.array(offsets, dtype=np.float64)


def local_time(at: FloatArray, zone: str) -> FloatArray:
    """Local time in days since 1970-01-01 00:00 on the zone's wall clock; nan stays nan."""
    known = at[np.isfinite(at)]
    if known.size == 0:
        return np.full_like(at, np.nan)
    # whole years, so that the cached table is shared by neighbouring questions
    first = int(known.min() // DAY) // 366 * 366 - 1
    last = (int(known.max() // DAY) // 366 + 1) * 366 + 1
    starts, offsets = _offsets(zone, first, last)
    place = np.searchsorted(starts, np.nan_to_num(at, nan=0.0), side="right") - 1
    return np.asarray((at + offsets[np.maximum(place, 0)]) / DAY)


def day_number(day: date) -> int:
    """Days since 1970-01-01 (a Thursday)."""
    return (day - EPOCH).days


def day_of(number: int) -> date:
    """The calendar day that is `number` days after 1970-01-01."""
    return date.fromordinal(EPOCH.toordinal() + number)
