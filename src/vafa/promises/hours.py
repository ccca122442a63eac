"""The hours of the window that a promise was about, as whoever brings things tells them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from vafa.promises.models import Promise

Hours = Callable[[Promise], Mapping[str, str]]
_told: list[Hours] = []


def tell_hours_by(hours: Hours) -> None:
    """Ask there from now on. Called once, at the start."""
    _told[:] = [hours]


def hours_of(promise: Promise) -> dict[str, str]:
    """Its hours by language ("14:00 – 16:00"); nothing where no window was promised."""
    return dict(_told[0](promise)) if _told else {}
