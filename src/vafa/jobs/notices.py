"""What the page *Work* says above its list about matters that this room does not know. `vafa.config` hands them in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from vafa.kit.problems import Text


@dataclass(frozen=True)
class Notice:
    """One sentence; `tone` is info, good, warn or bad."""

    tone: str
    text: Text


_sources: list[Callable[[], Notice | None]] = []


def notice_by(source: Callable[[], Notice | None]) -> None:
    """Show on the page what this function says, if it says something."""
    if source not in _sources:
        _sources.append(source)


def notices() -> list[Notice]:
    """All that is to be said now."""
    return [notice for source in _sources if (notice := source()) is not None]
