"""One `vafa demo` at a time on one data folder."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

try:
    import fcntl
except ImportError:  # no such locks on Windows: there the port alone guards
    fcntl = None  # type: ignore[assignment]

NAME = "demo.lock"


class Taken(Exception):  # noqa: N818 - an answer, not a fault
    """Another process holds the folder; the text is what it said of itself."""


@contextmanager
def held(home: Path, *, says: str) -> Iterator[None]:
    """Hold the folder while the block runs. `says` is what others are told meanwhile. Taken when somebody holds it.

    The system lets go when the process ends, however it ends: a lock never outlives its owner.
    """
    with (home / NAME).open("a+", encoding="utf-8") as file:
        if fcntl is not None:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                file.seek(0)
                raise Taken(file.read().strip()) from None
        file.truncate(0)
        file.write(says)
        file.flush()
        yield
        file.truncate(0)
