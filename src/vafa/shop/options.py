"""Which delivery options an owner may name. `vafa.config` hands them in at start: this room knows none."""

from __future__ import annotations

from collections.abc import Callable, Mapping

Names = Mapping[str, str]  # code: what the reader calls it

_read: list[Callable[[], Names]] = []


def offer_options(read: Callable[[], Names]) -> None:
    """`read` gives the options of the shop, in their order."""
    _read[:] = [read]


def offered_options() -> Names:
    """Code and name of every option; none where nobody offered any."""
    return _read[0]() if _read else {}
