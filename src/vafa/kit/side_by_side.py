"""Many pieces of one work done here and in processes beside this one, because Python computes on one core at a time."""

from __future__ import annotations

import json
import os
import subprocess
import threading
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress

Piece = list[int]
PATIENCE = 60.0  # seconds for a process to answer once nothing else is left to do; then it is ended
LOOK = 0.2


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def share_out(
    pieces: Sequence[Piece],
    here: Callable[[Piece], int],
    helper: Sequence[str],
    helpers: int,
    tell: Callable[[int], None],
) -> int:
    """The sum of what `here` (in this process) or a `helper` says to each piece; `tell` is told it as it grows.

    A helper is a command: it reads one JSON list per line, answers each with a number on a line, and ends at the end of
    its input, which comes also when this process is killed. A piece whose helper dies is done by another, so doing
    one twice must do no harm. What `here` and `tell` raise comes out, when the helpers have ended.
    """
    left, done = deque(pieces), list[int]()
    beside = [_Helper(helper, left, done) for _ in range(helpers)]
    for each in beside:
        each.start()
    try:
        while left or any(each.is_alive() for each in beside):
            _do_what_is_left(left, done, here, tell)
            _wait_for(beside, done, tell)
    finally:
        left.clear()
        for each in beside:
            each.join()
    return sum(done)


def _do_what_is_left(
    left: deque[Piece], done: list[int], here: Callable[[Piece], int], tell: Callable[[int], None]
) -> None:
    while left:
        try:
            piece = left.popleft()
        except IndexError:  # a helper was faster
            return
        done.append(here(piece))
        tell(sum(done))


def _wait_for(beside: Sequence[_Helper], done: list[int], tell: Callable[[int], None]) -> None:
    """Until the helpers are through with their last pieces; what those that fail give back is then left again."""
    waited = 0.0
    while any(each.is_alive() for each in beside):
        for each in beside:
            each.join(LOOK)
        tell(sum(done))
        waited += LOOK
        if waited >= PATIENCE:
            for each in beside:
                each.kill()


class _Helper(threading.Thread):
    """Feeds one process. It takes a piece only when the one before is answered, so the slower get fewer."""

    def __init__(self, command: Sequence[str], left: deque[Piece], done: list[int]) -> None:
        super().__init__(name="vafa-beside", daemon=True)
        self.command, self.left, self.done = command, left, done
        self.process: subprocess.Popen[str] | None = None

    def run(self) -> None:
        with subprocess.Popen(self.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
            self.process = process
            while self.left and self._next(process):
                pass
            with suppress(OSError):  # it may have died
                process.communicate()  # closes its input: it ends

    def _next(self, process: subprocess.Popen[str]) -> bool:
        """Have one piece done; whether the process lives."""
        try:
            piece = self.left.popleft()
        except IndexError:
            return True
        answer = _asked(process, piece)
        if answer is None:
            self.left.append(piece)
            return False
        self.done.append(answer)
        return True

    def kill(self) -> None:
        """End its process at once."""
        if self.process is not None:
            self.process.kill()


def _asked(process: subprocess.Popen[str], piece: Piece) -> int | None:
    """What the process says; None where it ended instead."""
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        process.stdin.write(json.dumps(piece) + "\n")
        process.stdin.flush()
        return int(process.stdout.readline())
    except (OSError, ValueError):
        return None
