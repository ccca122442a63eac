"""What the shop decided about how things are shown: its zone, its money, the second calendar of Arabic pages."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.utils import translation


@dataclass(frozen=True)
class Preferences:
    """Defaults that formats use where the caller names nothing else."""

    zone: str = "UTC"
    currency: str = "IRR"
    shows_toman: bool = True
    hijri: bool = False  # Arabic dates in the Hijri calendar instead of the Gregorian one


_DEFAULT = Preferences()
_CURRENT: ContextVar[Preferences | Callable[[], Preferences]] = ContextVar("preferences", default=_DEFAULT)


def preferences() -> Preferences:
    """What holds in this request (or thread)."""
    chosen = _CURRENT.get()
    if isinstance(chosen, Preferences):
        return chosen
    found = chosen()
    _CURRENT.set(found)
    return found


def prefer(chosen: Preferences | Callable[[], Preferences]) -> None:
    """Use these from now on in this request (or thread); a function is asked once something is written."""
    _CURRENT.set(chosen)


def the_zone(name: str | None) -> ZoneInfo:
    """The zone named, else the preferred one."""
    return ZoneInfo(name or preferences().zone)


def the_language(code: str | None) -> str:
    """`fa`, `ar` or `en`: the code given or the active one, its region cut off; anything else reads English."""
    found = (code or translation.get_language() or "en").split("-")[0].lower()
    return found if found in {"fa", "ar"} else "en"
