"""What other rooms show beside a promise on the staff's page of it; who knows something says so at the start."""

from __future__ import annotations

from collections.abc import Callable

from vafa.promises.models import Promise

_shown: list[Callable[[Promise], str]] = []


def show_beside(render: Callable[[Promise], str]) -> None:
    """Let `render` (a promise to HTML, "" for nothing) stand beside promises from now on."""
    _shown[:] = [render]


def beside(promise: Promise) -> str:
    """The HTML for one promise, "" where nobody has anything to say."""
    return "".join(render(promise) for render in _shown)
