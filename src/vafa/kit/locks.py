"""Locks between processes on one data folder; the system lets go of them however a process ends."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

try:
    import fcntl
except ImportError:  # no such locks on Windows
    fcntl = None  # type: ignore[assignment]

IN_USE = "in-use.lock"


class Locked(Exception):  # noqa: N818 - an answer, not a fault
    """Another process holds the lock."""


@contextmanager
def locked(file: Path, *, shared: bool = False, wait: bool = False) -> Iterator[None]:
    """Hold the lock while the block runs: alone, or shared with others that share it. Locked where that cannot be,
    unless the others are to be waited for (`wait`).
    """
    with file.open("a", encoding="utf-8") as held:
        if fcntl is not None:
            how = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
            try:
                fcntl.flock(held, how if wait else how | fcntl.LOCK_NB)
            except OSError:
                raise Locked from None
        yield
