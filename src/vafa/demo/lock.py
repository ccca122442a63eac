"""One `vafa demo` at a time on one data folder."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from vafa.kit.locks import Locked, locked

NAME = "demo.lock"


class Taken(Exception):  # noqa: N818 - an answer, not a fault
    """Another process holds the folder; the text is what it said of itself."""


@contextmanager
def held(home: Path, *, says: str) -> Iterator[None]:
    """Hold the folder while the block runs. `says` is what others are told meanwhile. Taken when somebody holds it.

    The system lets go when the process ends, however it ends: a lock never outlives its owner.
    """
    file = home / NAME
    with ExitStack() as lock:
        try:
            lock.enter_context(locked(file))
        except Locked:
            raise Taken(file.read_text(encoding="utf-8").strip()) from None
        file.write_text(says, encoding="utf-8")
        yield
        file.write_text("", encoding="utf-8")
